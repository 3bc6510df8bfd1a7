import type { Template } from '#domain/referral.ts';
import type { Scope } from '#domain/scope.ts';
import type { TaskKind, TaskOutcome, TaskReason } from '#domain/tasks.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';
import { isOpenTo, reachesReferralInvolved } from './scope.ts';

export type TaskRow = {
  id: string;
  kind: TaskKind;
  unitId: string;
  personId: string;
  reason: TaskReason;
  subject: string;
  referralId: string | null;
  caseNumber: string | null;
  letterId: string | null;
  template: Template | null;
  toPersonId: string | null;
  toUnitId: string | null;
  /** Whom it asks about. */
  aboutPersonId: string | null;
  /** Who must not have it. */
  exceptIds: string[];
  openedAt: Instant;
  doneAt: Instant | null;
  doneBy: string | null;
  outcome: TaskOutcome | null;
};

type Row = Omit<TaskRow, 'openedAt' | 'doneAt'> & { openedAt: Date; doneAt: Date | null };

/**
 * `t` is the task: its person's, whoever's they stand in for, and its unit's. What asks about somebody is its person's
 * alone, and never theirs.
 */
const reachesTask = (scope: Scope, of: readonly string[]): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`((t.person_id = ${scope.personId} or t.person_id = any(${of}::text[])
        or (t.unit_id = any(${scope.unitIds}::text[]) and t.about_person_id is null))
      and t.about_person_id is distinct from ${scope.personId})`;

/** A task about a child whom one is related to is nobody's to show, whoever one stands in for. */
const isOpen = (scope: Scope): Prisma.Sql => isOpenTo(scope, Prisma.sql`t.referral_id`);

const columns = Prisma.sql`t.id::text as id, t.kind, t.unit_id as "unitId", t.person_id as "personId", t.reason, t.subject,
  t.referral_id::text as "referralId", r.case_number as "caseNumber", t.letter_id::text as "letterId", m.template,
  m.to_person_id as "toPersonId", m.to_unit_id as "toUnitId", t.about_person_id as "aboutPersonId",
  t.except_ids as "exceptIds", t.opened_at as "openedAt", t.done_at as "doneAt",
  t.done_by as "doneBy", t.outcome`;
const source = Prisma.sql`task t left join referral r on r.id = t.referral_id
  left join outbound_message m on m.id = t.message_id`;

const taskOf = (row: Row): TaskRow => ({
  ...row,
  openedAt: fromDate(row.openedAt),
  doneAt: fromDateOrNull(row.doneAt),
});

type Page = { cursor: { at: Instant; id: string } | null; limit: number };

/**
 * Open tasks of these people (who stand-ins answer for is the caller's to say) and of the scope's units, the oldest
 * first; keyset by (opened, id).
 */
export const findTasks = async (tx: Tx, scope: Scope, q: Page & { of: readonly string[] }): Promise<TaskRow[]> => {
  const after = q.cursor
    ? Prisma.sql`(t.opened_at, t.id) > (${toDate(q.cursor.at)}, ${q.cursor.id}::uuid)`
    : Prisma.sql`true`;
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source}
    where t.done_at is null and ${after} and ${reachesTask(scope, q.of)} and ${isOpen(scope)}
    order by t.opened_at, t.id limit ${q.limit}`;
  return rows.map(taskOf);
};

/** One task of these people or of the scope's units; null for all others. */
export const findTask = async (tx: Tx, scope: Scope, id: string, of: readonly string[]): Promise<TaskRow | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source}
    where t.id = ${id}::uuid and ${reachesTask(scope, of)} and ${isOpen(scope)}`;
  return rows[0] ? taskOf(rows[0]) : null;
};

/** Open tasks about letters of a referral: they follow its owner. */
export const findLetterTasks = async (tx: Tx, scope: Scope, referralId: string): Promise<TaskRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source}
    where t.referral_id = ${referralId}::uuid and t.kind = 'letter' and t.done_at is null
      and ${reachesReferralInvolved(scope)}
    order by t.opened_at, t.id`;
  return rows.map(taskOf);
};

/** Open tasks about these referrals; the system's own, for those that follow their units. */
export const findTasksOf = async (tx: Tx, scope: Scope, referralIds: readonly string[]): Promise<TaskRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source}
    where t.referral_id = any(${referralIds}::uuid[]) and t.done_at is null and ${scope.unitIds === 'all'}
    order by t.opened_at, t.id`;
  return rows.map(taskOf);
};

/** Person ids who have open tasks. */
export const findTaskHolders = async (tx: Tx, scope: Scope): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct t.person_id as id from task t where t.done_at is null and ${scope.unitIds === 'all'}`;
  return rows.map(({ id }) => id);
};

/** What one person has to do, whoever asks for it to be done; the oldest first. */
export const findTasksHeldBy = async (tx: Tx, scope: Scope, personId: string, limit: number): Promise<TaskRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from ${source}
    where t.person_id = ${personId} and t.done_at is null and ${scope.unitIds === 'all'}
    order by t.opened_at, t.id limit ${limit}`;
  return rows.map(taskOf);
};

export type TaskToTell = Pick<TaskRow, 'id' | 'kind' | 'personId' | 'referralId'> & { readonly acute: boolean };

/** Claims open tasks that are to be told anew; each is due again at `next`. What another sweep holds is passed over. */
export const claimTaskReminders = (
  tx: Tx,
  scope: Scope,
  claim: { readonly now: Instant; readonly next: Instant; readonly limit: number },
): Promise<TaskToTell[]> =>
  tx.$queryRaw<TaskToTell[]>`
    with due as (
      select t.id from task t
      where t.done_at is null and t.next_reminder_at <= ${toDate(claim.now)} and ${scope.unitIds === 'all'}
      order by t.next_reminder_at limit ${claim.limit} for update skip locked)
    update task t set next_reminder_at = ${toDate(claim.next)} from due where t.id = due.id
    returning t.id::text as id, t.kind, t.person_id as "personId", t.referral_id::text as "referralId",
      exists (select from referral r where r.id = t.referral_id and r.acute) as acute`;

/** Locks an open task that no case has, for the system, so that one passes it on at a time. False where it is done. */
export const lockLooseTask = async (tx: Tx, scope: Scope, id: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    select from task t where t.id = ${id}::uuid and t.referral_id is null and t.done_at is null
      and ${scope.unitIds === 'all'} for update`;
  return rows.length > 0;
};

/** An open task gets another unit and person; the caller has reached its referral. */
export const passTask = async (
  tx: Tx,
  _scope: Scope,
  t: { readonly id: string; readonly unitId: string; readonly personId: string; readonly nextReminderAt: Instant },
): Promise<void> => {
  await tx.$executeRaw`
    update task set unit_id = ${t.unitId}, person_id = ${t.personId}, next_reminder_at = ${toDate(t.nextReminderAt)}
    where id = ${t.id}::uuid and done_at is null`;
};

/** Does a task of the kind stand open for the subject? */
export const isTaskOpen = async (tx: Tx, scope: Scope, kind: TaskKind, subject: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    select from task t where t.kind = ${kind} and t.subject = ${subject} and t.done_at is null and ${scope.unitIds === 'all'}`;
  return rows.length > 0;
};

/** Was somebody asked this before, whether or not it was answered? Whoever asks at once waits for the other. */
export const wasTaskRaised = async (tx: Tx, scope: Scope, kind: TaskKind, subject: string): Promise<boolean> => {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`${kind} ${subject}`}))`;
  const rows = await tx.$queryRaw<unknown[]>`
    select from task t where t.kind = ${kind} and t.subject = ${subject}
      and (${scope.unitIds === 'all'} or t.about_person_id = ${scope.personId})`;
  return rows.length > 0;
};

/** Ends an open task that the caller has reached; false when somebody else was first. */
export const finishTask = async (
  tx: Tx,
  _scope: Scope,
  t: { id: string; outcome: TaskOutcome; personId: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update task set done_at = ${toDate(now)}, done_by = ${t.personId}, outcome = ${t.outcome}
    where id = ${t.id}::uuid and done_at is null`;
  return count === 1;
};

/** Ends the open tasks of a kind about these subjects, whoever has them: an act of the person's, which the caller has admitted, has answered them. */
export const finishTasksAbout = (
  tx: Tx,
  _scope: Scope,
  t: { kind: TaskKind; subjects: readonly string[]; outcome: TaskOutcome; personId: string },
  now: Instant,
): Promise<number> =>
  tx.$executeRaw`
    update task set done_at = ${toDate(now)}, done_by = ${t.personId}, outcome = ${t.outcome}
    where kind = ${t.kind} and subject = any(${t.subjects}::text[]) and done_at is null`;
