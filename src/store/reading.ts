import type { ClosedCase } from '#domain/asked-of-reading.ts';
import type { Role } from '#domain/organisation.ts';
import { OPENING, type Purpose } from '#domain/read-purposes.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { isOpenTo } from './scope.ts';

/** Up to when reading has been looked at; null before the first time. */
export const findLookedUntil = async (tx: Tx, scope: Scope): Promise<Instant | null> => {
  const rows = await tx.$queryRaw<{ until: Date }[]>`
    select looked_until as until from reading_watch where id = 1 and ${scope.unitIds === 'all'}`;
  return rows[0] ? fromDate(rows[0].until) : null;
};

/** Reading has been looked at up to then. A clock that was set back takes it along. Idempotent. */
export const noteLookedUntil = (tx: Tx, scope: Scope, until: Instant): Promise<number> =>
  tx.$executeRaw`
    insert into reading_watch (id, looked_until) select 1, ${toDate(until)}::timestamptz where ${scope.unitIds === 'all'}
    on conflict (id) do update set looked_until = excluded.looked_until`;

export type Opening = {
  readonly id: string;
  readonly at: Instant;
  readonly personId: string;
  /** The unit as which it was done. */
  readonly unitId: string;
  /** How many cases the same person had opened with it in sixty minutes, and in twenty-four hours. */
  readonly hour: number;
  readonly day: number;
  /** Its cases that this unit never had to do with, and the person did nothing in: with the units that have or had. */
  readonly strange: readonly (ClosedCase & { readonly units: readonly string[] })[];
};

/** What was opened after `after` and not later than `until`, the oldest first, at most `limit`: the system's own look at it. */
export const findOpenings = async (
  tx: Tx,
  scope: Scope,
  q: { readonly after: { readonly at: Instant; readonly id: string }; readonly until: Instant; readonly limit: number },
): Promise<Opening[]> => {
  const rows = await tx.$queryRaw<(Omit<Opening, 'at'> & { at: Date })[]>`
    with l as materialized (
      select o.id, o.at, o.person_id, o.unit_id, o.referral_ids from read_log o
      where (o.at, o.id) > (${toDate(q.after.at)}::timestamptz, ${q.after.id}::uuid)
        and o.at <= ${toDate(q.until)}::timestamptz and o.purpose = any(${OPENING}::text[]) and ${scope.unitIds === 'all'}
      order by o.at, o.id limit ${q.limit})
    select l.id::text as id, l.at, l.person_id as "personId", l.unit_id as "unitId", c.hour, c.day, s.strange
    from l
    cross join lateral (
      select (count(distinct o.id) filter (where x.at > l.at - interval '1 hour'))::int as hour,
        count(distinct o.id)::int as day
      from read_log x cross join lateral unnest(x.referral_ids) as o(id)
      where x.person_id = l.person_id and x.at > l.at - interval '24 hours' and x.at <= l.at
        and x.purpose = any(${OPENING}::text[])) c
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('units', u.units, 'referralId', r.id, 'ownerUnit', r.owner_unit_id,
        'barred', array(select barred_people(r.id)), 'related', array(select related_people(r.id)))), '[]') as strange
      from referral r cross join lateral (
        select array(
          select r.owner_unit_id union select r.responsible_unit_id
          union select r.assessment_unit_id where r.assessment_unit_id is not null
          union select o.unit_id from ownership o where o.referral_id = r.id
          union select h.to_unit_id from handover h where h.referral_id = r.id
          union select unnest(d.party_unit_ids) from dispute d where d.referral_id = r.id) as units) u
      where r.id = any(l.referral_ids) and l.unit_id <> all(u.units) and r.reassessor_id is distinct from l.person_id
        and not exists (select from case_event e where e.referral_id = r.id and e.actor_id = l.person_id
          and e.kind <> 'emergency-opened')) s
    order by l.at, l.id`;
  return rows.map((row) => ({ ...row, at: fromDate(row.at) }));
};

type Read = {
  readonly at: Instant;
  readonly role: Role;
  readonly purpose: Purpose;
  readonly caseNumbers: readonly string[];
};

/**
 * What one person read in a span, newest first, at most `limit`; the caller has reached the task that asks about it. Of
 * a case that the asker is barred from they are told nothing, that it was read neither.
 */
export const findReadsOf = async (
  tx: Tx,
  scope: Scope,
  q: { readonly personId: string; readonly from: Instant; readonly until: Instant; readonly limit: number },
): Promise<Read[]> => {
  const open = isOpenTo(scope, Prisma.sql`o.id`);
  const rows = await tx.$queryRaw<(Omit<Read, 'at'> & { at: Date })[]>`
    select l.at, l.role, l.purpose, array(
      select r.case_number from referral r join unnest(l.referral_ids) as o(id) on o.id = r.id
      where ${open} order by 1 limit 20) as "caseNumbers"
    from read_log l
    where l.person_id = ${q.personId} and l.at >= ${toDate(q.from)}::timestamptz and l.at < ${toDate(q.until)}::timestamptz
      and (l.purpose = 'emergency-sought' or exists (select from unnest(l.referral_ids) as o(id) where ${open}))
    order by l.at desc, l.id desc limit ${q.limit}`;
  return rows.map((row) => ({ ...row, at: fromDate(row.at) }));
};
