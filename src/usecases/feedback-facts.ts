import type { FeedbackFacts } from '#domain/feedback-acts.ts';
import type { Standing } from '#domain/feedback-duty.ts';
import { feedbackOwed } from '#domain/feedback-policy.ts';
import { departmentOf } from '#domain/notifier-view.ts';
import type { Outcome } from '#domain/outcomes.ts';
import type { Referral } from '#domain/referral.ts';
import { feedbackPolicyAt, templateAt } from '#domain/rulebook.ts';
import { instant } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findDecisionIds, findDecisions, isNotifierSuspected } from '#store/case-events.ts';
import type { Tx } from '#store/db.ts';
import { findFeedbacks, findMeasures } from '#store/measures.ts';
import { findBasis } from '#store/notifications.ts';
import type { Ctx } from './context.ts';

/** What the feedback rule is asked about, read from the record: never what somebody says of it. */
export const feedbackFacts = async (ctx: Ctx, tx: Tx, referral: Referral, world: World): Promise<FeedbackFacts> => {
  const { basis, unchecked } = await findBasis(tx, ctx.scope, referral.id);
  const decisions = await findDecisions(tx, ctx.scope, referral.id);
  const measures = await findMeasures(tx, ctx.scope, referral.id);
  const { name: da, nameEn: en, phone } = departmentOf(world.organisation, referral.ownerUnit);
  return {
    basis,
    unchecked,
    receivedAt: referral.receivedAt,
    contact: { department: { da, en }, phone },
    stage: {
      decisions: decisions.map(({ outcome, at }) => ({ outcome: outcome as Outcome, at: instant(at) })),
      measures: measures.map(({ type, plannedMonths, startedAt }) => ({ type, plannedMonths, startedAt })),
    },
    policy: feedbackPolicyAt(world.rulebook, ctx.now),
    template: templateAt(world.rulebook, ctx.now),
    measureTypes: world.rulebook.codes.measures,
    suspected: await isNotifierSuspected(tx, ctx.scope, referral.id),
    pending: await findFeedbacks(tx, ctx.scope, referral.id),
  };
};

/** What each decision and measure of a referral is owed, and what became of it. */
export const feedbackStanding = async (ctx: Ctx, tx: Tx, referralId: string): Promise<Standing> => {
  const { basis } = await findBasis(tx, ctx.scope, referralId);
  const measures = (await findMeasures(tx, ctx.scope, referralId)).map(({ id }) => id);
  const subjects = [...(await findDecisionIds(tx, ctx.scope, referralId)), ...measures];
  return { basis, subjects, feedbacks: await findFeedbacks(tx, ctx.scope, referralId) };
};

/** May feedback that is under way still arrive? Asked when it leaves, whether or not the jobs have taken it back by then. */
export const mayBeTold = async (ctx: Ctx, tx: Tx, referralId: string, { rulebook }: World): Promise<boolean> => {
  const { basis } = await findBasis(tx, ctx.scope, referralId);
  if (!feedbackOwed(basis, feedbackPolicyAt(rulebook, ctx.now))) return false;
  return !(await isNotifierSuspected(tx, ctx.scope, referralId));
};
