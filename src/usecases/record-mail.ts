import { type Answer, afterAttempt, deliveryPolicyAt, type Outcome, reasonOf, SENT } from '#domain/delivery.ts';
import { demand } from '#domain/policy.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { countFailure, forgetFailures } from '#store/mail-addresses.ts';
import { finishMessage, finishSent, lockSending, type OutboundMessage } from '#store/outbound-messages.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { deliverFeedbackNotice, deliverReceipt } from './deliver-by-mail.ts';
import { handOverMails } from './hand-over-mails.ts';
import { outboxRow } from './rows.ts';

export type Attempt = { readonly id: string; readonly addressIndex: Uint8Array; readonly answer: Answer };

/** The codes only: a server's words quote the receiver. `550 5.1.1`, `451`, `network`, `address`. */
const codesOf = ({ code, enhanced, at }: Answer): string => {
  if (code === null) return at === 'address' ? 'address' : 'network';
  return enhanced === null ? String(code) : `${code} ${enhanced}`;
};

const arrived = async (ctx: Ctx, tx: Tx, message: OutboundMessage, addressIndex: Uint8Array, codes: string) => {
  const { template, notificationId, referralId, feedbackId } = message;
  await forgetFailures(tx, ctx.scope, addressIndex);
  if (template === 'receipt' && notificationId) {
    await deliverReceipt(ctx, tx, notificationId, { channel: 'mail', answer: codes });
  }
  if (template === 'feedback' && referralId && feedbackId) await deliverFeedbackNotice(ctx, tx, referralId, feedbackId);
};

const gaveUp = async (ctx: Ctx, tx: Tx, id: string, outcome: Outcome, addressIndex: Uint8Array): Promise<void> => {
  const { failingAfter } = deliveryPolicyAt(ctx.now);
  const failing = outcome.countsAgainst && (await countFailure(tx, ctx.scope, addressIndex, failingAfter, ctx.now));
  const outbox = [outboxRow(ctx, { name: 'mail.undelivered', payload: { outboundMessageId: id, failing } })];
  await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
};

const ended = (ctx: Ctx, { id, addressIndex, answer }: Attempt): Promise<Outcome | null> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const message = await lockSending(tx, ctx.scope, id);
    if (!message) return null;
    const outcome = afterAttempt(message, reasonOf(answer), ctx.now);
    const { state, reason, nextAttemptAt } = outcome;
    const codes = codesOf(answer);
    const maybeTwice = reason === 'cut-off';
    await finishMessage(tx, ctx.scope, { id, state, reason, nextAttemptAt, answer: codes, maybeTwice }, ctx.now);
    if (state === 'sent') await arrived(ctx, tx, message, addressIndex, codes);
    else if (nextAttemptAt) await handOverMails(ctx, [id], nextAttemptAt, tx);
    else await gaveUp(ctx, tx, id, outcome, addressIndex);
    return outcome;
  });

/**
 * Records how an attempt ended and what follows: delivered, tried again after a pause, or given up and handed to
 * whoever sees that it is told otherwise. A receipt that the notifier's mail server accepted is delivered: that is the
 * evidence which meets the receipt clock of every referral of the notification. Idempotent; null when it was recorded.
 */
export const recordMail = async (ctx: Ctx, attempt: Attempt): Promise<Outcome | null> => {
  demand(ctx.actor, 'message.deliver');
  const { id, addressIndex, answer } = attempt;
  // Nearly all mail: one statement is enough where nothing more follows.
  const sent =
    answer.taken && (await finishSent(ctx.deps.db, ctx.scope, { id, addressIndex, answer: codesOf(answer) }, ctx.now));
  return sent ? SENT : ended(ctx, attempt);
};
