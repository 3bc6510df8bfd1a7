import type { FileType } from '#domain/attachments.ts';
import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { demandCleared } from '#domain/scanning.ts';
import { iso } from '#domain/time.ts';
import { type Attachment, findAttachments, getAttachment } from '#store/attachments.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { getReferral } from '#store/referrals.ts';
import { findSealedKeys } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { subjectOf } from './on-referral.ts';
import { openRecords } from './open-records.ts';
import { openParts } from './sealed-parts.ts';
import { noticeOwnNameIn } from './unusual-reading.ts';

type Said = { readonly text: string };

const namesOf = async (ctx: Ctx, tx: Tx, rows: readonly Attachment[]): Promise<ReadonlyMap<string, string>> => {
  const opened = await openRecords(ctx, tx, 'attachment', rows, 'said');
  return new Map([...opened].map(([id, said]) => [id, (said as Said).text]));
};

/** The files of a case as its page lists them; whoever calls this has logged the reading. What was destroyed is left out. */
export const filesOf = async (ctx: Ctx, tx: Tx, referralId: string, person: (id: string) => string) => {
  const rows = await findAttachments(tx, ctx.scope, referralId);
  const names = await namesOf(ctx, tx, rows);
  return rows.flatMap(({ id, state, type, bytes, addedAt, authorId }) => {
    const name = names.get(id);
    return name === undefined
      ? []
      : [{ id, name, state, type, bytes, addedAt: iso(addedAt), addedBy: person(authorId) }];
  });
};

export type OpenedFile = {
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

/** One file to fetch, for whoever may read the case. The reading is logged before the first byte. Throws NOT_FOUND, ILLEGAL_TRANSITION for what is not cleared. */
export const openAttachment = (ctx: Ctx, id: string): Promise<OpenedFile> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const row = await getAttachment(tx, ctx.scope, id);
    const referral = await getReferral(tx, ctx.scope, row.referralId);
    const role = demand(ctx.actor, 'referral.read', subjectOf(referral));
    demandCleared(row.state);
    const [wrapped] = await findSealedKeys(tx, ctx.scope, [id]);
    const name = (await namesOf(ctx, tx, [row])).get(id);
    if (!wrapped || name === undefined) throw new DomainError('NOT_FOUND');
    await logRead(ctx, tx, role, 'file', { referralIds: [row.referralId] });
    await noticeOwnNameIn(ctx, tx, referral);
    const key = ctx.deps.vault.unwrap({ ...wrapped, recordKind: 'attachment' });
    return { name, type: row.type, bytes: row.bytes, content: openParts(ctx, key) };
  });
