import { combine } from '#domain/combine.ts';
import { giveFeedback as decide, type Giving } from '#domain/feedback-acts.ts';
import { wantLetter } from '#domain/letters.ts';
import type { Ctx } from './context.ts';
import { feedbackFacts } from './feedback-facts.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/**
 * Tells the notifier what may be told, exactly as previewed. Its clock is met when it has been delivered. Throws STALE
 * when what may be told has changed since the preview.
 */
export const giveFeedback = (
  asked: Ctx,
  input: Target & Omit<Giving, 'feedbackId'>,
): Promise<Recorded & { feedbackId: string }> =>
  onReferral(asked, 'give-feedback', 'referral.give-feedback', input, async ({ ctx, referral, world, tx }) => {
    const feedbackId = ctx.deps.newId(ctx.now);
    const facts = await feedbackFacts(ctx, tx, referral, world);
    const decision = decide(referral, { ...input, feedbackId }, facts, personOf(ctx), ctx.now);
    if (input.channel !== 'letter') return { ...decision, answer: { feedbackId } };
    const letter = { id: ctx.deps.newId(ctx.now), kind: 'feedback', feedbackId, reason: 'chosen' } as const;
    return { ...combine(decision, { patch: {}, ...wantLetter(referral, letter) }), answer: { feedbackId } };
  });
