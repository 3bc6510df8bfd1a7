import { decideDispute as decide } from '#domain/settlement.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** One holder of the deciding role names the owner; the first decision stands. */
export const decideDispute = (
  asked: Ctx,
  input: Target & { readonly owner: string; readonly basis: string; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'decide-dispute', 'dispute.decide', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, { ...input, ...personOf(ctx) }, world, ctx.now),
  );
