import { agree } from '#domain/settlement.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** Binds the parties that the person speaks for; when all have agreed, the new owner takes over in the same transaction. */
export const agreeToSettlement = (asked: Ctx, input: Target & { readonly owner: string }): Promise<Recorded> =>
  onReferral(asked, 'agree', 'dispute.agree', input, ({ ctx, referral, open, world }) =>
    agree(referral, open, { ...input, ...personOf(ctx) }, world, ctx.now),
  );
