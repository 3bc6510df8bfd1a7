import { DomainError } from '#domain/errors.ts';
import type { Letter, LetterChange, LetterKind } from '#domain/letter-record.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate, toRow } from './db.ts';
import { isOpenTo, reachesReferral } from './scope.ts';

export type LetterRow = Letter & {
  readonly referralId: string;
  readonly notificationId: string;
  readonly caseNumber: string;
  readonly acute: boolean;
  readonly ownerUnit: string;
  readonly handlerId: string | null;
  readonly createdAt: Instant;
  /** When the clock that it meets is due; null when none runs. */
  readonly dueAt: Instant | null;
};

type Row = Omit<LetterRow, 'createdAt' | 'dueAt'> & { createdAt: Date; dueAt: Date | null };

const columns = Prisma.sql`l.id::text as id, l.kind, l.feedback_id::text as "feedbackId", l.reason, l.state,
  l.referral_id::text as "referralId", l.notification_id::text as "notificationId", r.case_number as "caseNumber",
  r.acute, r.owner_unit_id as "ownerUnit", r.handler_id as "handlerId", l.created_at as "createdAt", d.due_at as "dueAt"`;
const source = Prisma.sql`letter l join referral r on r.id = l.referral_id left join feedback f on f.id = l.feedback_id
  left join lateral (select min(c.due_at) as due_at from deadline c
    where c.referral_id = l.referral_id and c.state = 'running' and c.kind = l.kind
      and (l.feedback_id is null or c.subject_id = any(f.answers))) d on true`;

const letterOf = (row: Row): LetterRow => ({
  ...row,
  createdAt: fromDate(row.createdAt),
  dueAt: row.dueAt ? fromDate(row.dueAt) : null,
});

/** Whoever owns the referral sends its letters; others who may read the case do not. */
const ownedBy = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`(r.owner_unit_id = any(${scope.unitIds}::text[]) and ${isOpenTo(scope, Prisma.sql`r.id`)})`;

/** What is to be posted or phoned by the scope's units, the oldest first; keyset by (created, id). */
export const findLetters = async (
  tx: Tx,
  scope: Scope,
  q: { cursor: { at: Instant; id: string } | null; limit: number },
): Promise<LetterRow[]> => {
  const after = q.cursor
    ? Prisma.sql`(l.created_at, l.id) > (${toDate(q.cursor.at)}, ${q.cursor.id}::uuid)`
    : Prisma.sql`true`;
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source} where l.state = 'open' and ${after} and ${ownedBy(scope)}
    order by l.created_at, l.id limit ${q.limit}`;
  return rows.map(letterOf);
};

/** Throws NOT_FOUND for what the scope does not reach. */
export const getLetter = async (tx: Tx, scope: Scope, id: string): Promise<LetterRow> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source} where l.id = ${id}::uuid and ${reachesReferral(scope)}`;
  if (!rows[0]) throw new DomainError('NOT_FOUND');
  return letterOf(rows[0]);
};

/** The open letter about a notification's receipt or about one feedback. */
export const findOpenLetter = async (
  tx: Tx,
  scope: Scope,
  about: { readonly kind: LetterKind; readonly id: string },
): Promise<LetterRow | null> => {
  const subject = about.kind === 'receipt' ? Prisma.sql`l.notification_id` : Prisma.sql`l.feedback_id`;
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source}
    where l.state = 'open' and l.kind = ${about.kind} and ${subject} = ${about.id}::uuid and ${reachesReferral(scope)}`;
  return rows[0] ? letterOf(rows[0]) : null;
};

/** All open letters that a referral's owner is to send. */
export const findOpenLettersOf = async (tx: Tx, scope: Scope, referralId: string): Promise<LetterRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source}
    where l.state = 'open' and l.referral_id = ${referralId}::uuid and ${reachesReferral(scope)}
    order by l.created_at, l.id`;
  return rows.map(letterOf);
};

/**
 * Receipts that are owed still and in nobody's queue, because the referral whose letter it was had been registered in
 * error: the first child's referral for which one is owed, and why no mail brings it.
 */
export const findDroppedReceipts = async (
  tx: Tx,
  scope: Scope,
  limit: number,
): Promise<Pick<LetterRow, 'referralId' | 'notificationId' | 'reason'>[]> =>
  tx.$queryRaw<Pick<LetterRow, 'referralId' | 'notificationId' | 'reason'>[]>`
    select distinct on (l.notification_id) l.notification_id::text as "notificationId", r.id::text as "referralId", l.reason
    from letter l join receipt c on c.notification_id = l.notification_id and c.state in ('pending', 'undeliverable')
      join referral r on r.notification_id = l.notification_id
        and r.close_reason is distinct from 'registered-in-error'
      join deadline d on d.referral_id = r.id and d.kind = 'receipt' and d.state = 'running'
    where l.kind = 'receipt' and l.state = 'withdrawn' and ${scope.unitIds === 'all'}
      and not exists (select from letter o
        where o.notification_id = l.notification_id and o.kind = 'receipt' and o.state = 'open')
    order by l.notification_id, r.child_position, l.created_at desc limit ${limit}`;

/** Open letters that nobody has the task to send; none of referrals that were registered in error. */
export const findLettersWithoutTask = async (tx: Tx, scope: Scope, limit: number): Promise<LetterRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source} where l.state = 'open' and ${scope.unitIds === 'all'}
      and r.close_reason is distinct from 'registered-in-error'
      and not exists (select from task t where t.letter_id = l.id and t.done_at is null)
    order by l.created_at, l.id limit ${limit}`;
  return rows.map(letterOf);
};

/** Has somebody posted or phoned what a feedback told? */
export const isFeedbackTold = async (tx: Tx, scope: Scope, feedbackId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    select from letter l join referral r on r.id = l.referral_id
    where l.feedback_id = ${feedbackId}::uuid and l.state in ('posted', 'phoned') and ${reachesReferral(scope)}`;
  return rows.length > 0;
};

/**
 * Writes a letter of a referral that was locked through the scope; closing it ends its task. `by`: null is a rule of
 * the system's. Throws STALE when it was closed before.
 */
export const writeLetter = async (
  tx: Tx,
  _scope: Scope,
  change: LetterChange,
  about: { readonly referralId: string; readonly notificationId: string | null; readonly by: string | null },
  now: Instant,
): Promise<void> => {
  const { by, ...ids } = about;
  if (change.change === 'insert') {
    const row = JSON.stringify(toRow({ ...change.letter, ...ids, createdAt: now }));
    await tx.$executeRaw`insert into letter select x.* from jsonb_populate_record(null::letter, ${row}::jsonb) x`;
    return;
  }
  const { id, as, because, occurredAt } = change;
  const count = await tx.$executeRaw`
    update letter set state = ${as}, closed_at = ${toDate(now)}, closed_by = ${by},
      occurred_at = ${occurredAt ? toDate(occurredAt) : null}
    where id = ${id}::uuid and state = 'open'`;
  if (count !== 1) throw new DomainError('STALE');
  await tx.$executeRaw`
    update task set done_at = ${toDate(now)}, done_by = ${by}, outcome = ${because}
    where letter_id = ${id}::uuid and done_at is null`;
};
