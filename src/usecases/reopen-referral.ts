import { reopen } from '#domain/case-ending.ts';
import { isReceiptOwed } from '#store/receipts.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A closed referral is taken up again where it stood. */
export const reopenReferral = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'reopen', 'referral.reopen', input, async ({ ctx, referral, world, tx }) => {
    const receiptOwed = await isReceiptOwed(tx, ctx.scope, referral.id);
    return reopen(referral, { reason: input.reason, receiptOwed }, world, ctx.now);
  });
