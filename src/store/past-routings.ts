import { DISABILITY } from '#domain/matrix.ts';
import type { Matter } from '#domain/organisation.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate } from './db.ts';
import { isOpenTo, keepsMatrix } from './scope.ts';

export type PastRow = {
  readonly id: string;
  readonly caseNumber: string;
  readonly matter: Matter;
  readonly receivedAt: Instant;
  readonly need: string | null;
  readonly notificationId: string | null;
  readonly childId: string;
  readonly childPosition: number;
  readonly childAge: number | null;
  readonly disability: boolean;
  readonly senderUnit: string | null;
  readonly first: string;
  readonly now: string;
  /** Of the notification, of the child's record, and of an inquiry's first line. */
  readonly notification: Uint8Array | null;
  readonly child: Uint8Array;
  readonly inquiry: Uint8Array | null;
};
type Row = Omit<PastRow, 'receivedAt'> & { receivedAt: Date };

export type PastOf = {
  readonly since: Instant;
  readonly need: string;
  /** Referrals of which it is known that they had the need, though nobody could choose it then. */
  readonly referralIds: readonly string[];
  readonly limit: number;
};

/** Registered in error they were never anybody's work. */
const inTime = (since: Instant) =>
  sql`r.received_at >= ${toDate(since)} and r.close_reason is distinct from 'registered-in-error'`;

/**
 * The newest referrals that a row of the matrix for this need is about, with what routed them; those that an open case
 * or another municipality decided are not, because those rules come before the matrix. Sealed content comes along for its
 * postal code and school alone.
 */
export const findPastRoutings = async (
  tx: Tx,
  scope: Scope,
  { since, need, referralIds, limit }: PastOf,
): Promise<PastRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select r.id::text as id, r.case_number as "caseNumber", r.matter, r.received_at as "receivedAt", r.need,
      r.notification_id::text as "notificationId", r.child_id::text as "childId", r.child_position as "childPosition",
      r.child_age as "childAge", d.disability, coalesce(n.sender_unit_id, q.data ->> 'unit') as "senderUnit",
      f.data ->> 'unit' as first, r.responsible_unit_id as now, n.sealed as notification, c.sealed as child,
      q.sealed as inquiry
    from referral r
    join child c on c.id = r.child_id
    left join notification n on n.id = r.notification_id
    left join case_event q on q.referral_id = r.id and q.seq = 1 and q.kind = 'inquiry-registered'
    join lateral (select e.data from case_event e where e.referral_id = r.id and e.kind = 'routed'
      order by e.seq limit 1) f on true
    join lateral (select e.data from case_event e where e.referral_id = r.id and e.kind in ('routed', 'routed-again')
      order by e.seq desc limit 1) l on true
    cross join lateral (select coalesce((l.data -> 'known' ->> 'disability')::boolean,
      exists (select from known_case k where k.cpr_index = c.cpr_index and k.disability)) as disability) d
    where ${keepsMatrix(scope)} and ${isOpenTo(scope, sql`r.id`)} and ${inTime(since)} and l.data ->> 'rule' not in ('1', '2')
      and (r.need = ${need} or r.id = any(${referralIds}::uuid[])
        or (${need === DISABILITY} and r.matter = 'notification' and d.disability))
    order by r.received_at desc, r.id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, receivedAt: fromDate(row.receivedAt) }));
};

/** How many referrals have come since then; null for whoever does not keep the matrix. */
export const countReferralsSince = async (tx: Tx, scope: Scope, since: Instant): Promise<number | null> => {
  const rows = await tx.$queryRaw<{ all: number }[]>`
    select count(*)::int as all from referral r where ${keepsMatrix(scope)} and ${inTime(since)} having ${keepsMatrix(scope)}`;
  return rows[0]?.all ?? null;
};

/** The referrals behind the earlier decisions about a need: the one that a row is made from, and those that bear its code. */
export const findReferralsOfPrecedents = async (
  tx: Tx,
  scope: Scope,
  of: { readonly need: string; readonly precedentId: string | null },
): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select d.referral_id::text as id from precedent p join dispute d on d.id = p.dispute_id
    where ${keepsMatrix(scope)} and (p.need = ${of.need} or p.id = ${of.precedentId}::uuid)`;
  return rows.map(({ id }) => id);
};
