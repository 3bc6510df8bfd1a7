import { type LocalDay, T } from './time.ts';

/** `replacement`: days + 60, given by an authority to who has no CPR. `training`: months + 40, which nobody has. */
export type CprKind = 'cpr' | 'replacement' | 'training';
export type Cpr = {
  /** Ten digits. */
  readonly digits: string;
  readonly birthOn: LocalDay | null;
  readonly kind: CprKind;
  /** A warning only: numbers given out since 2007 need not satisfy it. Always true for the other kinds. */
  readonly checksumOk: boolean;
};
export type CprError = 'cpr-digits' | 'cpr-date' | 'cpr-training';

const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1] as const;
const checksum = (digits: string): boolean =>
  WEIGHTS.reduce<number>((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11 === 0;

/**
 * The seventh digit and the two-digit year give the century (CPR-kontoret, "Personnummeret i CPR").
 * 010180-0xxx → 1980; 010110-4xxx → 2010; 010160-5xxx → 1860.
 */
const yearOf = (yy: number, seventh: number): number => {
  if (seventh <= 3) return 1900 + yy;
  if (seventh === 4 || seventh === 9) return (yy <= 36 ? 2000 : 1900) + yy;
  return (yy <= 57 ? 2000 : 1800) + yy;
};

const dateOf = (day: number, month: number, year: number): LocalDay | null => {
  try {
    return new T.PlainDate(year, month, day);
  } catch {
    return null;
  }
};

/**
 * Ten digits, with or without one hyphen or space after the sixth. Only the date part is validated.
 * Training numbers are refused unless asked for; production never asks.
 */
export function parseCpr(text: string, options: { readonly training?: boolean } = {}): Cpr | { error: CprError } {
  const match = /^(\d{6})[- ]?(\d{4})$/.exec(text.trim());
  if (!match) return { error: 'cpr-digits' };
  const digits = `${match[1]}${match[2]}`;
  const [dd, mm, yy] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [number, number, number];
  const replacement = dd > 60;
  const training = mm > 40;
  const birthOn = dateOf(replacement ? dd - 60 : dd, training ? mm - 40 : mm, yearOf(yy, Number(digits[6])));
  if (!birthOn) return { error: 'cpr-date' };
  if (training && options.training !== true) return { error: 'cpr-training' };
  const kind = training ? 'training' : replacement ? 'replacement' : 'cpr';
  return { digits, birthOn, kind, checksumOk: kind !== 'cpr' || checksum(digits) };
}

/** Whole years on a local day, negative before the birth. Born 29 February: a year older on 1 March. */
export const ageAt = (birthOn: LocalDay, on: LocalDay): number => {
  const before = on.month < birthOn.month || (on.month === birthOn.month && on.day < birthOn.day);
  return on.year - birthOn.year - (before ? 1 : 0);
};
