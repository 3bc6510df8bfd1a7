import { type ChainedEvent, eventText, GENESIS, sameBytes as same } from './journal.ts';

type Link = { readonly digest: Uint8Array; readonly hash: Uint8Array };
type StoredLink = Link & { readonly previous: Uint8Array; readonly sealed: Uint8Array | null };

/** `seq` is where the chain stops to fit: the first entry that is missing, changed or too many. */
export type ChainFault = { readonly seq: number; readonly what: string };

/**
 * The first fault of one referral's chain, or null. `events` in order of `seq`; `head` is what the referral itself
 * keeps; `linkOf` is the arithmetic with which the chain was written.
 */
export const chainFault = (
  head: { readonly eventCount: number; readonly headHash: Uint8Array },
  events: readonly (ChainedEvent & StoredLink)[],
  linkOf: (text: string, sealed: Uint8Array | null, previous: Uint8Array) => Link,
): ChainFault | null => {
  let [seq, previous]: [number, Uint8Array] = [0, GENESIS];
  for (const event of events) {
    seq += 1;
    if (event.seq !== seq) return { seq, what: 'the entry is missing' };
    if (seq > head.eventCount) return { seq, what: 'the referral does not know of this entry' };
    if (!same(event.previous, previous)) return { seq, what: 'the entry does not follow from the one before' };
    const { digest, hash } = linkOf(eventText(event), event.sealed, previous);
    if (!same(event.digest, digest)) return { seq, what: 'the content of the entry was changed' };
    if (!same(event.hash, hash)) return { seq, what: 'the hash of the entry was changed' };
    previous = hash;
  }
  if (seq < head.eventCount) return { seq: seq + 1, what: 'the entry is missing' };
  if (seq === 0) return { seq: 1, what: 'the referral has no entries' };
  return same(head.headHash, previous) ? null : { seq, what: 'the referral ends in another entry' };
};
