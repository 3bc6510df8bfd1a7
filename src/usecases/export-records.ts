import { FILE_TYPES } from '#domain/attachments.ts';
import { type Destroyable, MOST_CASES } from '#domain/destruction.ts';
import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { withOffset } from '#domain/time.ts';
import { findAccessRequests } from '#store/access-requests.ts';
import { findAttachments } from '#store/attachments.ts';
import { findEvents } from '#store/case-events.ts';
import { findChild } from '#store/children.ts';
import { inOrder } from '#store/db.ts';
import { findDestroyable, findTold, readOpenRows } from '#store/destruction.ts';
import { findAdditions } from '#store/notifications.ts';
import { findSealedKeys } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';
import { openFiles } from './open-attachment.ts';
import { openNotification, openRecords } from './open-records.ts';
import { beginningOf, coveredBy } from './prepare-destruction.ts';
import { recordSetup } from './record-setup.ts';
import { openParts } from './sealed-parts.ts';

/** Where an export goes: lines of one file, and files beside it. */
export type Writing = {
  readonly line: (value: unknown) => void;
  readonly file: (name: string, content: AsyncIterable<Uint8Array>) => Promise<void>;
};
export type Exported = { readonly cases: number; readonly files: number; readonly covers: string };

/** What the case's own key opens: the words of the journal, and what the notifier was told. */
const wordsOf = async (ctx: Ctx, id: string) => {
  const { scope } = ctx;
  const { db, vault } = ctx.deps;
  const [row] = await findSealedKeys(db, scope, [id]);
  const key = row && vault.unwrap({ ...row, recordKind: 'referral' });
  const open = (slot: string, sealed: Uint8Array | null): unknown =>
    key && sealed ? vault.open(key, slot, sealed) : null;
  const events = await findEvents(db, scope, id);
  const told = await findTold(db, scope, id);
  const requests = await findAccessRequests(db, scope, id);
  const [reviews, answers] = [
    await openRecords(
      ctx,
      db,
      'access-request',
      requests.map((one) => ({ id: one.id, sealed: one.review })),
      'review',
    ),
    await openRecords(
      ctx,
      db,
      'access-request',
      requests.flatMap((one) => (one.document ? [{ id: one.id, sealed: one.document }] : [])),
      'document',
    ),
  ];
  return {
    answers: requests.map((one) => ({ id: one.id, review: reviews.get(one.id), answer: answers.get(one.id) ?? null })),
    journal: events.map(({ seq, sealed, digest: _d, previous: _p, hash: _h, ...event }) => ({
      ...event,
      seq,
      words: open(`event:${seq}`, sealed),
    })),
    told: told.map((one) => ({ id: one.id, words: open(one.slot, one.told) })),
  };
};

const sentOf = async (ctx: Ctx, notificationId: string | null) => {
  if (notificationId === null) return { sent: null, additions: [] };
  const { db } = ctx.deps;
  const { content } = await openNotification(ctx, db, notificationId);
  const additions = await findAdditions(db, ctx.scope, notificationId);
  const opened = await openRecords(ctx, db, 'addition', additions);
  return {
    sent: content,
    additions: additions.map(({ id, authorId, addedAt }) => ({
      id,
      authorId,
      addedAt: withOffset(addedAt),
      words: opened.get(id) ?? null,
    })),
  };
};

/**
 * Of a case and its notification, which the cases of several children share: each is written once, and under its id, because
 * names are not unique and stand in the line of the case.
 */
const filesOf = async (ctx: Ctx, id: string, { file }: Writing, written: Set<string>) => {
  const { db, vault } = ctx.deps;
  const rows = await findAttachments(db, ctx.scope, { of: 'referral', id });
  const cleared = (await openFiles(ctx, db, rows)).filter(({ state }) => state === 'cleared');
  const ids = cleared.map((one) => one.id);
  const keys = new Map((await findSealedKeys(db, ctx.scope, ids)).map((key) => [key.recordId, key]));
  return inOrder(cleared, async ({ id: fileId, type, bytes, authorId, addedAt, said }) => {
    const name = `${fileId}.${FILE_TYPES[type].ending}`;
    const key = keys.get(fileId);
    if (key && !written.has(name)) {
      await file(name, openParts(ctx, vault.unwrap({ ...key, recordKind: 'attachment' })));
      written.add(name);
    }
    return { file: name, bytes, authorId, addedAt: withOffset(addedAt), said };
  });
};

const exportCase = async (
  ctx: Ctx,
  { id, childId, notificationId }: Destroyable,
  writing: Writing,
  written: Set<string>,
): Promise<void> => {
  const { db } = ctx.deps;
  const child = await findChild(db, ctx.scope, childId);
  const opened = child ? await openRecords(ctx, db, 'child', [child]) : null;
  const files = await filesOf(ctx, id, writing, written);
  writing.line({
    ...(await readOpenRows(db, ctx.scope, id)),
    child: { id: childId, said: opened?.get(childId) ?? null },
    ...(await sentOf(ctx, notificationId)),
    ...(await wordsOf(ctx, id)),
    files,
  });
};

/**
 * Everything on record of the cases that a destruction by the same day would be about, opened: a line of JSON for each,
 * and its files. `covers` says which cases, as they stand. Changes nothing but for a line in the journal of the setup;
 * what comes out is for the archives and is nobody's to leave lying about. Throws INVALID.
 */
export const exportRecords = async (ctx: Ctx, closedBefore: string, writing: Writing): Promise<Exported> => {
  demand(ctx.actor, 'records.export');
  const before = beginningOf(closedBefore);
  const asked = { before, most: MOST_CASES + 1, lock: false };
  const records = await findDestroyable(ctx.deps.db, ctx.scope, asked);
  if (records.length === 0 || records.length > MOST_CASES) {
    throw new DomainError('INVALID', {
      da: `Der er ${records.length === 0 ? 'ingen' : `over ${MOST_CASES}`} sager, som er helt afsluttet før den dag.`,
      en: `${records.length === 0 ? 'No' : `Over ${MOST_CASES}`} cases were wholly closed before that day.`,
    });
  }
  const written = new Set<string>();
  await inOrder(records, (record) => exportCase(ctx, record, writing, written));
  const files = written.size;
  const covers = coveredBy(ctx, records);
  await recordSetup(ctx, ctx.deps.db, {
    kind: 'exported',
    data: { cases: records.length, files, closedBefore, covers },
  });
  return { cases: records.length, files, covers };
};
