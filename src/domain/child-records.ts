import { parseCpr } from './cpr.ts';

/** A record as the merging of two looks at it. `cpr`: ten digits or null; ids of version 7 sort by their making. */
export type ChildRecord = {
  readonly id: string;
  readonly identity: string;
  readonly cpr: string | null;
};

const isOrdinary = (cpr: string): boolean => {
  const parsed = parseCpr(cpr, { training: true });
  return !('error' in parsed) && parsed.kind !== 'replacement';
};

const rank = ({ identity, cpr }: ChildRecord): number => {
  if (identity !== 'known') return identity === 'unborn' ? 1 : 0;
  return cpr !== null && isOrdinary(cpr) ? 3 : 2;
};

/**
 * Which of two records the other resolves to: the one with a CPR, before one with a replacement number, before one of
 * an unborn, before one of an unknown child; of equals the older.
 */
export const survivorOf = (a: ChildRecord, b: ChildRecord): { readonly from: string; readonly into: string } => {
  const first = rank(a) === rank(b) ? a.id < b.id : rank(a) > rank(b);
  return first ? { from: b.id, into: a.id } : { from: a.id, into: b.id };
};

/** Nobody has two ordinary CPR numbers at a time: the person who merges is asked to look twice. */
export const hasTwoNumbers = (a: ChildRecord, b: ChildRecord): boolean =>
  a.cpr !== null && b.cpr !== null && isOrdinary(a.cpr) && isOrdinary(b.cpr);
