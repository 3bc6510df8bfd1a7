import { createHmac, randomBytes } from 'node:crypto';
import { type Instant, localDay } from '#domain/time.ts';

/** How often one network address came in an hour of the clock, without anything that leads back to it. */
export type QuietCounts = {
  /** Counts once more; false when that is more than `most`. An address that is not known counts for nobody. */
  readonly count: (address: string | null, now: Instant, most: number) => boolean;
  /** All that it holds. */
  readonly held: () => ReadonlyMap<string, number>;
};

/**
 * In this process's memory only: keyed hashes of the address with the hour, under a random key that the process makes
 * each local day and forgets with it, so that nobody, not even with the whole memory of tomorrow, finds an address by
 * trying all of them. No instants; gone with the process.
 */
export const createQuietCounts = (): QuietCounts => {
  let day = '';
  let hour = '';
  let key = randomBytes(32);
  const counts = new Map<string, number>();
  return {
    count: (address, now, most) => {
      if (address === null) return true;
      const today = localDay(now).toString();
      if (today !== day) key = randomBytes(32);
      const begun = now.round({ smallestUnit: 'hour', roundingMode: 'floor' }).toString();
      if (today !== day || begun !== hour) counts.clear();
      [day, hour] = [today, begun];
      const bucket = createHmac('sha256', key).update(address).digest('base64url');
      const count = (counts.get(bucket) ?? 0) + 1;
      counts.set(bucket, count);
      return count <= most;
    },
    held: () => counts,
  };
};
