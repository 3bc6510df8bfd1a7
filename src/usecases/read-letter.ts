import { inWords } from '#domain/deadline-explanation.ts';
import { DomainError, type Reason } from '#domain/errors.ts';
import { departmentOf } from '#domain/notifier-view.ts';
import { can, demand } from '#domain/policy.ts';
import { receiptWords } from '#domain/receipt-words.ts';
import type { Referral } from '#domain/referral.ts';
import { iso } from '#domain/time.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { getLetter, type LetterRow } from '#store/letters.ts';
import { findFeedbacks } from '#store/measures.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { letterItem } from './list-letters.ts';
import { logRead } from './log-read.ts';
import { subjectOf } from './on-referral.ts';
import { getKey, openNotification } from './open-records.ts';
import { noticeOwnNameIn } from './unusual-reading.ts';
import { currentWorld } from './world.ts';

/** The exact words: of a feedback those that were previewed, of a receipt those of the mail. */
const wordsOf = async (
  ctx: Ctx,
  tx: Tx,
  letter: LetterRow,
  referral: Referral,
  contact: { readonly department: Reason; readonly phone: string },
): Promise<readonly Reason[]> => {
  if (letter.kind === 'receipt') {
    // To the minute, as the mail has it.
    const at = referral.receivedAt.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    return receiptWords({ received: inWords(at), ...contact });
  }
  const feedback = (await findFeedbacks(tx, ctx.scope, referral.id)).find(({ id }) => id === letter.feedbackId);
  if (!feedback) throw new DomainError('NOT_FOUND');
  const key = await getKey(ctx, tx, 'referral', referral.id);
  return ctx.deps.vault.open(key, `feedback:${feedback.id}`, feedback.told) as readonly Reason[];
};

/**
 * One letter with the words to print and the notifier's name, address and phone. Opening it is logged as a reading.
 * Throws NOT_FOUND.
 */
export const readLetter = (ctx: Ctx, id: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const letter = await getLetter(tx, ctx.scope, id);
    const referral = await getReferral(tx, ctx.scope, letter.referralId);
    const role = demand(ctx.actor, 'letter.read', subjectOf(referral));
    const world = await currentWorld(ctx, tx);
    const { row, content } = await openNotification(ctx, tx, letter.notificationId);
    const { name: da, nameEn: en, phone } = departmentOf(world.organisation, referral.ownerUnit);
    const { name = null, postalAddress = null, workPhone = null } = content?.form.notifier ?? {};
    const sender = row.senderPersonId ? world.organisation.people.get(row.senderPersonId) : undefined;
    const unit = world.organisation.units.get(row.senderUnitId ?? '');
    await logRead(ctx, tx, role, 'letter', { referralIds: [referral.id], childIds: [referral.childId] });
    await noticeOwnNameIn(ctx, tx, referral);
    const action = letter.kind === 'receipt' ? 'referral.deliver-receipt' : 'referral.deliver-feedback';
    return {
      ...letterItem(letter, world),
      stateVersion: referral.stateVersion,
      language: row.language,
      municipality: world.organisation.municipality.name,
      department: { da, en },
      phone,
      writtenAt: iso(ctx.now),
      receiver: {
        name: name ?? sender?.title ?? null,
        institution: unit?.name ?? null,
        address: postalAddress,
        phone: workPhone ?? sender?.phone ?? null,
      },
      words: await wordsOf(ctx, tx, letter, referral, { department: { da, en }, phone }),
      maySend: letter.state === 'open' && can(ctx.actor, action, subjectOf(referral)),
    };
  });
