import { proposeSettlement as decide } from '#domain/settlement.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** Proposes an owner that the parties can agree to with one click. */
export const proposeSettlement = (
  asked: Ctx,
  input: Target & { readonly owner: string; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'propose-settlement', 'dispute.propose-settlement', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, { ...input, ...personOf(ctx) }, world, ctx.now),
  );
