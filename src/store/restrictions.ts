import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { sql, type Tx, toDate } from './db.ts';
import { reachesReferral, reachesReferralInvolved } from './scope.ts';

type Restricting = { readonly id: string; readonly referralId: string; readonly by: string };

/**
 * Restricts the cases of the child of a referral that the scope reaches, to nobody yet: the caller names people in the same
 * transaction. False when a restriction reaches it already.
 */
export const insertRestriction = async (tx: Tx, scope: Scope, r: Restricting, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    insert into restriction (id, child_id, referral_id, made_at, made_by)
    select ${r.id}::uuid, r.child_id, r.id, ${toDate(now)}, ${r.by}
    from referral r where r.id = ${r.referralId}::uuid and ${reachesReferral(scope)}
      and not exists (select from restrictions_of(r.id))
    on conflict do nothing`;
  return count === 1;
};

type Naming = {
  readonly referralId: string;
  /** An id for each, and more than enough: a child has few restrictions that meet. */
  readonly people: readonly { readonly id: string; readonly personId: string }[];
  /** Null: by the rule that somebody must be. */
  readonly by: string | null;
};

/** Names people in the oldest restriction that reaches a referral; whoever is named in any of them stays as they are. */
export const addNames = async (tx: Tx, scope: Scope, n: Naming, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    insert into restriction_name (id, restriction_id, person_id, named_at, named_by)
    select p.id, s.id, p.person_id, ${toDate(now)}, ${n.by}
    from referral r, lateral (select t.id from restriction t where t.id in (select restrictions_of(r.id))
        order by t.made_at, t.id limit 1) s,
      unnest(${n.people.map(({ id }) => id)}::uuid[], ${n.people.map(({ personId }) => personId)}::text[]) p(id, person_id)
    where r.id = ${n.referralId}::uuid and ${reachesReferralInvolved(scope)}
      and p.person_id not in (select named_people(r.id))
    on conflict do nothing`;
};

/** Takes people off every restriction that reaches a referral. */
export const removeNames = async (
  tx: Tx,
  scope: Scope,
  n: { readonly referralId: string; readonly people: readonly string[]; readonly by: string },
  now: Instant,
): Promise<void> => {
  await tx.$executeRaw`
    update restriction_name n set removed_at = greatest(${toDate(now)}, n.named_at), removed_by = ${n.by}
    where n.removed_at is null and n.person_id = any(${n.people}::text[])
      and n.restriction_id in (select restrictions_of(${n.referralId}::uuid))
      and exists (select from referral r where r.id = ${n.referralId}::uuid and ${reachesReferral(scope)})`;
};

/** Whatever restricts a referral that the scope reaches. Compare-and-set: false when nothing does any more. */
export const liftRestrictions = async (
  tx: Tx,
  scope: Scope,
  l: { readonly referralId: string; readonly by: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update restriction s set lifted_at = greatest(${toDate(now)}, s.made_at), lifted_by = ${l.by},
      lifted_referral_id = ${l.referralId}::uuid
    where s.lifted_at is null and s.id in (select restrictions_of(${l.referralId}::uuid))
      and exists (select from referral r where r.id = ${l.referralId}::uuid and ${reachesReferral(scope)})`;
  return count > 0;
};

/** Open referrals that are restricted, the system's own, for seeing that each still has its people. */
export const findRestrictedReferrals = async (tx: Tx, scope: Scope): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct o.id::text as id from restriction s
      cross join lateral child_records(s.child_id) as k(id)
      cross join lateral (select r.id, r.notification_id from referral r where r.child_id = k.id offset 0) r
      cross join lateral (select r.id union all
        (select t.id from referral t where t.notification_id = r.notification_id offset 0)) o
      join referral found on found.id = o.id and found.closed_at is null
    where s.lifted_at is null and ${scope.unitIds === 'all' ? sql`true` : sql`false`}
    order by 1`;
  return rows.map(({ id }) => id);
};
