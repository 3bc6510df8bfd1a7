import { close } from '#domain/case-ending.ts';
import { openDispute } from '#domain/ownership.ts';
import { findMeasures } from '#store/measures.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The work is done. Refused while a measure, hand-over or dispute is open; the feedback duty survives it. */
export const closeReferral = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'close', 'referral.close', input, async ({ ctx, referral, open, tx }) => {
    const measures = await findMeasures(tx, ctx.scope, referral.id);
    const still = {
      runningMeasures: measures.filter(({ state }) => state === 'running').length,
      openHandovers: open.handover?.state === 'proposed' ? 1 : 0,
      openDisputes: openDispute(open) ? 1 : 0,
    };
    return close(referral, input.reason, still, ctx.now);
  });
