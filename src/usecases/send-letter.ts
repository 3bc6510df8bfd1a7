import { refuseField } from '#domain/field-errors.ts';
import type { LetterWay } from '#domain/letter-record.ts';
import { sendLetter as decide } from '#domain/letters.ts';
import { illegal } from '#domain/lifecycle.ts';
import { type Instant, isAfter, isBefore, latest } from '#domain/time.ts';
import { getLetter } from '#store/letters.ts';
import { findFeedbacks } from '#store/measures.ts';
import { markReceiptTold } from '#store/receipts.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { mayBeTold } from './feedback-facts.ts';
import { onReferral, personOf, type Recorded } from './on-referral.ts';
import { outboxRow } from './rows.ts';

export type LetterSent = {
  readonly id: string;
  readonly way: LetterWay;
  readonly occurredAt: Instant;
  /** Whom they spoke to; asked for when it was told on the phone. */
  readonly spokenTo: string | null;
};

/**
 * The letter has been posted, or the notifier phoned: who and when are the evidence, and the clock of the receipt or
 * feedback is met by that instant. Throws NOT_FOUND, INVALID, ILLEGAL_TRANSITION when it has been done.
 */
export const sendLetter = async (asked: Ctx, input: LetterSent): Promise<Recorded> => {
  const letter = await getLetter(asked.deps.db, asked.scope, input.id);
  const act = letter.kind === 'receipt' ? 'deliver-receipt' : 'deliver-feedback';
  const target = { id: letter.referralId };
  return onReferral(asked, act, `referral.${act}`, target, async ({ ctx, referral, world, tx }) => {
    if (isAfter(input.occurredAt, ctx.now)) refuseField('occurredAt', 'future');
    // What people tell has no seconds.
    const from = letter.createdAt.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    if (isBefore(input.occurredAt, from)) refuseField('occurredAt', 'too-early');
    const occurredAt = latest(input.occurredAt, letter.createdAt);
    const spokenTo = input.spokenTo?.trim() || null;
    if (input.way === 'phoned' && spokenTo === null) refuseField('spokenTo', 'required');
    const now = await getLetter(tx, ctx.scope, letter.id);
    if (now.kind === 'feedback' && !(await mayBeTold(ctx, tx, referral.id, world))) {
      throw illegal(
        'Underretteren skal ikke orienteres: mistænkt, eller ikke fagperson.',
        'The notifier is not to be told: a suspect, or no professional.',
      );
    }
    const feedbacks = await findFeedbacks(tx, ctx.scope, referral.id);
    const feedback = feedbacks.find(({ id }) => id === now.feedbackId) ?? null;
    const decision = decide(referral, now, feedback, { ...input, occurredAt, spokenTo });
    if (now.kind === 'receipt') {
      const channel = input.way === 'posted' ? 'letter' : 'call';
      const evidence = { referralId: referral.id, channel, evidence: personOf(ctx).personId, at: occurredAt };
      await markReceiptTold(tx, ctx.scope, evidence);
      const outbox = [outboxRow(ctx, { name: 'receipt.told', payload: { notificationId: now.notificationId } })];
      await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
    }
    return decision;
  });
};
