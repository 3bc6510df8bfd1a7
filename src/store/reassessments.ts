import { DomainError } from '#domain/errors.ts';
import type { KnownMeasure } from '#domain/reassessed-measures.ts';
import type { Touch } from '#domain/reassessment.ts';
import type { Scope } from '#domain/scope.ts';
import { ZONE } from '#domain/time.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import { fromDateOrNull, join, sql, type Tx } from './db.ts';
import { reachesReferral } from './scope.ts';

type MeasureRow = { measure: string; since: Date | null; until: Date | null };

const toKnown = ({ measure, since, until }: MeasureRow): KnownMeasure => ({
  measure,
  since: fromDateOrNull(since),
  until: fromDateOrNull(until),
});

/** Measures of the child of these records: ours, and what the case system's list says for these CPR numbers. */
const measuresOf = (records: Prisma.Sql, cprIndexes: Prisma.Sql): Prisma.Sql => sql`
  select m.type as measure, m.started_at as since, m.ended_at as until
  from measure m join referral r on r.id = m.referral_id where r.child_id in (${records})
  union all
  select k.measure, k.since::timestamp at time zone ${ZONE}, null
  from known_case k where k.measure is not null and k.cpr_index in (${cprIndexes})`;

/**
 * Measures of the children with these CPR numbers. Not limited by scope, like `findKnownChildren`: a new notification
 * must find the duty whoever sends it, and nothing of it is shown to the sender.
 */
export const findKnownMeasures = async (
  tx: Tx,
  _scope: Scope,
  indexes: readonly Uint8Array[],
): Promise<(KnownMeasure & { cprIndex: Uint8Array })[]> => {
  if (indexes.length === 0) return [];
  const records = sql`select child_records(c.id) from child c where c.cpr_index = i.cpr_index`;
  const numbers = sql`select i.cpr_index union select c.cpr_index from child c where c.id in (${records})`;
  const rows = await tx.$queryRaw<(MeasureRow & { cprIndex: Uint8Array })[]>`
    select i.cpr_index as "cprIndex", x.* from (values ${join(indexes.map((i) => sql`(${i}::bytea)`))}) i(cpr_index),
      lateral (${measuresOf(records, numbers)}) x`;
  return rows.map(({ cprIndex, ...row }) => ({ cprIndex, ...toKnown(row) }));
};

/** The same of a referral's child, under all its records. */
export const findMeasuresOfChild = async (tx: Tx, scope: Scope, referralId: string): Promise<KnownMeasure[]> => {
  const records = sql`select id from records`;
  const numbers = sql`select c.cpr_index from child c where c.id in (${records})`;
  const rows = await tx.$queryRaw<MeasureRow[]>`
    with records as (select child_records(r.child_id) as id from referral r
      where r.id = ${referralId}::uuid and ${reachesReferral(scope)})
    select x.* from (${measuresOf(records, numbers)}) x order by x.since nulls first, x.measure`;
  return rows.map(toKnown);
};

/** Has a re-assessment been made on the referral? */
export const hasReassessment = async (tx: Tx, scope: Scope, referralId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from case_event e join referral r on r.id = e.referral_id
    where e.referral_id = ${referralId}::uuid and e.kind = 'reassessed' and ${reachesReferral(scope)} limit 1`;
  return rows.length > 0;
};

/**
 * Everybody who has handled the case of a referral's child, each by their first doing: on any referral of any of its
 * records, also on those that once stood there and were corrected away; as notifier, writer or registrar; as the case
 * system's caseworker; or by linking its records, also where that was undone. Whose referral it is asks; other units'
 * cases give the person's id and the kind of act, nothing else. Throws NOT_FOUND out of scope, never an empty history.
 */
export const findTouches = async (tx: Tx, scope: Scope, referralId: string): Promise<Touch[]> => {
  const reached = await tx.$queryRaw<unknown[]>`
    select 1 from referral r where r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;
  if (reached.length === 0) throw new DomainError('NOT_FOUND');
  return tx.$queryRaw<Touch[]>`
    with records as (select child_records(r.child_id) as id from referral r where r.id = ${referralId}::uuid),
    cases as (
      select r.* from referral r where r.child_id in (select id from records)
      union select r.* from referral r join case_event e on e.referral_id = r.id
      where e.kind = 'child-corrected' and e.data ->> 'from' in (select id::text from records)),
    notes as (select n.* from notification n where n.id in (select notification_id from cases)),
    touches as (
      select e.actor_id as person, 'acted' as how, e.kind as detail, e.registered_at as at
      from case_event e join cases c on c.id = e.referral_id where e.kind not in ('notification-received', 'emergency-opened')
      union all select e.data ->> 'to', 'had', null, e.registered_at
      from case_event e join cases c on c.id = e.referral_id where e.kind = 'assigned'
      union all select c.handler_id, 'had', null, c.changed_at from cases c
      union all select c.staying_person_id, 'had', null, c.changed_at from cases c
      union all select n.sender_person_id, 'notified', null, n.registered_at from notes n
      union all select n.registered_by_id, 'registered', null, n.registered_at from notes n
      union all select d.author_id, 'drafted', null, d.created_at from draft d join notes n on n.id = d.notification_id
      union all select a.author_id, 'added', null, a.added_at
      from notification_addition a join notes n on n.id = a.notification_id
      union all select k.caseworker_id, 'known', null, k.imported_at
      from known_case k join child c on c.cpr_index = k.cpr_index where c.id in (select id from records)
      union all select x.person, 'linked', null, l.made_at
      from child_link l, lateral (values (l.made_by), (l.undone_by)) x(person)
      where l.from_child_id in (select id from records) or l.into_child_id in (select id from records))
    select distinct on (person) person as "personId", how, detail from touches
    where person is not null order by person, at, how`;
};
