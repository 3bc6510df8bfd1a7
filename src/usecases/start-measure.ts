import { startMeasure as decide } from '#domain/measures.ts';
import { findBasis } from '#store/notifications.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** Help is put in place: opens the first follow-up and, where feedback is owed, another feedback clock. */
export const startMeasure = (
  asked: Ctx,
  input: Target & { readonly type: string; readonly plannedMonths: number | null; readonly reason: string },
): Promise<Recorded & { measureId: string }> =>
  onReferral(asked, 'start-measure', 'referral.start-measure', input, async ({ ctx, referral, world, tx }) => {
    const measureId = ctx.deps.newId(ctx.now);
    const { basis } = await findBasis(tx, ctx.scope, referral.id);
    return { ...decide(referral, { ...input, measureId }, basis, world, ctx.now), answer: { measureId } };
  });
