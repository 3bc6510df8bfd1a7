import type { Reason } from './errors.ts';

/** Why a leader is asked whether somebody is related to the child. */
export const CONFLICT_SAID = {
  'said-of-self': { da: 'Har selv sagt det', en: 'Has said so of themselves' },
  'named-by-unit': { da: 'Sagt af en kollega i enheden', en: 'Said by a colleague of the unit' },
} as const satisfies Readonly<Record<string, Reason>>;
export type ConflictSaid = keyof typeof CONFLICT_SAID;

export const CONFLICT_TASK = 'related-colleague';

/** Why nobody can be named, as the rest of a sentence that begins with the field's name. */
export const CONFLICT_REASONS = {
  'nobody-to-lead': {
    da: 'skal rumme mindst én leder, der kan ophæve begrænsningen.',
    en: 'must hold at least one leader who can lift the restriction.',
  },
  'nobody-to-handle': {
    da: 'skal rumme mindst én i enheden, som er der nu og kan behandle sagen.',
    en: 'must hold at least one in the unit who is there now and can handle the case.',
  },
  'last-to-lead': {
    da: 'ville efterlade en af barnets sager uden en leder, der må se den. Overdrag den først til en anden enhed, eller ophæv en anden inhabilitet.',
    en: "would leave one of the child's cases without a leader who may see it. First hand it over to another unit, or lift another bar.",
  },
  'last-to-handle': {
    da: 'ville efterlade en af barnets sager uden nogen i enheden, der må behandle den. Overdrag den først til en anden enhed, eller ophæv en anden inhabilitet.',
    en: "would leave one of the child's cases without anybody in the unit who may handle it. First hand it over to another unit, or lift another bar.",
  },
} as const satisfies Readonly<Record<string, Reason>>;
