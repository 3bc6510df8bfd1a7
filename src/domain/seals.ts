import { canonical, GENESIS, sameBytes as same } from './journal.ts';

export type ReadEntry = {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly role: string;
  readonly purpose: string;
  readonly referralIds: readonly string[];
  readonly childIds: readonly string[];
};

/** What the key of an entry covers: all but its instant, which a seal covers within ten seconds. */
export const readText = (e: ReadEntry): string =>
  canonical([e.id, e.personId, e.unitId, e.role, e.purpose, lower(e.referralIds), lower(e.childIds)]);

/** An id comes back from the database in small letters, however it was asked for. */
const lower = (ids: readonly string[]): readonly string[] => ids.map((id) => id.toLowerCase());

/** What a seal is over: so many reads and heads of chains, each group by one digest in the order of their ids. */
export type SealedWhat = {
  readonly reads: number;
  readonly readsDigest: Uint8Array;
  readonly heads: number;
  readonly headsDigest: Uint8Array;
};
export type Sealed = { readonly seq: number; readonly atMs: number; readonly previous: Uint8Array };
export type Anchored = Sealed & {
  readonly sealSeq: number;
  readonly sealHash: Uint8Array;
  /** Sealed until then, all together. */
  readonly events: number;
  readonly reads: number;
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const sealText = (s: Sealed, w: SealedWhat): string =>
  canonical([s.seq, s.atMs, hex(s.previous), w.reads, hex(w.readsDigest), w.heads, hex(w.headsDigest)]);

export const anchorText = (a: Anchored): string =>
  canonical([a.seq, a.atMs, hex(a.previous), a.sealSeq, hex(a.sealHash), a.events, a.reads]);

/** What the last seal is, as the one row says that every seal changes. */
export const headText = (seq: number, hash: Uint8Array): string => canonical([seq, hex(hash)]);

/** A line outside the database: enough to tell that an anchor is there and is the same. */
export const anchorLine = (a: { readonly seq: number; readonly sealSeq: number; readonly hash: Uint8Array }): string =>
  JSON.stringify({ anchor: a.seq, seal: a.sealSeq, hash: hex(a.hash) });

type Chained = { readonly seq: number; readonly previous: Uint8Array; readonly hash: Uint8Array };

/**
 * The first fault of a chain of seals or anchors, `name`d in its words, or null. `rows` by their number; `hashOf`
 * computes a row's hash anew from what it is over.
 */
export const sealFault = <R extends Chained>(
  name: 'seal' | 'anchor',
  rows: readonly R[],
  hashOf: (row: R) => Uint8Array,
): string | null => {
  let previous: Uint8Array = GENESIS;
  for (const [place, row] of rows.entries()) {
    if (row.seq !== place + 1) return `${name} ${place + 1} is missing`;
    if (!same(row.previous, previous)) return `${name} ${row.seq} does not follow from the one before`;
    if (!same(row.hash, hashOf(row))) return `${name} ${row.seq} is not over what stands here now`;
    previous = row.hash;
  }
  return null;
};
