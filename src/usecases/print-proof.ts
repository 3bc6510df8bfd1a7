import { DomainError } from '#domain/errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { proofOf } from '#domain/proof.ts';
import { findAttachments } from '#store/attachments.ts';
import { inTransaction } from '#store/db.ts';
import { findAdditions } from '#store/notifications.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { formNames } from './names.ts';
import { personOf } from './on-referral.ts';
import { openFiles } from './open-attachment.ts';
import { openNotification, openRecords } from './open-records.ts';
import { currentWorld } from './world.ts';

/**
 * The proof of what was received and when, as a PDF for whoever sent it: the notification as it was sent, and what they
 * added themselves. Logged as a reading. Throws NOT_FOUND, ILLEGAL_TRANSITION where nothing can be printed.
 */
export const printProof = async (
  ctx: Ctx,
  { notificationId, language }: { readonly notificationId: string; readonly language: 'da' | 'en' },
): Promise<{ readonly fileName: string; readonly pdf: string }> => {
  const { print } = ctx.deps;
  const read = await inTransaction(ctx.deps.db, async (tx) => {
    const { row, content } = await openNotification(ctx, tx, notificationId);
    const { senderPersonId, receivedAt } = row;
    const role = demand(ctx.actor, 'notification.prove', { senderPersonId });
    if (!print) throw illegal('Her kan der ikke laves PDF.', 'No PDF can be made here.');
    if (!content) throw new DomainError('NOT_FOUND');
    const world = await currentWorld(ctx, tx);
    const own = (await findAdditions(tx, ctx.scope, notificationId)).filter(
      ({ authorId }) => authorId === personOf(ctx).personId,
    );
    const opened = await openRecords(ctx, tx, 'addition', own);
    const textOf = (id: string): string => (opened.get(id) as { text: string } | undefined)?.text ?? '';
    await logRead(ctx, tx, role, 'proof', {});
    const additions = own.map(({ id, addedAt }) => ({ at: addedAt, text: textOf(id) }));
    const municipality = world.organisation.municipality.name;
    const sent = await findAttachments(tx, ctx.scope, { of: 'notification', id: notificationId });
    const files = (await openFiles(ctx, tx, sent)).map(({ said, bytes, addedAt, state }) => ({
      ...{ name: said.text, sha256: said.sha256, bytes, at: addedAt, refused: state === 'refused' },
    }));
    const facts = {
      notificationId,
      municipality,
      files,
      form: content.form,
      receivedAt,
      additions,
      printedAt: ctx.now,
    };
    return { print, proof: proofOf(facts, formNames(world), language) };
  });
  const at = new Date(ctx.now.epochMilliseconds);
  const pdf = await read.print({ ...read.proof, language, at });
  const name = language === 'da' ? 'kvittering' : 'receipt';
  return { fileName: `${name}-${notificationId}.pdf`, pdf: Buffer.from(pdf).toString('base64') };
};
