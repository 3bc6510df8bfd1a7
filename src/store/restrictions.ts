import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { sql, type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

type Restricting = { readonly id: string; readonly referralId: string; readonly by: string };

/** `r` is a referral: the restrictions of its own child, under whichever record; of no other child. */
const ofOwnChild = sql`(select b.restriction_id from restrictions_by_child(r.id) b where b.child_id = r.child_id)`;

/**
 * Restricts the cases of the child of a referral that the scope reaches, to nobody yet: the caller names people in the same
 * transaction. False when the child is restricted already.
 */
export const insertRestriction = async (tx: Tx, scope: Scope, r: Restricting, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    insert into restriction (id, child_id, referral_id, made_at, made_by)
    select ${r.id}::uuid, r.child_id, r.id, ${toDate(now)}, ${r.by}
    from referral r where r.id = ${r.referralId}::uuid and ${reachesReferral(scope)}
      and not exists ${ofOwnChild}
    on conflict do nothing`;
  return count === 1;
};

type Person = { readonly id: string; readonly personId: string };
type Naming = { readonly referralId: string; readonly people: readonly Person[]; readonly by: string };

/** Names people in the oldest restriction of a referral's own child; whoever is named for the child stays as they are. */
export const addNames = async (tx: Tx, scope: Scope, n: Naming, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    insert into restriction_name (id, restriction_id, person_id, named_at, named_by)
    select p.id, s.id, p.person_id, ${toDate(now)}, ${n.by}
    from referral r, lateral (select t.id from restriction t where t.id in ${ofOwnChild} order by t.made_at, t.id limit 1) s,
      unnest(${n.people.map(({ id }) => id)}::uuid[], ${n.people.map(({ personId }) => personId)}::text[]) p(id, person_id)
    where r.id = ${n.referralId}::uuid and ${reachesReferral(scope)}
      and not exists (select from restriction_name there where there.restriction_id in ${ofOwnChild}
        and there.person_id = p.person_id and there.removed_at is null)
    on conflict do nothing`;
};

type Needing = {
  readonly referralId: string;
  readonly people: readonly string[];
  /** For the rows: more than enough, as few children of one notification are restricted. */
  readonly ids: readonly string[];
};

/**
 * By the rule that somebody must be: names people for every child whose restriction reaches a referral, of whichever unit,
 * where they are not named for it.
 */
export const nameByRule = async (tx: Tx, _scope: Scope, n: Needing, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    with lists as (
      select distinct on (b.child_id) b.child_id, b.restriction_id from restrictions_by_child(${n.referralId}::uuid) b
        join restriction t on t.id = b.restriction_id order by b.child_id, t.made_at, t.id),
    lacking as (
      select l.restriction_id, p.id as person_id, row_number() over (order by l.restriction_id, p.id) as place
      from lists l cross join unnest(${n.people}::text[]) p(id)
      where not exists (select from restrictions_by_child(${n.referralId}::uuid) own
        join restriction_name there on there.restriction_id = own.restriction_id and there.removed_at is null
        where own.child_id = l.child_id and there.person_id = p.id)
      group by l.restriction_id, p.id)
    insert into restriction_name (id, restriction_id, person_id, named_at, named_by)
    select i.id, l.restriction_id, l.person_id, ${toDate(now)}, null
    from lacking l join unnest(${n.ids}::uuid[]) with ordinality i(id, place) on i.place = l.place
    on conflict do nothing`;
};

/** Takes people off the restrictions of a referral's own child. */
export const removeNames = async (
  tx: Tx,
  scope: Scope,
  n: { readonly referralId: string; readonly people: readonly string[]; readonly by: string },
  now: Instant,
): Promise<void> => {
  await tx.$executeRaw`
    update restriction_name n set removed_at = greatest(${toDate(now)}, n.named_at), removed_by = ${n.by}
    from referral r
    where n.removed_at is null and n.person_id = any(${n.people}::text[]) and n.restriction_id in ${ofOwnChild}
      and r.id = ${n.referralId}::uuid and ${reachesReferral(scope)}`;
};

/**
 * Whatever restricts the own child of a referral that the scope reaches. Compare-and-set: false when nothing does any
 * more.
 */
export const liftRestrictions = async (
  tx: Tx,
  scope: Scope,
  l: { readonly referralId: string; readonly by: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update restriction s set lifted_at = greatest(${toDate(now)}, s.made_at), lifted_by = ${l.by}, lifted_referral_id = r.id
    from referral r
    where s.lifted_at is null and s.id in ${ofOwnChild} and r.id = ${l.referralId}::uuid and ${reachesReferral(scope)}`;
  return count > 0;
};

/** Referrals that are restricted, closed ones too, the system's own, for seeing that each still has its people. */
export const findRestrictedReferrals = async (tx: Tx, scope: Scope): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct o.id::text as id from restriction s
      cross join lateral child_records(s.child_id) as k(id)
      cross join lateral (select r.id, r.notification_id from referral r where r.child_id = k.id offset 0) r
      cross join lateral (select r.id union all
        (select t.id from referral t where t.notification_id = r.notification_id offset 0)) o
      join referral found on found.id = o.id and found.destroyed_at is null
    where s.lifted_at is null and ${scope.unitIds === 'all' ? sql`true` : sql`false`}
    order by 1`;
  return rows.map(({ id }) => id);
};
