import type { Scope } from '#domain/scope.ts';
import type { Answered, SendingRow } from '#domain/sending.ts';
import type { Instant } from '#domain/time.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, sql, type Tx, toDate } from './db.ts';
import type { Period } from './figures.ts';
import { hasSuspect, tellsWithheld } from './scope.ts';

/** `n` is the notification, `r` a referral of it: sent by one of these units, or come to one of them. */
const concerns = ({ disputesOf: units }: Scope): Prisma.Sql =>
  units === 'all'
    ? sql`true`
    : sql`(n.sender_unit_id = any(${units}::text[]) or r.owner_unit_id = any(${units}::text[]))`;

/**
 * The receipt's clock, which the law has running for each child's referral alike: one that was registered in error owes
 * nothing, but what was told was told.
 */
const receiptClock = sql`(select d.due_at, greatest(d.due_at, coalesce(d.secondary_at, d.due_at)) as latest
  from deadline d join referral r on r.id = d.referral_id
  where r.notification_id = n.id and d.kind = 'receipt' and (d.state <> 'lapsed' or rc.state = 'delivered')
  order by d.state = 'lapsed', d.started_at, d.id limit 1)`;

/** One row a duty: of a withholding that was lifted, and owed again, the latest. None of a sibling's at another unit. */
const duties = (now: Instant, scope: Scope): Prisma.Sql => sql`(select
    count(*) filter (where d.met and not d.withheld and d.ended_at <= d.due_at) as told,
    count(*) filter (where d.met and not d.withheld and d.ended_at > d.due_at) as late,
    count(*) filter (where d.met and d.withheld) as withheld,
    count(*) filter (where not d.met and d.due_at < ${toDate(now)}) as silent,
    count(*) filter (where not d.met and d.due_at >= ${toDate(now)}) as open
  from (select distinct on (k.referral_id, k.subject_id) k.state = 'met' as met, k.due_at, k.ended_at,
      exists (select from feedback f where f.referral_id = k.referral_id and f.state = 'withheld'
        and k.subject_id = any(f.answers)) as withheld
    from deadline k join referral r on r.id = k.referral_id
    where r.notification_id = n.id and k.kind = 'feedback' and k.state <> 'lapsed' and ${concerns(scope)}
    order by k.referral_id, k.subject_id, k.started_at desc, k.id desc) d)`;

/** By sending institution, of what was received in the period and has to do with the units that the scope follows. */
export const findSending = (tx: Tx, scope: Scope, { from, until }: Period): Promise<SendingRow[]> =>
  tx.$queryRaw<SendingRow[]>`
    select coalesce(n.sender_unit_id, 'code-' || n.notifier_code) as sender, count(*)::int as sent,
      count(*) filter (where rc.delivered_at <= k.due_at)::int as "inTime",
      count(*) filter (where rc.delivered_at > k.due_at and rc.delivered_at <= k.latest)::int as between,
      count(*) filter (where coalesce(rc.delivered_at, ${toDate(until)}) > k.latest)::int as late,
      count(*) filter (where rc.delivered_at is null and ${toDate(until)} <= k.latest)::int as waiting,
      sum(f.told)::int as told, sum(f.late)::int as "toldLate", sum(f.withheld)::int as withheld,
      sum(f.silent)::int as silent, sum(f.open)::int as open
    from notification n join receipt rc on rc.notification_id = n.id
      left join lateral ${receiptClock} k on true
      cross join lateral ${duties(until, scope)} f
    where n.received_at >= ${toDate(from)} and n.received_at < ${toDate(until)}
      and exists (select from referral r where r.notification_id = n.id and ${concerns(scope)})
    group by 1 order by 1`;

/**
 * `n` is the notification: what its notifier was told last. What was told before they were a suspect stands, and nothing
 * tells that they are one.
 */
const answered = sql`coalesce((select case when f.tier = 'withheld' then 'withheld' else 'answered' end
  from feedback f join referral r on r.id = f.referral_id
  where r.notification_id = n.id and (f.state = 'delivered' or (f.state = 'given' and not ${hasSuspect(sql`n.id`)})
    or (f.state in ('withheld', 'lifted') and ${tellsWithheld(sql`f`)}))
  order by f.given_at desc, f.id desc limit 1), 'silent')`;

/** `n` is the notification: sent by one of the units whose people one leads. */
const sentByUnit = ({ unitIds }: Scope): Prisma.Sql =>
  unitIds === 'all' ? sql`true` : sql`n.sender_unit_id = any(${unitIds}::text[])`;

export type InstitutionRow = {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly senderPersonId: string | null;
  readonly receiptState: 'pending' | 'delivered' | 'not-owed' | 'undeliverable';
  readonly deliveredAt: Instant | null;
  readonly receiptDueAt: Instant | null;
  readonly answered: Answered;
};

/** What an institution's people have sent, newest first: of each that it was received and whether it was answered. */
export const findInstitutionNotifications = async (
  tx: Tx,
  scope: Scope,
  cursor: { at: Instant; id: string } | null,
  limit: number,
): Promise<InstitutionRow[]> => {
  const before = cursor ? sql`(n.received_at, n.id) < (${toDate(cursor.at)}, ${cursor.id}::uuid)` : sql`true`;
  type Row = Omit<InstitutionRow, 'receivedAt' | 'deliveredAt' | 'receiptDueAt'> & {
    receivedAt: Date;
    deliveredAt: Date | null;
    receiptDueAt: Date | null;
  };
  const rows = await tx.$queryRaw<Row[]>`
    select n.id::text as id, n.received_at as "receivedAt", n.sender_person_id as "senderPersonId",
      rc.state as "receiptState", rc.delivered_at as "deliveredAt", k.due_at as "receiptDueAt", ${answered} as answered
    from notification n join receipt rc on rc.notification_id = n.id left join lateral ${receiptClock} k on true
    where ${sentByUnit(scope)} and ${before}
    order by n.received_at desc, n.id desc limit ${limit}`;
  return rows.map(({ receivedAt, deliveredAt, receiptDueAt, ...row }) => ({
    ...row,
    receivedAt: fromDate(receivedAt),
    deliveredAt: fromDateOrNull(deliveredAt),
    receiptDueAt: fromDateOrNull(receiptDueAt),
  }));
};

export type InstitutionCounts = Readonly<Record<'sent' | 'receipted' | Answered, number>>;

/** The same, counted since an instant. */
export const countInstitutionNotifications = async (
  tx: Tx,
  scope: Scope,
  from: Instant,
): Promise<InstitutionCounts> => {
  const [counts] = await tx.$queryRaw<InstitutionCounts[]>`
    select count(*)::int as sent, count(*) filter (where x.receipted)::int as receipted,
      count(*) filter (where x.answered = 'answered')::int as answered,
      count(*) filter (where x.answered = 'withheld')::int as withheld,
      count(*) filter (where x.answered = 'silent')::int as silent
    from (select rc.state = 'delivered' as receipted, ${answered} as answered
      from notification n join receipt rc on rc.notification_id = n.id
      where n.received_at >= ${toDate(from)} and ${sentByUnit(scope)}) x`;
  return counts ?? { sent: 0, receipted: 0, answered: 0, withheld: 0, silent: 0 };
};
