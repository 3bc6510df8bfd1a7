import { withdrawDispute as decide } from '#domain/dispute.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The unit that raised the dispute by hand takes it back. */
export const withdrawDispute = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'withdraw-dispute', 'dispute.withdraw', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, input, world, ctx.now),
  );
