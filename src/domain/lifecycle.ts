import { DomainError } from './errors.ts';
import type { Status } from './referral.ts';

/** Acts on a referral → the states in which each is legal. What is not listed is refused. */
export const ACTS = {
  acknowledge: ['received'],
  assign: ['acknowledged'],
  'stay-on': ['received', 'acknowledged'],
  'add-evidence': ['received', 'acknowledged'],
  'identify-child': ['received', 'acknowledged'],
  'mark-in-error': ['received', 'acknowledged'],
  'return-ownership': ['received', 'acknowledged'],
  'review-at-closing': ['received', 'acknowledged'],
} as const satisfies Record<string, readonly Status[]>;

export type Act = keyof typeof ACTS;

export const isLegal = (act: Act, status: Status): boolean => (ACTS[act] as readonly Status[]).includes(status);

/** Throws ILLEGAL_TRANSITION when the referral's state does not allow the act. */
export const demandLegal = (act: Act, status: Status): void => {
  if (isLegal(act, status)) return;
  throw new DomainError('ILLEGAL_TRANSITION', {
    da: status === 'closed' ? 'Henvendelsen er afsluttet.' : 'Det er allerede gjort, eller det kan ikke gøres endnu.',
    en: status === 'closed' ? 'The referral is closed.' : 'It has been done already, or cannot be done yet.',
  });
};
