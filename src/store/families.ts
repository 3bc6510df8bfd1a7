import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, fromDateOrNull, sql, type Tx } from './db.ts';
import { isOpenTo, reachesReferral } from './scope.ts';

/** Of another unit's referral only that it exists, when it came and where it is. */
export type FamilyReferral = {
  ownerUnit: string;
  receivedAt: Instant;
  closedAt: Instant | null;
  /** Null where the scope does not reach it. */
  own: { id: string; caseNumber: string; matter: 'notification' | 'inquiry' } | null;
};

type Row = Omit<FamilyReferral, 'receivedAt' | 'closedAt'> & { receivedAt: Date; closedAt: Date | null };

const toFamily = (rows: readonly Row[]): FamilyReferral[] =>
  rows.map((r) => ({ ...r, receivedAt: fromDate(r.receivedAt), closedAt: fromDateOrNull(r.closedAt) }));

const own = (scope: Scope, referralId: string) => sql`
  own as (select child_records(r.child_id) as id from referral r
    where r.id = ${referralId}::uuid and ${reachesReferral(scope)})`;

/** Brothers and sisters: named in the same notification, or linked by somebody; never the child itself. */
const siblings = sql`
  siblings as (
    select child_records(s.id) as id from (
      select o.child_id as id from referral r join referral o on o.notification_id = r.notification_id
      where r.child_id in (select id from own)
      union select case when l.from_child_id in (select id from own) then l.into_child_id else l.from_child_id end
      from child_link l where l.kind = 'sibling' and l.undone_at is null
        and (l.from_child_id in (select id from own) or l.into_child_id in (select id from own))) s
    except select id from own)`;

const columns = (scope: Scope) => sql`r.owner_unit_id as "ownerUnit", r.received_at as "receivedAt",
  r.closed_at as "closedAt", case when ${reachesReferral(scope)}
    then jsonb_build_object('id', r.id, 'caseNumber', r.case_number, 'matter', r.matter) end as own`;

/** Every other referral of the same child, under whichever of its records; newest first. */
export const findReferralsOfChild = async (tx: Tx, scope: Scope, referralId: string): Promise<FamilyReferral[]> =>
  toFamily(
    await tx.$queryRaw<Row[]>`
      with ${own(scope, referralId)}
      select ${columns(scope)} from referral r
      where r.child_id in (select id from own) and r.id <> ${referralId}::uuid and ${isOpenTo(scope, sql`r.id`)}
      order by r.received_at desc, r.id desc limit 100`,
  );

/** Open referrals of the child's brothers and sisters; newest first. */
export const findReferralsOfSiblings = async (tx: Tx, scope: Scope, referralId: string): Promise<FamilyReferral[]> =>
  toFamily(
    await tx.$queryRaw<Row[]>`
      with ${own(scope, referralId)}, ${siblings}
      select ${columns(scope)} from referral r
      where r.child_id in (select id from siblings) and r.closed_at is null and ${isOpenTo(scope, sql`r.id`)}
      order by r.received_at desc, r.id desc limit 100`,
  );

/**
 * The referrals of the children of these records, for the dry run of a merge. Not limited by scope: that another unit
 * has one is what the dry run says.
 */
export const findReferralsOfRecords = async (
  tx: Tx,
  scope: Scope,
  childIds: readonly string[],
): Promise<FamilyReferral[]> =>
  toFamily(
    await tx.$queryRaw<Row[]>`
      select ${columns(scope)} from referral r
      where r.child_id in (select child_records(c.id) from unnest(${childIds}::uuid[]) c(id)) and ${isOpenTo(scope, sql`r.id`)}
      order by r.received_at desc, r.id desc`,
  );

/** Open referrals of the children of these records, ids only: they are told that the child's history has changed. */
export const findToldOfLink = async (tx: Tx, _scope: Scope, childIds: readonly string[]): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select r.id::text as id from referral r
    where r.closed_at is null
      and r.child_id in (select child_records(c.id) from unnest(${childIds}::uuid[]) c(id)) order by r.id`;
  return rows.map((r) => r.id);
};

/** Other referrals that must hear of an addition: of the same notification, and of siblings linked to its children. */
export const findToldOfAddition = (
  tx: Tx,
  _scope: Scope,
  notificationId: string,
): Promise<{ id: string; sameNotification: boolean }[]> =>
  tx.$queryRaw<{ id: string; sameNotification: boolean }[]>`
    with own as (
      select child_records(r.child_id) as id from referral r where r.notification_id = ${notificationId}::uuid),
    ${siblings}
    select r.id::text as id, coalesce(r.notification_id = ${notificationId}::uuid, false) as "sameNotification"
    from referral r where r.closed_at is null and (r.notification_id = ${notificationId}::uuid
      or r.child_id in (select id from siblings)) order by r.id`;
