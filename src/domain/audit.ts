import type { Reason } from './errors.ts';

/** Days. What is looked at for longer is a new audit, with pseudonyms of its own. */
export const AUDIT_LIFE = 90;

/** No I, L, O, U: read aloud and typed in, none is taken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/**
 * How somebody is called in one audit, from a keyed hash of the audit and the person: the same throughout it, another in the
 * next, and nobody without the key can tell whose it is. `M-4K7Q-9ZD2`.
 */
export const pseudonymOf = (hash: Uint8Array): string => {
  const letters = [...hash.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return `M-${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
};

/** As it may be typed. */
export const typedPseudonym = (text: string): string => text.trim().toUpperCase();

export const UNMASKED = {
  audit: { da: 'En revision har fået oplyst, hvem der har handlet', en: 'An audit was told who has acted' },
} as const satisfies Readonly<Record<string, Reason>>;
export type Unmasked = keyof typeof UNMASKED;
export const UNMASK_TASK = 'unmasked-person';

/**
 * What a line of the setup says, with every person in it by what they are called here. Its data holds ids, codes and days,
 * never words.
 */
export const maskedData = (data: unknown, called: (id: string) => string | null): unknown => {
  if (typeof data === 'string') return called(data) ?? data;
  if (Array.isArray(data)) return data.map((one) => maskedData(one, called));
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [called(name) ?? name, maskedData(value, called)]),
  );
};
