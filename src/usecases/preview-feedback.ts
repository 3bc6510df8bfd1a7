import { feedbackFor } from '#domain/feedback.ts';
import { unanswered } from '#domain/feedback-acts.ts';
import type { FeedbackChoice } from '#domain/feedback-policy.ts';
import { demand } from '#domain/policy.ts';
import { inTransaction } from '#store/db.ts';
import { getReferral } from '#store/referrals.ts';
import { recipientOf } from './asking.ts';
import type { Ctx } from './context.ts';
import { feedbackFacts } from './feedback-facts.ts';
import { subjectOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/** Exactly what would be told, and to whom, for these choices; nothing is sent. */
export const previewFeedback = (
  ctx: Ctx,
  input: { readonly id: string; readonly material: boolean; readonly choices: readonly FeedbackChoice[] },
) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, input.id);
    demand(ctx.actor, 'referral.give-feedback', subjectOf(referral));
    const world = await currentWorld(ctx, tx);
    const record = await feedbackFacts(ctx, tx, referral, world);
    const { pending: _, unchecked: __, ...facts } = record;
    return {
      ...feedbackFor({ ...facts, withheld: false, material: input.material, choices: input.choices }),
      withheld: feedbackFor({ ...facts, withheld: true, material: false, choices: [] }).told,
      owed: unanswered(referral, record).length > 0,
      recipient: recipientOf(ctx, referral, world),
    };
  });
