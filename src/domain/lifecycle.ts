import { DomainError } from './errors.ts';
import type { Referral, Status } from './referral.ts';

const OPEN = ['received', 'acknowledged', 'examining', 'decided'] as const satisfies readonly Status[];
const TAKEN = ['acknowledged', 'examining', 'decided'] as const satisfies readonly Status[];
/** The duty to give feedback outlives the referral's closing. */
const TAKEN_OR_CLOSED = [...TAKEN, 'closed'] as const satisfies readonly Status[];

/** A child's history goes on when its referrals have ended. */
const ALWAYS = [...OPEN, 'closed'] as const satisfies readonly Status[];

/** Acts on a referral → the states in which each is legal. What is not listed is refused. */
export const ACTS = {
  acknowledge: ['received'],
  assign: TAKEN,
  'stay-on': OPEN,
  'add-evidence': OPEN,
  'identify-child': OPEN,
  'correct-child': OPEN,
  'merge-children': ALWAYS,
  'link-sibling': ALWAYS,
  'undo-link': ALWAYS,
  'complete-reassessment': OPEN,
  'name-reassessor': OPEN,
  'mark-in-error': ['received', 'acknowledged'],
  'return-ownership': OPEN,
  'review-at-closing': OPEN,
  assess: ['received', 'acknowledged'],
  'change-priority': OPEN,
  decide: TAKEN,
  'finish-examination': ['examining'],
  'start-measure': ['examining', 'decided'],
  'change-measure': ['examining', 'decided'],
  'end-measure': ['examining', 'decided'],
  'follow-up': ['examining', 'decided'],
  'give-feedback': TAKEN_OR_CLOSED,
  'withhold-feedback': TAKEN_OR_CLOSED,
  'approve-withholding': TAKEN_OR_CLOSED,
  'refuse-withholding': TAKEN_OR_CLOSED,
  'lift-withholding': TAKEN_OR_CLOSED,
  'ask-for-more': TAKEN,
  'withdraw-request': OPEN,
  'answer-request': OPEN,
  'check-basis': ALWAYS,
  'suspect-notifier': ALWAYS,
  'clear-notifier': ALWAYS,
  'note-parents': OPEN,
  'leave-parents-untold': OPEN,
  'begin-hearing': TAKEN,
  'end-hearing': OPEN,
  'hold-parents': OPEN,
  'release-parents': OPEN,
  'deliver-feedback': ['received', ...TAKEN_OR_CLOSED],
  'deliver-receipt': [...OPEN, 'closed'],
  'declare-conflict': ALWAYS,
  'name-conflict': ALWAYS,
  'lift-conflict': ALWAYS,
  restrict: ALWAYS,
  'lift-restriction': ALWAYS,
  close: ['decided'],
  reopen: ['closed'],
  'propose-handover': OPEN,
  'accept-handover': OPEN,
  'decline-handover': OPEN,
  'withdraw-handover': OPEN,
  'raise-dispute': OPEN,
  claim: OPEN,
  'propose-settlement': OPEN,
  agree: OPEN,
  'climb-early': OPEN,
  'call-meeting': OPEN,
  'cancel-meeting': OPEN,
  'record-minutes': OPEN,
  'decide-dispute': OPEN,
  dissent: ALWAYS,
  'withdraw-dispute': OPEN,
  'pause-clock': [...OPEN, 'closed'],
  'resume-clock': [...OPEN, 'closed'],
  'end-pause': [...OPEN, 'closed'],
  'explain-overdue': [...OPEN, 'closed'],
  'answer-explanation': [...OPEN, 'closed'],
  'check-return': OPEN,
  'advance-dispute': OPEN,
  escalate: OPEN,
} as const satisfies Record<string, readonly Status[]>;

export type Act = keyof typeof ACTS;

export const isLegal = (act: Act, status: Status): boolean => (ACTS[act] as readonly Status[]).includes(status);

/** An act that the referral's state does not allow, for a reason beyond its status. */
export const illegal = (da: string, en: string): DomainError => new DomainError('ILLEGAL_TRANSITION', { da, en });

/** Throws ILLEGAL_TRANSITION when the referral's state does not allow the act. */
export const demandLegal = (act: Act, status: Status): void => {
  if (isLegal(act, status)) return;
  throw new DomainError('ILLEGAL_TRANSITION', {
    da: status === 'closed' ? 'Henvendelsen er afsluttet.' : 'Det er allerede gjort, eller det kan ikke gøres endnu.',
    en: status === 'closed' ? 'The referral is closed.' : 'It has been done already, or cannot be done yet.',
  });
};

/** Where a referral stands once somebody has taken it: what was begun before it moved or closed goes on. */
export const takenStatus = ({ examination, decision }: Pick<Referral, 'examination' | 'decision'>): Status => {
  if (examination !== null) return 'examining';
  return decision === null ? 'acknowledged' : 'decided';
};
