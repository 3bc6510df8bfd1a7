import type { LegalBasis } from './codes.ts';
import { feedbackClocks } from './feedback-duty.ts';
import type { Feedback } from './feedback-record.ts';
import { refuseField } from './field-errors.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import type { Decision, Referral } from './referral.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

/**
 * The special circumstances are over, or the proposal is given up: the notifier is to be told after all. What two people
 * stood behind had met its clocks, so the same duties begin again, each with its whole period from now (policy: 5
 * workdays; lifted Tuesday 3 November 2026, owed by the 10th). One person is enough, because telling is the rule. `reason`
 * is sealed. The notifier hears nothing of it before there is something to tell.
 */
export const liftWithholding = (
  referral: Referral,
  feedback: Feedback,
  { reason, basis }: { readonly reason: string; readonly basis: LegalBasis | null },
  world: World,
  now: Instant,
): Decision => {
  demandLegal('lift-withholding', referral.status);
  const { id: feedbackId, state, answers } = feedback;
  if (feedback.referralId !== referral.id || (state !== 'withheld' && state !== 'awaiting-approval')) {
    throw illegal('Det er allerede gjort.', 'It has been done already.');
  }
  if (!reason.trim()) refuseField('reason', 'required');
  const start = state === 'withheld' ? answers.flatMap((id) => feedbackClocks(referral, id, basis, world, now)) : [];
  return {
    patch: {},
    facts: [{ kind: 'withholding-lifted', data: { feedbackId, answers }, sealed: { text: reason } }],
    feedbacks: [{ change: 'update', id: feedbackId, from: state, set: { state: 'lifted' } }],
    start,
  };
};
