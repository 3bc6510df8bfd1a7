import { DomainError } from '#domain/errors.ts';
import { approveWithholding, refuseWithholding } from '#domain/feedback-acts.ts';
import { findFeedbacks } from '#store/measures.ts';
import type { Ctx } from './context.ts';
import { feedbackFacts } from './feedback-facts.ts';
import { openTold } from './list-own-notifications.ts';
import { onReferral, personOf, type Recorded, type Scene, type Target } from './on-referral.ts';

type Answer = Target & { readonly feedbackId: string };

/** Throws NOT_FOUND when it is not one of the referral's. */
export const feedbackOf = async ({ ctx, tx, referral }: Scene, feedbackId: string) => {
  const feedback = (await findFeedbacks(tx, ctx.scope, referral.id)).find(({ id }) => id === feedbackId);
  if (!feedback) throw new DomainError('NOT_FOUND');
  return feedback;
};

/**
 * The second person stands behind it: the feedback clock is met, and the notifier is told that no more can be told. Throws
 * STALE when the notifier was named as a suspect since it was proposed.
 */
export const approveWithheld = (asked: Ctx, input: Answer): Promise<Recorded> =>
  onReferral(asked, 'approve-withholding', 'referral.approve-withholding', input, async (scene) => {
    const { ctx, tx, referral, world } = scene;
    const feedback = await feedbackOf(scene, input.feedbackId);
    const opened = await openTold(ctx, tx, 'feedback', [feedback]);
    const proposed = opened.flatMap(({ told }) => told);
    return approveWithholding(
      referral,
      feedback,
      proposed,
      await feedbackFacts(ctx, tx, referral, world),
      personOf(ctx),
    );
  });

/** The second person does not: the feedback is owed as before. */
export const refuseWithheld = (asked: Ctx, input: Answer & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'refuse-withholding', 'referral.refuse-withholding', input, async (scene) =>
    refuseWithholding(scene.referral, await feedbackOf(scene, input.feedbackId), input.reason, personOf(scene.ctx)),
  );
