import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';

export const TABS = ['all', 'new', 'mine', 'assessment', 'overdue'] as const;
export type Tab = (typeof TABS)[number];

export type WorkRow = {
  id: string;
  caseNumber: string;
  status: string;
  acute: boolean;
  childAge: number | null;
  receivedAt: Instant;
  nextDueAt: Instant | null;
  nextDueKind: string | null;
  ownerUnit: string;
  responsibleUnit: string;
  provisionalRule: string | null;
  assessmentUnit: string | null;
  handlerId: string | null;
  need: string | null;
  channel: string | null;
  senderUnit: string | null;
  reasonCodes: string[] | null;
};

export type Cursor = { at: Instant; id: string };

const FAR = new Date('9999-12-31T00:00:00Z');

const narrowed = (tab: Tab, scope: Scope, now: Instant): Prisma.Sql => {
  switch (tab) {
    case 'new':
      return Prisma.sql`r.status = 'received'`;
    case 'mine':
      return Prisma.sql`r.handler_id = ${scope.personId}`;
    case 'overdue':
      return Prisma.sql`r.next_due_at < ${toDate(now)}`;
    default:
      return Prisma.sql`true`;
  }
};

const beyond = (cursor: Cursor | null): Prisma.Sql =>
  cursor ? Prisma.sql`(r.next_due_at, r.id) > (${toDate(cursor.at)}, ${cursor.id}::uuid)` : Prisma.sql`true`;

const columns = Prisma.sql`r.id, r.case_number, r.status, r.acute, r.child_age, r.received_at, r.next_due_at, r.owner_unit_id,
  r.responsible_unit_id, r.provisional_rule, r.assessment_unit_id, r.handler_id, r.need, r.notification_id`;

/** One index-ordered range a unit, so that a page costs the same whatever the table's size. */
const pages = (scope: Scope, tab: Tab, cursor: Cursor | null, now: Instant, limit: number): Prisma.Sql => {
  const units = scope.unitIds === 'all' ? [] : scope.unitIds;
  const where = Prisma.sql`${narrowed(tab, scope, now)} and ${beyond(cursor)}`;
  const range = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`
    (select x.* from unnest(${units}::text[]) u(id), lateral (
      select ${columns} from referral r where ${column} = u.id and r.closed_at is null and ${where}
      order by r.next_due_at, r.id limit ${limit}) x)`;
  const assessment = range(Prisma.sql`r.assessment_unit_id`);
  return tab === 'assessment' ? assessment : Prisma.sql`${range(Prisma.sql`r.owner_unit_id`)} union ${assessment}`;
};

type Row = Omit<WorkRow, 'receivedAt' | 'nextDueAt'> & { receivedAt: Date; nextDueAt: Date };

/**
 * What is due first, over the units of the scope: owned by them, or with their assessment task. Keyset by
 * (next due, id). A referral without a running duty sorts last.
 */
export const findWorklist = async (
  tx: Tx,
  scope: Scope,
  q: { tab: Tab; cursor: Cursor | null; now: Instant; limit: number },
): Promise<WorkRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select p.id::text as id, p.case_number as "caseNumber", p.status, p.acute, p.child_age as "childAge",
      p.received_at as "receivedAt", p.next_due_at as "nextDueAt", k.kind as "nextDueKind",
      p.owner_unit_id as "ownerUnit", p.responsible_unit_id as "responsibleUnit",
      p.provisional_rule as "provisionalRule", p.assessment_unit_id as "assessmentUnit", p.handler_id as "handlerId",
      p.need, n.channel, n.sender_unit_id as "senderUnit", n.reason_codes as "reasonCodes"
    from (select * from (${pages(scope, q.tab, q.cursor, q.now, q.limit)}) a order by next_due_at, id limit ${q.limit}) p
    left join notification n on n.id = p.notification_id
    left join lateral (
      select d.kind from deadline d
      where d.referral_id = p.id and d.state = 'running' and d.due_at = p.next_due_at
        and d.kind not in ('opening', 'closing') limit 1) k on true
    order by p.next_due_at, p.id`;
  return rows.map((r) => ({
    ...r,
    receivedAt: fromDate(r.receivedAt),
    nextDueAt: r.nextDueAt.getTime() === FAR.getTime() ? null : fromDateOrNull(r.nextDueAt),
  }));
};

export type Counts = Record<Tab, number>;

/** Counts per tab over what the list shows, capped: counting stops at `cap` + 1. */
export const countWorklist = async (tx: Tx, scope: Scope, now: Instant, cap: number): Promise<Counts> => {
  const units = scope.unitIds === 'all' ? [] : scope.unitIds;
  const owned = Prisma.sql`r.owner_unit_id = any(${units}::text[])`;
  const assessment = Prisma.sql`r.assessment_unit_id = any(${units}::text[])`;
  const rows = (where: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`(select from referral r where r.closed_at is null and ${where} limit ${cap + 1})`;
  const count = (tab: Tab): Prisma.Sql => {
    const narrow = narrowed(tab, scope, now);
    const assessed = rows(Prisma.sql`${assessment} and ${narrow} and not ${owned}`);
    const shown = Prisma.sql`${rows(Prisma.sql`${owned} and ${narrow}`)} union all ${assessed}`;
    return Prisma.sql`(select count(*)::int from (select from (${shown}) s limit ${cap + 1}) x)`;
  };
  const [counts] = await tx.$queryRaw<Counts[]>`
    select ${count('all')} as all, ${count('new')} as new, ${count('mine')} as mine, ${count('overdue')} as overdue,
      (select count(*)::int from ${rows(assessment)} x) as assessment`;
  return counts ?? { all: 0, new: 0, mine: 0, assessment: 0, overdue: 0 };
};
