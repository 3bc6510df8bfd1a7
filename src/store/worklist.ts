import { NOT_DUTIES } from '#domain/referral-due.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';
import { isOpenTo, namedAs, reachesReferral } from './scope.ts';

export const TABS = ['all', 'new', 'mine', 'assessment', 'overdue', 'owed'] as const;
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

/** `handlers`: whose cases are one's own today, oneself and those for whom one answers. */
export type Mine = { readonly now: Instant; readonly handlers: readonly string[] };

const narrowed = (tab: Tab, { now, handlers }: Mine): Prisma.Sql => {
  switch (tab) {
    case 'new':
      return Prisma.sql`r.status = 'received'`;
    case 'mine':
      return Prisma.sql`r.handler_id = any(${handlers}::text[])`;
    case 'overdue':
      return Prisma.sql`r.next_due_at < ${toDate(now)}`;
    default:
      return Prisma.sql`true`;
  }
};

/** Of closed cases those that still owe something: the duty to give feedback survives closing. As the partial index has it. */
const OWED = Prisma.sql`r.closed_at is not null and r.next_due_at < '9999-12-31 00:00:00+00'`;
const listed = (tab: Tab): Prisma.Sql => (tab === 'owed' ? OWED : Prisma.sql`r.closed_at is null`);

const beyond = (cursor: Cursor | null): Prisma.Sql =>
  cursor ? Prisma.sql`(r.next_due_at, r.id) > (${toDate(cursor.at)}, ${cursor.id}::uuid)` : Prisma.sql`true`;

const columns = Prisma.sql`r.id, r.case_number, r.status, r.acute, r.child_age, r.received_at, r.next_due_at, r.owner_unit_id,
  r.responsible_unit_id, r.provisional_rule, r.assessment_unit_id, r.handler_id, r.need, r.notification_id`;

/** What one is named to re-assess, in whatever unit: it is one's own, whoever has the case. */
const named = (scope: Scope, tab: Tab, mine: Mine): Prisma.Sql =>
  Prisma.sql`r.reassessor_id = any(${namedAs(scope)}::text[]) and ${isOpenTo(scope, Prisma.sql`r.id`)}
    and ${tab === 'mine' ? Prisma.sql`true` : narrowed(tab, mine)}`;

/** One index-ordered range a unit, so that a page costs the same whatever the table's size. */
type Asked = Mine & { readonly tab: Tab; readonly cursor: Cursor | null; readonly limit: number };

const pages = (scope: Scope, { tab, cursor, limit, ...mine }: Asked): Prisma.Sql => {
  const units = scope.unitIds === 'all' ? [] : scope.unitIds;
  const where = Prisma.sql`${narrowed(tab, mine)} and ${beyond(cursor)} and ${isOpenTo(scope, Prisma.sql`r.id`)}`;
  const range = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`
    (select x.* from unnest(${units}::text[]) u(id), lateral (
      select ${columns} from referral r where ${column} = u.id and ${listed(tab)} and ${where}
      order by r.next_due_at, r.id limit ${limit}) x)`;
  if (tab === 'owed') return range(Prisma.sql`r.owner_unit_id`);
  const assessment = range(Prisma.sql`r.assessment_unit_id`);
  if (tab === 'assessment') return assessment;
  const reassessed = Prisma.sql`(select ${columns} from referral r where ${named(scope, tab, mine)} and r.closed_at is null and ${beyond(cursor)}
      order by r.next_due_at, r.id limit ${limit})`;
  return Prisma.sql`${range(Prisma.sql`r.owner_unit_id`)} union ${assessment} union ${reassessed}`;
};

type Row = Omit<WorkRow, 'receivedAt' | 'nextDueAt'> & { receivedAt: Date; nextDueAt: Date };

/**
 * What is due first, over the units of the scope: owned by them, or with their assessment task; and what one is named to
 * re-assess. Keyset by (next due, id). A referral without a running duty sorts last. `owed`: closed ones that owe something.
 */
export const findWorklist = async (tx: Tx, scope: Scope, q: Asked): Promise<WorkRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select p.id::text as id, p.case_number as "caseNumber", p.status, p.acute, p.child_age as "childAge",
      p.received_at as "receivedAt", p.next_due_at as "nextDueAt", k.kind as "nextDueKind",
      p.owner_unit_id as "ownerUnit", p.responsible_unit_id as "responsibleUnit",
      p.provisional_rule as "provisionalRule", p.assessment_unit_id as "assessmentUnit", p.handler_id as "handlerId",
      p.need, n.channel, n.sender_unit_id as "senderUnit", n.reason_codes as "reasonCodes"
    from (select * from (${pages(scope, q)}) a order by next_due_at, id limit ${q.limit}) p
    left join notification n on n.id = p.notification_id
    left join lateral (
      select d.kind from deadline d
      where d.referral_id = p.id and d.state = 'running' and d.due_at = p.next_due_at
        and d.kind <> all(${NOT_DUTIES}) limit 1) k on true
    order by p.next_due_at, p.id`;
  return rows.map((r) => ({
    ...r,
    receivedAt: fromDate(r.receivedAt),
    nextDueAt: r.nextDueAt.getTime() === FAR.getTime() ? null : fromDateOrNull(r.nextDueAt),
  }));
};

/** Since when matters wait as they are: registered, acute for the last time, or with their owner, whichever was last. */
export const findWaitingSince = async (tx: Tx, scope: Scope, ids: readonly string[]): Promise<Map<string, Instant>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; since: Date }[]>`
    select r.id::text as id, greatest(r.registered_at, o.started_at, became.at) as since
    from referral r join ownership o on o.referral_id = r.id and o.ended_at is null
    left join lateral (
      select max(e.registered_at) as at from case_event e
      where e.referral_id = r.id and e.kind = 'priority-changed' and (e.data ->> 'acute')::boolean) became on true
    where r.id = any(${ids}::uuid[]) and ${reachesReferral(scope)}`;
  return new Map(rows.map(({ id, since }) => [id, fromDate(since)]));
};

export type Counts = Record<Tab, number>;

/** Counts per tab over what the list shows, capped: counting stops at `cap` + 1. */
export const countWorklist = async (tx: Tx, scope: Scope, mine: Mine, cap: number): Promise<Counts> => {
  const units = scope.unitIds === 'all' ? [] : scope.unitIds;
  const open = isOpenTo(scope, Prisma.sql`r.id`);
  const owned = Prisma.sql`r.owner_unit_id = any(${units}::text[])`;
  const assessment = Prisma.sql`r.assessment_unit_id = any(${units}::text[])`;
  const rows = (where: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`(select from referral r where r.closed_at is null and ${where} and ${open} limit ${cap + 1})`;
  const count = (tab: Tab): Prisma.Sql => {
    const narrow = narrowed(tab, mine);
    const assessed = rows(Prisma.sql`${assessment} and ${narrow} and not ${owned}`);
    const counted = Prisma.sql`((${owned} or ${assessment}) and ${narrow})`;
    const reassessed = rows(Prisma.sql`${named(scope, tab, mine)} and ${counted} is not true`);
    const shown = Prisma.sql`${rows(Prisma.sql`${owned} and ${narrow}`)} union all ${assessed} union all ${reassessed}`;
    return Prisma.sql`(select count(*)::int from (select from (${shown}) s limit ${cap + 1}) x)`;
  };
  const [counts] = await tx.$queryRaw<Counts[]>`
    select ${count('all')} as all, ${count('new')} as new, ${count('mine')} as mine, ${count('overdue')} as overdue,
      (select count(*)::int from ${rows(assessment)} x) as assessment,
      (select count(*)::int from (select from referral r where ${OWED} and ${owned} and ${open} limit ${cap + 1}) x) as owed`;
  return counts ?? { all: 0, new: 0, mine: 0, assessment: 0, overdue: 0, owed: 0 };
};
