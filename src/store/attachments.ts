import type { FileType } from '#domain/attachments.ts';
import { DomainError } from '#domain/errors.ts';
import type { SeenState } from '#domain/scanning.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

/** `a` is an attachment of a referral that the scope reaches. */
const reaches = (scope: Scope): Prisma.Sql => Prisma.sql`exists (
  select from referral r where r.id = a.referral_id and ${reachesReferral(scope)})`;

/** Begins one whose content is still to come; nobody sees it before it is finished. Throws NOT_FOUND. */
export const insertArrival = async (
  tx: Tx,
  scope: Scope,
  a: { id: string; referralId: string; authorId: string },
  now: Instant,
): Promise<void> => {
  const count = await tx.$executeRaw`
    insert into attachment (id, referral_id, author_id, added_at, state)
    select ${a.id}::uuid, r.id, ${a.authorId}, ${toDate(now)}, 'arriving'
    from referral r where r.id = ${a.referralId}::uuid and ${reachesReferral(scope)}`;
  if (count !== 1) throw new DomainError('NOT_FOUND');
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
  referralId: string;
  authorId: string;
  addedAt: Instant;
  state: SeenState;
  type: FileType;
  bytes: number;
  sealed: Uint8Array;
};

const found = async (tx: Tx, scope: Scope, which: Prisma.Sql): Promise<Attachment[]> => {
  const rows = await tx.$queryRaw<(Omit<Attachment, 'addedAt'> & { addedAt: Date })[]>`
    select a.id::text as id, a.referral_id::text as "referralId", a.author_id as "authorId", a.added_at as "addedAt",
      a.state, a.type, a.bytes, a.sealed
    from attachment a where ${which} and a.state <> 'arriving' and ${reaches(scope)} order by a.added_at, a.id`;
  return rows.map((row) => ({ ...row, addedAt: fromDate(row.addedAt) }));
};

/** The files of a case, oldest first. */
export const findAttachments = (tx: Tx, scope: Scope, referralId: string): Promise<Attachment[]> =>
  found(tx, scope, Prisma.sql`a.referral_id = ${referralId}::uuid`);

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
