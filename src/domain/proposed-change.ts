import { illegal } from './lifecycle.ts';
import type { Instant } from './time.ts';

export type ChangeState = 'proposed' | 'confirmed' | 'rejected' | 'withdrawn';

/** What one person proposes and another decides; `payload` is of its kind. Persons by id. */
export type ProposedChange = {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly note: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly state: ChangeState;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decision: string | null;
  readonly stateVersion: number;
};

export type Answer = 'confirm' | 'reject' | 'withdraw';

export const STATE_AFTER = {
  confirm: 'confirmed',
  reject: 'rejected',
  withdraw: 'withdrawn',
} as const satisfies Record<Answer, ChangeState>;

/**
 * Four eyes: whoever proposed it may take it back, and may neither confirm nor reject it, for themselves or for whomever
 * they stand in for; it is the person who counts. `alone`: what it is about takes one
 * person, who may confirm it once they have seen what it does. Throws ILLEGAL_TRANSITION.
 */
export const demandAnswer = (change: ProposedChange, answer: Answer, personId: string, alone = false): void => {
  if (change.state !== 'proposed') {
    throw illegal('Ændringen er allerede afgjort.', 'The change has been decided already.');
  }
  const own = change.proposedBy === personId;
  if (answer === 'withdraw' && !own) {
    throw illegal(
      'Kun den, der har foreslået ændringen, kan trække den tilbage.',
      'Only who proposed the change can withdraw it.',
    );
  }
  if (answer !== 'withdraw' && own && !(alone && answer === 'confirm')) {
    throw illegal(
      'Du har selv foreslået ændringen. En anden person skal bekræfte eller afvise den.',
      'You proposed the change yourself. Another person must confirm or reject it.',
    );
  }
};
