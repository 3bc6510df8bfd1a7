import type { Reason } from './errors.ts';

/** What a leader did to whom a case is open to, as their own leader is told. */
export const RESTRICTION_SAID = {
  'case-restricted': { da: 'Har begrænset en sag til navngivne personer', en: 'Has restricted a case to named people' },
  'list-changed': {
    da: 'Har ændret, hvem en begrænset sag er åben for',
    en: 'Has changed whom a restricted case is open to',
  },
  'restriction-lifted': {
    da: 'Har ophævet, at en sag kun er åben for navngivne personer',
    en: 'Has lifted the restriction of a case to named people',
  },
} as const satisfies Readonly<Record<string, Reason>>;
export type RestrictionSaid = keyof typeof RESTRICTION_SAID;

export const RESTRICTION_TASK = 'restricted-case';
