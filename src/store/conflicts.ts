import type { Standing } from '#domain/conflict-floor.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate } from './db.ts';
import { closedTo, reachesReferral, reachesReferralInvolved } from './scope.ts';

/** Whoever is related to the child of `r`, or to another child of its notification, which tells of both. */
const ofReferral = (referralId: string) => sql`(select k.id from referral r
  cross join lateral (select r.child_id as id union (select s.child_id from referral s where s.notification_id = r.notification_id)) o
  cross join lateral child_records(o.id) as k(id) where r.id = ${referralId}::uuid)`;

/**
 * From the page of a referral that the scope reaches, also by a side of what is open about it. False when the person is
 * barred already.
 */
export const insertConflict = async (
  tx: Tx,
  scope: Scope,
  c: { readonly id: string; readonly personId: string; readonly referralId: string; readonly by: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    insert into conflict (id, child_id, person_id, referral_id, made_at, made_by)
    select ${c.id}::uuid, r.child_id, ${c.personId}, r.id, ${toDate(now)}, ${c.by}
    from referral r where r.id = ${c.referralId}::uuid and ${reachesReferralInvolved(scope)}
      and not exists (select from related_people(r.id) b(id) where b.id = ${c.personId})
    on conflict do nothing`;
  return count === 1;
};

/** Whatever bars the person from a referral that the scope reaches: the ids of what was lifted; none when nothing did any more. */
export const liftConflicts = async (
  tx: Tx,
  scope: Scope,
  c: { readonly personId: string; readonly referralId: string; readonly by: string },
  now: Instant,
): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update conflict c set lifted_at = greatest(${toDate(now)}, c.made_at), lifted_by = ${c.by},
      lifted_referral_id = ${c.referralId}::uuid
    where c.person_id = ${c.personId} and c.lifted_at is null and c.child_id in ${ofReferral(c.referralId)}
      and exists (select from referral r where r.id = ${c.referralId}::uuid and ${reachesReferral(scope)})
    returning c.id::text as id`;
  return rows.map(({ id }) => id);
};

export type ConflictRow = { readonly personId: string; readonly madeAt: Instant; readonly madeBy: string };

/** Who is barred from a referral, since when and by whom; each person once, in the order in which it was said. */
export const findConflicts = async (tx: Tx, scope: Scope, referralId: string): Promise<ConflictRow[]> => {
  const rows = await tx.$queryRaw<(Omit<ConflictRow, 'madeAt'> & { madeAt: Date })[]>`
    select * from (
      select distinct on (c.person_id) c.person_id as "personId", c.made_at as "madeAt", c.made_by as "madeBy"
      from conflict c where c.lifted_at is null and c.child_id in ${ofReferral(referralId)}
        and exists (select from referral r where r.id = ${referralId}::uuid and ${reachesReferral(scope)})
      order by c.person_id, c.made_at) each
    order by "madeAt", "personId"`;
  return rows.map((row) => ({ ...row, madeAt: fromDate(row.madeAt) }));
};

/**
 * Every case that a bar of one of these children reaches, of whichever unit: under all of the children's records, and of
 * those named with them. Ids alone, for the rule that somebody must be left.
 */
export const findStandings = (tx: Tx, _scope: Scope, childIds: readonly string[]): Promise<Standing[]> =>
  tx.$queryRaw<Standing[]>`
    select r.id::text as id, r.owner_unit_id as "ownerUnit", r.responsible_unit_id as "responsibleUnit",
      r.assessment_unit_id as "assessmentUnit", r.reassessor_id as reassessor, r.closed_at is null as open, ${closedTo}
    from referral r where r.destroyed_at is null and r.id in (
      select o.id from unnest(${childIds}::uuid[]) c(id)
        cross join lateral child_records(c.id) as k(id)
        cross join lateral (select own.id, own.notification_id from referral own where own.child_id = k.id offset 0) own
        cross join lateral (select own.id union all
          (select s.id from referral s where s.notification_id = own.notification_id offset 0)) o)
    order by r.id`;
