import { answerExplanation as decide } from '#domain/explanation.ts';
import { getLawfulClock, setExplained } from '#store/explanations.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** A leader accepts why a period set by law was passed, or asks for another explanation. */
export const answerExplanation = (
  asked: Ctx,
  input: Target & { readonly clockId: string; readonly accepted: boolean; readonly text: string },
): Promise<Recorded> =>
  onReferral(asked, 'answer-explanation', 'referral.answer-explanation', input, async ({ ctx, tx }) => {
    const clock = await getLawfulClock(tx, ctx.scope, input.id, input.clockId);
    const decision = decide(clock, input, personOf(ctx).personId);
    await setExplained(tx, ctx.scope, clock, { explained: input.accepted ? 'accepted' : 'asked-again' });
    return decision;
  });
