import type { FileType } from '#domain/attachments.ts';
import { DomainError } from '#domain/errors.ts';
import { can, demand } from '#domain/policy.ts';
import { demandCleared } from '#domain/scanning.ts';
import { iso } from '#domain/time.ts';
import { type Attachment, findAttachments, getAttachment, type Holder } from '#store/attachments.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { type Draft, findDraft } from '#store/drafts.ts';
import { findReferralsOf, getNotification } from '#store/notifications.ts';
import { getReferral } from '#store/referrals.ts';
import { findSealedKeys } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';
import type { SaidOfFile } from './keep-file.ts';
import { logRead } from './log-read.ts';
import { subjectOf } from './on-referral.ts';
import { openRecords } from './open-records.ts';
import { openParts } from './sealed-parts.ts';
import { noticeOwnNameIn } from './unusual-reading.ts';

/** What is sealed of each that was not destroyed. */
const saidOf = async (ctx: Ctx, tx: Tx, rows: readonly Attachment[]): Promise<ReadonlyMap<string, SaidOfFile>> => {
  const opened = await openRecords(ctx, tx, 'attachment', rows, 'said');
  return new Map([...opened].map(([id, said]) => [id, said as SaidOfFile]));
};

/** Files with what is sealed of them, oldest first; whoever calls this has logged the reading. What was destroyed is left out. */
export const openFiles = async (ctx: Ctx, tx: Tx, rows: readonly Attachment[]) => {
  const said = await saidOf(ctx, tx, rows);
  return rows.flatMap((row) => {
    const one = said.get(row.id);
    return one === undefined ? [] : [{ ...row, said: one }];
  });
};

/** As a page lists them, of a draft, a notification or a case. */
export const filesOf = async (ctx: Ctx, tx: Tx, holder: Holder, person: (id: string) => string) => {
  const files = await openFiles(ctx, tx, await findAttachments(tx, ctx.scope, holder));
  return files.map(({ id, said, state, type, bytes, addedAt, authorId, notificationId }) => ({
    ...{ id, name: said.text, state, type, bytes, addedAt: iso(addedAt), addedBy: person(authorId) },
    /** It came with the notification, or was laid beside it by who sent that. */
    ofNotifier: notificationId !== null,
  }));
};

/** Throws NOT_FOUND for one that was sent, too. */
const unsentDraft = async (ctx: Ctx, tx: Tx, id: string): Promise<Draft> => {
  const draft = await findDraft(tx, ctx.scope, id);
  if (!draft || draft.notificationId !== null) throw new DomainError('NOT_FOUND');
  return draft;
};

/** By the case, and by one of its notification's cases: by the first that this person may read. */
const admittedToCase = async (ctx: Ctx, tx: Tx, ids: readonly string[]): Promise<boolean> => {
  for (const id of ids) {
    const referral = await getReferral(tx, ctx.scope, id).catch((error: unknown) => {
      if (error instanceof DomainError) return null;
      throw error;
    });
    if (!referral || !can(ctx.actor, 'referral.read', subjectOf(referral))) continue;
    await logRead(ctx, tx, demand(ctx.actor, 'referral.read', subjectOf(referral)), 'file', { referralIds: [id] });
    await noticeOwnNameIn(ctx, tx, referral);
    return true;
  }
  return false;
};

/**
 * Whoever may read the case or the text may open what is beside it: of a draft whoever may go on writing it, of a
 * notification whoever may read one of its cases, and who sent it. Logs the reading. Throws NOT_FOUND, OUT_OF_SCOPE.
 */
const admit = async (ctx: Ctx, tx: Tx, { referralId, draftId, notificationId }: Attachment): Promise<void> => {
  if (draftId !== null) {
    const role = demand(ctx.actor, 'draft.read', await unsentDraft(ctx, tx, draftId));
    return logRead(ctx, tx, role, 'draft', {});
  }
  const ids = notificationId === null ? [referralId ?? ''] : await findReferralsOf(tx, ctx.scope, notificationId);
  if (await admittedToCase(ctx, tx, ids)) return;
  if (notificationId === null) throw new DomainError('OUT_OF_SCOPE');
  const { senderPersonId } = await getNotification(tx, ctx.scope, notificationId);
  const role = demand(ctx.actor, 'notification.prove', { senderPersonId });
  await logRead(ctx, tx, role, 'own-file', {});
};

export type OpenedFile = {
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

/**
 * One file to fetch. The reading is logged before the first byte. Throws NOT_FOUND, ILLEGAL_TRANSITION for what is not
 * cleared.
 */
export const openAttachment = (ctx: Ctx, id: string): Promise<OpenedFile> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const row = await getAttachment(tx, ctx.scope, id);
    await admit(ctx, tx, row);
    demandCleared(row.state);
    const [wrapped] = await findSealedKeys(tx, ctx.scope, [id]);
    const said = (await saidOf(ctx, tx, [row])).get(id);
    if (!wrapped || said === undefined) throw new DomainError('NOT_FOUND');
    const key = ctx.deps.vault.unwrap({ ...wrapped, recordKind: 'attachment' });
    return { name: said.text, type: row.type, bytes: row.bytes, content: openParts(ctx, key) };
  });

/** The files of a draft, for whoever may go on writing it. Throws NOT_FOUND. */
export const listDraftFiles = (ctx: Ctx, draftId: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const role = demand(ctx.actor, 'draft.read', await unsentDraft(ctx, tx, draftId));
    await logRead(ctx, tx, role, 'draft', {});
    return filesOf(ctx, tx, { of: 'draft', id: draftId }, String);
  });

/** The files beside a notification, for who sent it. Throws NOT_FOUND. */
export const listSentFiles = (ctx: Ctx, notificationId: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const { senderPersonId } = await getNotification(tx, ctx.scope, notificationId);
    const role = demand(ctx.actor, 'notification.prove', { senderPersonId });
    await logRead(ctx, tx, role, 'own-notifications', {});
    return filesOf(ctx, tx, { of: 'notification', id: notificationId }, String);
  });
