import type { Role } from '#domain/organisation.ts';
import type { Purpose } from '#domain/read-purposes.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate } from './db.ts';

/** Reading that shows what is in a case; lists of names do not count. */
const OPENS = Prisma.sql`('case', 'dispute', 'letter', 'merge-preview')`;
/** Longer than between two looks, so that none is missed. */
const SINCE_HOURS = 1;
const MOST = 200;

export type Reader = {
  readonly personId: string;
  readonly unitId: string;
  readonly hour: number;
  readonly day: number;
};

/** How many cases each who has read within the hour has opened in it, and in the last twenty-four hours. */
export const countReaders = (tx: Tx, scope: Scope, now: Instant): Promise<Reader[]> => {
  const hour = toDate(now.subtract({ hours: SINCE_HOURS }));
  return tx.$queryRaw<Reader[]>`
    select l.person_id as "personId", max(l.unit_id) as "unitId",
      (count(distinct o.id) filter (where l.at > ${hour}::timestamptz))::int as hour, count(distinct o.id)::int as day
    from read_log l cross join lateral unnest(l.referral_ids) as o(id)
    where l.at > ${toDate(now.subtract({ hours: 24 }))}::timestamptz and l.purpose in ${OPENS}
      and l.person_id in (select s.person_id from read_log s where s.at > ${hour}::timestamptz)
      and ${scope.unitIds === 'all'}
    group by l.person_id`;
};

export type UnrelatedRead = {
  readonly personId: string;
  readonly unitId: string;
  readonly units: readonly string[];
};

/**
 * Cases opened within the hour by somebody of a unit that never had to do with them and who has done nothing in them,
 * with the units that have or had.
 */
export const findUnrelatedReads = (tx: Tx, scope: Scope, now: Instant): Promise<UnrelatedRead[]> =>
  tx.$queryRaw<UnrelatedRead[]>`
    select distinct l.person_id as "personId", l.unit_id as "unitId", u.units
    from read_log l join referral r on r.id = any(l.referral_ids)
    cross join lateral (
      select array(
        select r.owner_unit_id union select r.responsible_unit_id
        union select r.assessment_unit_id where r.assessment_unit_id is not null
        union select o.unit_id from ownership o where o.referral_id = r.id
        union select h.to_unit_id from handover h where h.referral_id = r.id) as units) u
    where l.at > ${toDate(now.subtract({ hours: SINCE_HOURS }))}::timestamptz and l.purpose = 'case'
      and l.unit_id <> all(u.units) and ${scope.unitIds === 'all'}
      and r.reassessor_id is distinct from l.person_id
      and not exists (select from case_event e where e.referral_id = r.id and e.actor_id = l.person_id)
    limit ${MOST}`;

type Read = {
  readonly at: Instant;
  readonly role: Role;
  readonly purpose: Purpose;
  readonly caseNumbers: readonly string[];
};

/** What one person read in a span, newest first, at most `limit`; the caller has reached the task that asks about it. */
export const findReadsOf = async (
  tx: Tx,
  _scope: Scope,
  q: { readonly personId: string; readonly from: Instant; readonly until: Instant; readonly limit: number },
): Promise<Read[]> => {
  const rows = await tx.$queryRaw<(Omit<Read, 'at'> & { at: Date })[]>`
    select l.at, l.role, l.purpose, array(
      select r.case_number from referral r where r.id = any(l.referral_ids) order by 1 limit 20) as "caseNumbers"
    from read_log l
    where l.person_id = ${q.personId} and l.at >= ${toDate(q.from)}::timestamptz and l.at < ${toDate(q.until)}::timestamptz
      and cardinality(l.referral_ids) > 0
    order by l.at desc, l.id desc limit ${q.limit}`;
  return rows.map((row) => ({ ...row, at: fromDate(row.at) }));
};
