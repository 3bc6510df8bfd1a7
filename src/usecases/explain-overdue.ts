import { explainOverdue as decide } from '#domain/explanation.ts';
import { getLawfulClock, setExplained } from '#store/explanations.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** Whoever has the case writes why a period set by law was passed; a leader answers. */
export const explainOverdue = (
  asked: Ctx,
  input: Target & { readonly clockId: string; readonly text: string },
): Promise<Recorded> =>
  onReferral(asked, 'explain-overdue', 'referral.explain-overdue', input, async ({ ctx, tx }) => {
    const clock = await getLawfulClock(tx, ctx.scope, input.id, input.clockId);
    const decision = decide(clock, input.text, ctx.now);
    await setExplained(tx, ctx.scope, clock, { explained: 'given', by: personOf(ctx).personId });
    return decision;
  });
