import type { Dispute } from '#domain/ownership.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { sql, type Tx, toDate } from './db.ts';
import { disputeColumns, toDispute } from './matters.ts';
import { administers, isOpenTo } from './scope.ts';

export type PersonCase = { caseNumber: string; unit: string; acute: boolean };

/** Open cases that the person has in hand, by number and unit, no more; for administrators whom none of it is closed to. */
export const findCasesInHand = async (tx: Tx, scope: Scope, personId: string, limit: number): Promise<PersonCase[]> => {
  if (!administers(scope)) return [];
  return tx.$queryRaw<PersonCase[]>`
    select r.case_number as "caseNumber", r.owner_unit_id as unit, r.acute from referral r
    where r.handler_id = ${personId} and r.closed_at is null and ${isOpenTo(scope, sql`r.id`)}
    order by r.next_due_at, r.id limit ${limit}`;
};

export type PersonCounts = { cases: number; reassessments: number; letters: number; tasks: number; shifts: number };

/** How much of each sort the person has now; numbers only, for administrators. */
export const countPersonWork = async (
  tx: Tx,
  scope: Scope,
  personId: string,
  now: Instant,
): Promise<PersonCounts | null> => {
  if (!administers(scope)) return null;
  const rows = await tx.$queryRaw<PersonCounts[]>`
    select (select count(*)::int from referral r where r.handler_id = ${personId} and r.closed_at is null) as cases,
      (select count(*)::int from referral r where r.reassessor_id = ${personId} and r.closed_at is null) as reassessments,
      (select count(*)::int from task t where t.person_id = ${personId} and t.done_at is null and t.kind = 'letter') as letters,
      (select count(*)::int from task t where t.person_id = ${personId} and t.done_at is null and t.kind <> 'letter') as tasks,
      (select count(*)::int from duty_shift s where s.person_id = ${personId} and s.until_at > ${toDate(now)}) as shifts`;
  return rows[0] ?? null;
};

export type NumberedDispute = Dispute & { readonly caseNumber: string };

/** Every open dispute and escalation with its case number, for an administrator to see who has a say in them. */
export const findDisputesToSettle = async (tx: Tx, scope: Scope, limit: number): Promise<NumberedDispute[]> => {
  if (!administers(scope)) return [];
  const rows = await tx.$queryRaw<(Parameters<typeof toDispute>[0] & { caseNumber: string })[]>`
    select ${disputeColumns}, r.case_number as "caseNumber" from dispute d join referral r on r.id = d.referral_id
    where d.state = 'open' and ${isOpenTo(scope, sql`r.id`)} order by r.case_number limit ${limit}`;
  return rows.map((row) => ({ ...toDispute(row), caseNumber: row.caseNumber }));
};
