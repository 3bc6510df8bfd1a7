import type { LegalBasis } from './codes.ts';
import { type Clock, startClock } from './deadlines.ts';
import { feedbackOwed } from './feedback-policy.ts';
import type { Feedback } from './feedback-record.ts';
import type { Decision, Referral } from './referral.ts';
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

/** What is known of a referral's duties, whatever became of their clocks. `subjects`: decisions and started measures. */
export type Standing = {
  readonly basis: LegalBasis | null;
  readonly subjects: readonly string[];
  readonly feedbacks: readonly Feedback[];
};

/** Subjects whose clocks run. */
export const owing = ({ clocks }: Pick<Referral, 'clocks'>): readonly string[] =>
  clocks.flatMap(({ kind, subjectId }) => (kind === 'feedback' && subjectId !== null ? [subjectId] : []));

/**
 * Duties that neither run nor were met: they begin again with their whole period, as after a legal basis was corrected, or
 * when what was registered in error is taken up again. Null: all stands as it should.
 */
export const owedAgain = (
  referral: Referral,
  { basis, subjects, feedbacks }: Standing,
  world: World,
  now: Instant,
): Decision | null => {
  const met = feedbacks.filter(({ state }) => state === 'delivered' || state === 'withheld');
  const standing = new Set([...met.flatMap(({ answers }) => answers), ...owing(referral)]);
  const owed = subjects.filter((id) => !standing.has(id));
  const start = owed.flatMap((id) => feedbackClocks(referral, id, basis, world, now));
  if (start.length === 0) return null;
  return { patch: {}, facts: [{ kind: 'feedback-owed', data: { subjects: owed } }], start };
};
