import type { LegalBasis } from './codes.ts';
import { type Clock, startClock } from './deadlines.ts';
import { feedbackOwed } from './feedback-policy.ts';
import type { Referral } from './referral.ts';
import { feedbackPolicyAt } from './rulebook.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

/**
 * The clock that each decision and each started measure opens for a notifier to whom feedback is owed: none for
 * citizens and inquiries. Each has its own subject, so that one feedback can answer several and none is lost.
 */
export const feedbackClocks = (
  referral: Referral,
  subjectId: string,
  basis: LegalBasis | null,
  world: World,
  now: Instant,
): readonly (Clock & { readonly subjectId: string })[] => {
  if (referral.matter === 'inquiry' || !feedbackOwed(basis, feedbackPolicyAt(world.rulebook, now))) return [];
  const from = { start: now, receivedAt: referral.receivedAt, acute: referral.acute };
  return [{ ...startClock('feedback', from, world.rulebook, world.calendar), subjectId }];
};
