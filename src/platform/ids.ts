import type { Instant } from '#domain/time.ts';

const COUNTER_LIMIT = 2 ** 32;

const HOUR_MS = 3_600_000;

const series = () => ({ lastMs: -1, time: '', counter: 0 });
const ofNow = series();
/** Ids that tell no minute are made between all others, and rise as well. */
const ofHours = series();

/** Random words from a block of them: asking for each by itself was half of the cost of an id. */
const block = new Uint32Array(1024);
let used = block.length;
const random = (): number => {
  if (used >= block.length) {
    crypto.getRandomValues(block);
    used = 0;
  }
  return block[used++] ?? 0;
};

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

const BYTES = Array.from({ length: 256 }, (_, byte) => hex(byte, 2));
/** The low 16 bits as four digits: from a table, because an id has five of them that are its own. */
const quad = (value: number): string => `${BYTES[(value >>> 8) & 0xff]}${BYTES[value & 0xff]}`;

/**
 * A uuid v7 (RFC 9562) for an act at `now`. Ids of one process that share a millisecond rise in the order in which they
 * were made, which keeps keyset cursors stable; other processes' are told apart by 42 random bits.
 * The counter is the RFC's method 1, 32 bits in rand_a and the head of rand_b, begun at random with room to grow.
 */
export const newId = (now: Instant): string => {
  const ms = now.epochMilliseconds;
  const last = ms % HOUR_MS === 0 ? ofHours : ofNow;
  const counter = ms === last.lastMs ? last.counter + 1 : random() >>> 1;
  last.counter = counter;
  if (counter >= COUNTER_LIMIT) throw new Error('More ids in one millisecond than a uuid v7 can order.');
  if (ms !== last.lastMs) {
    const digits = hex(ms, 12);
    last.time = `${digits.slice(0, 8)}-${digits.slice(8)}`;
    last.lastMs = ms;
  }
  const low = counter & 0xfffff;
  const rest = random();
  const node = `${quad(((low & 0x3f) << 10) | (random() & 0x3ff))}${quad(rest >>> 16)}${quad(rest)}`;
  return `${last.time}-${quad(0x7000 | (counter >>> 20))}-${quad(0x8000 | (low >>> 6))}-${node}`;
};
