import { reopen } from '#domain/case-ending.ts';
import { combine } from '#domain/combine.ts';
import { owedAgain } from '#domain/feedback-duty.ts';
import { isReceiptOwed } from '#store/receipts.ts';
import type { Ctx } from './context.ts';
import { feedbackStanding } from './feedback-facts.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A closed referral is taken up again where it stood. */
export const reopenReferral = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'reopen', 'referral.reopen', input, async ({ ctx, referral, world, tx }) => {
    const receiptOwed = await isReceiptOwed(tx, ctx.scope, referral.id);
    const reopened = reopen(referral, { reason: input.reason, receiptOwed }, world, ctx.now);
    const owed = owedAgain(referral, await feedbackStanding(ctx, tx, referral.id), world, ctx.now);
    return owed ? combine(reopened, owed) : reopened;
  });
