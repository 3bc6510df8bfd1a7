import { withholdFeedback as decide } from '#domain/feedback-acts.ts';
import type { Ctx } from './context.ts';
import { feedbackFacts } from './feedback-facts.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** In special circumstances nothing more is told; a second person must approve before it stands. */
export const withholdFeedback = (
  asked: Ctx,
  input: Target & { readonly reason: string },
): Promise<Recorded & { feedbackId: string }> =>
  onReferral(asked, 'withhold-feedback', 'referral.withhold-feedback', input, async ({ ctx, referral, world, tx }) => {
    const feedbackId = ctx.deps.newId(ctx.now);
    const facts = await feedbackFacts(ctx, tx, referral, world);
    const decision = decide(referral, { reason: input.reason, feedbackId }, facts, personOf(ctx), ctx.now);
    return { ...decision, answer: { feedbackId } };
  });
