import { combine } from '#domain/combine.ts';
import { deliverFeedback } from '#domain/feedback-acts.ts';
import type { Delivery } from '#domain/feedback-record.ts';
import { withdrawLetter } from '#domain/letters.ts';
import { isLegal } from '#domain/lifecycle.ts';
import type { Decision } from '#domain/referral.ts';
import { type Instant, iso } from '#domain/time.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { findOpenLetter, type LetterRow } from '#store/letters.ts';
import { findFeedbacks } from '#store/measures.ts';
import { findReferralIds, markReceiptDelivered } from '#store/receipts.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

/** What a letter was wanted for has arrived by mail after all, as after it was sent again by hand. */
const withoutLetter = (decision: Decision, letter: LetterRow | null, referralId: string): Decision =>
  letter && letter.referralId === referralId
    ? combine(decision, { patch: {}, ...withdrawLetter(letter, 'by-mail') })
    : decision;

/**
 * The notifier's mail server took the receipt, or they opened it on the site `at` that instant, which the jobs may hear of
 * later: it is met for every referral of the notification. Idempotent.
 */
export const deliverReceipt = async (
  ctx: Ctx,
  tx: Tx,
  notificationId: string,
  { channel, answer, at = ctx.now }: { readonly channel: 'mail' | 'site'; readonly answer: string; at?: Instant },
): Promise<void> => {
  const evidence = { notificationId, channel, evidence: answer };
  if (!(await markReceiptDelivered(tx, ctx.scope, evidence, at))) return;
  const world = await currentWorld(ctx, tx);
  const letter = await findOpenLetter(tx, ctx.scope, { kind: 'receipt', id: notificationId });
  await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (id) => {
    const referral = await lockReferral(tx, ctx.scope, id);
    const met: Decision = {
      patch: {},
      facts: [{ kind: 'receipt-delivered', data: { channel, answer }, occurredAt: iso(at) }],
      end: [{ kind: 'receipt', as: 'met', at }],
    };
    await recordDecision(notBefore(ctx, referral), tx, world, referral, withoutLetter(met, letter, id), 'system');
  });
};

/** What is withheld has nothing to deliver: its clock was met by the approval. What was opened before is delivered. */
export const deliverFeedbackNotice = async (
  ctx: Ctx,
  tx: Tx,
  referralId: string,
  feedbackId: string,
  { delivery, at }: { readonly delivery: Delivery; readonly at?: Instant } = { delivery: 'mail-accepted' },
): Promise<void> => {
  const referral = await lockReferral(tx, ctx.scope, referralId);
  const feedback = (await findFeedbacks(tx, ctx.scope, referralId)).find(({ id }) => id === feedbackId);
  const letter = await findOpenLetter(tx, ctx.scope, { kind: 'feedback', id: feedbackId });
  const acting = notBefore(ctx, referral);
  // Refusing here would undo the record that the mail was sent, and it would be sent again.
  const delivers = feedback?.state === 'given' && isLegal('deliver-feedback', referral.status);
  const delivered: Decision = delivers
    ? deliverFeedback(referral, feedback, delivery, at ?? acting.now)
    : { patch: {}, facts: [] };
  const decision = withoutLetter(delivered, letter, referralId);
  if (decision.facts.length > 0)
    await recordDecision(acting, tx, await currentWorld(ctx, tx), referral, decision, 'system');
};
