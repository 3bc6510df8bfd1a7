import { maySendReceipt, withReceipt } from '#domain/receipt-policy.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import type { Tx } from '#store/db.ts';
import { markReceiptIssued } from '#store/receipts.ts';
import type { Ctx } from './context.ts';

/** The decision with the receipt that leaves with it: once for all children of the notification, whoever is first. */
export const withWaitingReceipt = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
  decision: Decision,
): Promise<Decision> =>
  maySendReceipt(referral, decision)
    ? withReceipt(referral, decision, await markReceiptIssued(tx, ctx.scope, referral.id, ctx.now))
    : decision;
