import type { Instant } from '#domain/time.ts';

const COUNTER_BITS = 32n;
const COUNTER_LIMIT = 1n << COUNTER_BITS;

let lastMs = -1;
let counter = 0n;

const random = (bytes: number): bigint =>
  crypto.getRandomValues(new Uint8Array(bytes)).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/**
 * A uuid v7 (RFC 9562) for an act at `now`. Ids of one process that share a millisecond rise in the order in which they
 * were made, which keeps keyset cursors stable; other processes' are told apart by 42 random bits.
 * The counter is the RFC's method 1, 32 bits in rand_a and the head of rand_b, begun at random with room to grow.
 */
export const newId = (now: Instant): string => {
  const ms = now.epochMilliseconds;
  counter = ms === lastMs ? counter + 1n : random(4) >> 1n;
  if (counter >= COUNTER_LIMIT) throw new Error('More ids in one millisecond than a uuid v7 can order.');
  lastMs = ms;
  const randA = counter >> 20n;
  const randB = ((counter & 0xfffffn) << 42n) | (random(6) & 0x3ff_ffff_ffffn);
  const value = (BigInt(ms) << 80n) | (7n << 76n) | (randA << 64n) | (2n << 62n) | randB;
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
