import type { FileType, Room } from '#domain/attachments.ts';
import { DomainError } from '#domain/errors.ts';
import type { SeenState } from '#domain/scanning.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { reachesDraft, reachesNotification, reachesReferral, sentBy } from './scope.ts';

/** What a file is of. A draft has it until it is sent; then it is the notification's. */
export type Holder = { readonly of: 'referral' | 'draft' | 'notification'; readonly id: string };

/** `a` is an attachment: of a case or notification that the scope reaches, or of a draft that is not sent. */
const reaches = (scope: Scope): Prisma.Sql => Prisma.sql`case
  when a.referral_id is not null then exists (
    select from referral r where r.id = a.referral_id and ${reachesReferral(scope)})
  when a.draft_id is not null then exists (
    select from draft d where d.id = a.draft_id and d.notification_id is null and ${reachesDraft(scope)})
  else exists (select from notification n where n.id = a.notification_id and ${reachesNotification(scope)}) end`;

/** The column that names the holder, and the holders in reach to whom a file may be added. */
const HOLDERS = {
  referral: (scope: Scope) => ({
    column: Prisma.sql`referral_id`,
    reached: Prisma.sql`referral r where ${reachesReferral(scope)} and r.id`,
  }),
  draft: (scope: Scope) => ({
    column: Prisma.sql`draft_id`,
    reached: Prisma.sql`draft d where d.notification_id is null and ${reachesDraft(scope)} and d.id`,
  }),
  notification: (scope: Scope) => ({
    column: Prisma.sql`notification_id`,
    reached: Prisma.sql`notification n where ${sentBy(scope)} and n.id`,
  }),
} as const;

/** Begins one whose content is still to come; nobody sees it before it is finished. Throws NOT_FOUND. */
export const insertArrival = async (
  tx: Tx,
  scope: Scope,
  a: { id: string; holder: Holder; authorId: string },
  now: Instant,
): Promise<void> => {
  const { column, reached } = HOLDERS[a.holder.of](scope);
  const count = await tx.$executeRaw`
    insert into attachment (id, ${column}, author_id, added_at, state)
    select ${a.id}::uuid, ${a.holder.id}::uuid, ${a.authorId}, ${toDate(now)}, 'arriving'
    where exists (select from ${reached} = ${a.holder.id}::uuid)`;
  if (count !== 1) throw new DomainError('NOT_FOUND');
};

/** How much its files are, those on their way as files without bytes. */
export const sumAttachments = async (tx: Tx, scope: Scope, { of, id }: Holder): Promise<Room> => {
  const { column, reached } = HOLDERS[of](scope);
  const rows = await tx.$queryRaw<{ files: number; bytes: bigint }[]>`
    select count(*)::int as files, coalesce(sum(a.bytes), 0) as bytes from attachment a
    where a.${column} = ${id}::uuid and a.state <> 'refused' and exists (select from ${reached} = ${id}::uuid)`;
  return { files: rows[0]?.files ?? 0, bytes: Number(rows[0]?.bytes ?? 0) };
};

/** The next part of what arrives. Throws NOT_FOUND when it does not arrive any more, or is out of reach by now. */
export const insertPart = async (
  tx: Tx,
  scope: Scope,
  part: { attachmentId: string; seq: number; sealed: Uint8Array },
): Promise<void> => {
  const count = await tx.$executeRaw`
    insert into attachment_part (attachment_id, seq, sealed)
    select a.id, ${part.seq}, ${part.sealed} from attachment a
    where a.id = ${part.attachmentId}::uuid and a.state = 'arriving' and ${reaches(scope)}`;
  if (count !== 1) throw new DomainError('NOT_FOUND');
};

/**
 * It has arrived whole. `scanAt`: it is held until it has been looked through, and by then at the latest handed to the
 * scanner again; null: it is cleared. Throws NOT_FOUND as above.
 */
export const finishArrival = async (
  tx: Tx,
  scope: Scope,
  a: { id: string; type: FileType; bytes: number; sealed: Uint8Array; scanAt: Instant | null },
  now: Instant,
): Promise<void> => {
  const scanAt = a.scanAt && toDate(a.scanAt);
  const count = await tx.$executeRaw`
    update attachment a set state = ${scanAt ? 'held' : 'cleared'}, type = ${a.type}, bytes = ${a.bytes},
      sealed = ${a.sealed}, added_at = ${toDate(now)}, scan_again_at = ${scanAt}::timestamptz,
      scan_attempts = ${scanAt ? 0 : null}::int
    where a.id = ${a.id}::uuid and a.state = 'arriving' and ${reaches(scope)}`;
  if (count !== 1) throw new DomainError('NOT_FOUND');
};

/** What did not arrive whole goes, with its key. Only its author gives it up, whatever they reach by now. */
export const deleteArrival = (tx: Tx, scope: Scope, id: string): Promise<number> =>
  tx.$executeRaw`
    with gone as (delete from attachment a
      where a.id = ${id}::uuid and a.state = 'arriving' and a.author_id = ${scope.personId} returning a.id)
    delete from sealed_key k using gone where k.record_id = gone.id`;

/** The same of all that began before then: whoever sent them is gone. Answers how many. */
export const deleteOldArrivals = (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`
    with gone as (delete from attachment a
      where a.state = 'arriving' and a.added_at < ${toDate(before)} and ${scope.unitIds === 'all'} returning a.id)
    delete from sealed_key k using gone where k.record_id = gone.id`;

export type Attachment = {
  id: string;
  referralId: string | null;
  draftId: string | null;
  notificationId: string | null;
  authorId: string;
  addedAt: Instant;
  state: SeenState;
  type: FileType;
  bytes: number;
  sealed: Uint8Array;
};

type Row = Omit<Attachment, 'addedAt'> & { addedAt: Date };
const toAttachment = (row: Row): Attachment => ({ ...row, addedAt: fromDate(row.addedAt) });
const columns = Prisma.sql`a.id::text as id, a.referral_id::text as "referralId", a.draft_id::text as "draftId",
  a.notification_id::text as "notificationId", a.author_id as "authorId", a.added_at as "addedAt", a.state, a.type, a.bytes,
  a.sealed`;

const found = async (tx: Tx, scope: Scope, which: Prisma.Sql): Promise<Attachment[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns}
    from attachment a where ${which} and a.state <> 'arriving' and ${reaches(scope)} order by a.added_at, a.id`;
  return rows.map(toAttachment);
};

/** The files of a draft, a notification or a case, oldest first; of a case those of its notification among them. */
export const findAttachments = (tx: Tx, scope: Scope, { of, id }: Holder): Promise<Attachment[]> =>
  found(
    tx,
    scope,
    of === 'referral'
      ? Prisma.sql`(a.referral_id = ${id}::uuid
          or a.notification_id = (select r.notification_id from referral r where r.id = ${id}::uuid))`
      : Prisma.sql`a.${HOLDERS[of](scope).column} = ${id}::uuid`,
  );

/**
 * The draft has been sent: its files are the notification's, those that are looked through among them; what was refused
 * goes with its key. Whoever calls this has used the draft up. Answers what has moved, oldest first.
 */
export const moveDraftFiles = async (
  tx: Tx,
  _scope: Scope,
  { draftId, notificationId }: { readonly draftId: string; readonly notificationId: string },
): Promise<Attachment[]> => {
  await tx.$executeRaw`
    with gone as (delete from attachment where draft_id = ${draftId}::uuid and state = 'refused' returning id)
    delete from sealed_key k using gone where k.record_id = gone.id`;
  const rows = await tx.$queryRaw<Row[]>`
    update attachment a set draft_id = null, notification_id = ${notificationId}::uuid
    where a.draft_id = ${draftId}::uuid and a.state in ('held', 'cleared') returning ${columns}`;
  return rows.map(toAttachment).toSorted((x, y) => (x.id < y.id ? -1 : 1));
};

/** A file that was not sent yet goes, with its key. Answers whether it was there. */
export const deleteDraftFile = async (
  tx: Tx,
  scope: Scope,
  { id, draftId }: { readonly id: string; readonly draftId: string },
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    with gone as (delete from attachment a
      where a.id = ${id}::uuid and a.draft_id = ${draftId}::uuid and a.state <> 'arriving' and ${reaches(scope)} returning a.id)
    delete from sealed_key k using gone where k.record_id = gone.id`;
  return count === 1;
};

/** Throws NOT_FOUND. */
export const getAttachment = async (tx: Tx, scope: Scope, id: string): Promise<Attachment> => {
  const [row] = await found(tx, scope, Prisma.sql`a.id = ${id}::uuid`);
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
};

/** One part and whether another follows; null beyond the last. */
export const findPart = async (
  tx: Tx,
  scope: Scope,
  attachmentId: string,
  seq: number,
): Promise<{ sealed: Uint8Array; last: boolean } | null> => {
  const rows = await tx.$queryRaw<{ sealed: Uint8Array; last: boolean }[]>`
    select p.sealed, not exists (
      select from attachment_part n where n.attachment_id = p.attachment_id and n.seq > p.seq) as last
    from attachment_part p join attachment a on a.id = p.attachment_id
    where p.attachment_id = ${attachmentId}::uuid and p.seq = ${seq} and ${reaches(scope)}`;
  return rows[0] ?? null;
};
