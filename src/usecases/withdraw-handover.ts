import { withdrawHandover as decide } from '#domain/handover.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The sender keeps the work after all. */
export const withdrawHandover = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'withdraw-handover', 'handover.withdraw', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, input, world, ctx.now),
  );
