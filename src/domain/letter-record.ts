import type { UndeliveredReason } from './delivery.ts';
import type { Instant } from './time.ts';

export const LETTER_KINDS = ['receipt', 'feedback'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** How the notifier was told: the letter was posted, or somebody phoned. */
export const LETTER_WAYS = ['posted', 'phoned'] as const;
export type LetterWay = (typeof LETTER_WAYS)[number];

/** A receipt or feedback that must reach its notifier otherwise than by mail. */
export type Letter = {
  readonly id: string;
  readonly kind: LetterKind;
  readonly feedbackId: string | null;
  readonly reason: UndeliveredReason;
  readonly state: 'open' | LetterWay | 'withdrawn';
};

/** `close` counts only while the letter is open; zero rows changed are STALE. It ends the letter's task. */
export type LetterChange =
  | { readonly change: 'insert'; readonly letter: Letter }
  | {
      readonly change: 'close';
      readonly id: string;
      readonly as: LetterWay | 'withdrawn';
      /** How its task was done. */
      readonly because: LetterWay | 'by-mail' | 'not-needed';
      /** When it was posted or told; null for one that is not needed any more. */
      readonly occurredAt: Instant | null;
    };
