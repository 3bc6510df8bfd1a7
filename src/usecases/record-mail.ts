import { deliverFeedback } from '#domain/feedback-acts.ts';
import { isLegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { inOrder, inTransaction, type Tx } from '#store/db.ts';
import { findFeedbacks } from '#store/measures.ts';
import { finishMessage } from '#store/outbound-messages.ts';
import { findReferralIds, markReceiptDelivered, markReceiptUndeliverable } from '#store/receipts.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

export type MailOutcome = { readonly state: 'sent' | 'failed' | 'dropped'; readonly answer: string };

/**
 * Records how an attempt ended. A receipt that the notifier's mail server accepted is delivered: that is the evidence
 * which meets the receipt clock of every referral of the notification. The notice of a feedback delivers that feedback.
 * Idempotent.
 */
export const recordMail = (ctx: Ctx, mail: { readonly id: string; readonly outcome: MailOutcome }): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const subject = await finishMessage(tx, ctx.scope, { id: mail.id, ...mail.outcome }, ctx.now);
    if (!subject) return;
    const { template, notificationId, referralId, feedbackId } = subject;
    const { state, answer } = mail.outcome;
    if (template === 'receipt' && notificationId && state === 'sent')
      await deliverReceipt(ctx, tx, notificationId, answer);
    if (template === 'receipt' && notificationId && state === 'dropped')
      await missReceipt(ctx, tx, notificationId, answer);
    if (template === 'feedback' && referralId && feedbackId && state === 'sent') {
      await deliverNotice(ctx, tx, referralId, feedbackId);
    }
  });

/** What is withheld has nothing to deliver: its clock was met by the approval. What was opened before is delivered. */
const deliverNotice = async (ctx: Ctx, tx: Tx, referralId: string, feedbackId: string): Promise<void> => {
  const referral = await lockReferral(tx, ctx.scope, referralId);
  const feedback = (await findFeedbacks(tx, ctx.scope, referralId)).find(({ id }) => id === feedbackId);
  // Refusing here would undo the record that the mail was sent, and it would be sent again.
  if (feedback?.state !== 'given' || !isLegal('deliver-feedback', referral.status)) return;
  const at = notBefore(ctx, referral);
  const decision = deliverFeedback(referral, feedback, 'mail-accepted', at.now);
  await recordDecision(at, tx, await currentWorld(ctx, tx), referral, decision, 'system');
};

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
