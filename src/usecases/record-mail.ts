import { demand } from '#domain/policy.ts';
import { inOrder, inTransaction, type Tx } from '#store/db.ts';
import { finishMessage } from '#store/outbound-messages.ts';
import { findReferralIds, markReceiptDelivered, markReceiptUndeliverable } from '#store/receipts.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

export type MailOutcome = { readonly state: 'sent' | 'failed' | 'dropped'; readonly answer: string };

/**
 * Records how an attempt ended. A receipt that the notifier's mail server accepted is delivered: that is the evidence
 * which meets the receipt clock of every referral of the notification. Idempotent.
 */
export const recordMail = (ctx: Ctx, mail: { readonly id: string; readonly outcome: MailOutcome }): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const subject = await finishMessage(tx, ctx.scope, { id: mail.id, ...mail.outcome }, ctx.now);
    if (subject?.template !== 'receipt' || !subject.notificationId) return;
    const { state, answer } = mail.outcome;
    if (state === 'sent') await deliverReceipt(ctx, tx, subject.notificationId, answer);
    if (state === 'dropped') await missReceipt(ctx, tx, subject.notificationId, answer);
  });

/** The address refuses for good: the clock runs on, and a person is told, because the law wants it given another way. */
const missReceipt = async (ctx: Ctx, tx: Tx, notificationId: string, answer: string): Promise<void> => {
  if (!(await markReceiptUndeliverable(tx, ctx.scope, notificationId))) return;
  const world = await currentWorld(ctx, tx);
  await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (id) => {
    const referral = await lockReferral(tx, ctx.scope, id);
    const to = referral.handlerId ? { person: referral.handlerId } : { unit: referral.ownerUnit };
    const facts = [{ kind: 'receipt-undeliverable', data: { channel: 'mail', answer } }];
    const mails = [{ template: 'receipt-undeliverable' as const, to, exempt: false }];
    await recordDecision(notBefore(ctx, referral), tx, world, referral, { patch: {}, facts, mails }, 'system');
  });
};

const deliverReceipt = async (ctx: Ctx, tx: Tx, notificationId: string, answer: string): Promise<void> => {
  const evidence = { notificationId, channel: 'mail', evidence: answer };
  if (!(await markReceiptDelivered(tx, ctx.scope, evidence, ctx.now))) return;
  const world = await currentWorld(ctx, tx);
  await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (id) => {
    const referral = await lockReferral(tx, ctx.scope, id);
    await recordDecision(
      notBefore(ctx, referral),
      tx,
      world,
      referral,
      {
        patch: {},
        facts: [{ kind: 'receipt-delivered', data: { channel: 'mail', answer } }],
        end: [{ kind: 'receipt', as: 'met' }],
      },
      'system',
    );
  });
};
