import type { Reason } from './errors.ts';

/** Why a change of units is refused, as the rest of a sentence that begins with the field's name. */
export const UNIT_REASONS = {
  'unit-id': {
    da: 'skal være små bogstaver, tal og bindestreger, for eksempel bbu-amager.',
    en: 'must be small letters, digits and hyphens, for example bbu-amager.',
  },
  'unit-changing': {
    da: 'indgår i en anden ændring, der er planlagt.',
    en: 'is part of another change that is planned.',
  },
  'not-always-open': {
    da: 'skal have døgnåbent for at overtage vagten.',
    en: 'must be open day and night to take over the duty.',
  },
  'not-shared-out': {
    da: 'skal fordeles, så hver hører til præcis én del.',
    en: 'must be shared out so that each belongs to exactly one part.',
  },
  'only-one': {
    da: 'er den eneste af sin slags, og der må kun være én.',
    en: 'is the only one of its kind, and there must be only one.',
  },
  'part-without-people': {
    da: 'skal give hver del mindst én, der kan tage sager.',
    en: 'must give each part at least one who can take cases.',
  },
} as const satisfies Readonly<Record<string, Reason>>;
