import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDateOrNull, sql, type Tx, toDate } from './db.ts';
import { isOpenTo, reachesReferral } from './scope.ts';

export type FoundInEmergency = {
  readonly id: string;
  readonly caseNumber: string;
  readonly childId: string;
  /** It is theirs to read as it is. */
  readonly reached: boolean;
};

/**
 * By case number or child, under whichever of its records and whoever has it, in the order of their ids; not what is closed
 * to this person, by kinship or for not being named. Ids alone.
 */
export const findForEmergency = (
  tx: Tx,
  scope: Scope,
  by: { readonly caseNumber: string; readonly cprIndex: Uint8Array | null },
): Promise<FoundInEmergency[]> =>
  tx.$queryRaw<FoundInEmergency[]>`
    select r.id::text as id, r.case_number as "caseNumber", r.child_id::text as "childId",
      ${reachesReferral(scope)} as reached
    from referral r
    where (r.case_number = ${by.caseNumber} or r.child_id in (
      select child_records(c.id) from child c where c.cpr_index = ${by.cprIndex}::bytea)) and r.destroyed_at is null
      and ${isOpenTo(scope, sql`r.id`)}
    order by r.id`;

/** In one's own name. */
export const insertEmergency = async (
  tx: Tx,
  scope: Scope,
  e: { readonly id: string; readonly referralId: string; readonly openedAt: Instant; readonly endsAt: Instant },
): Promise<void> => {
  await tx.$executeRaw`
    insert into emergency_access (id, person_id, referral_id, opened_at, ends_at)
    select ${e.id}::uuid, ${scope.personId}, r.id, ${toDate(e.openedAt)}, ${toDate(e.endsAt)}
    from referral r where r.id = ${e.referralId}::uuid and ${scope.personId}::text is not null`;
};

/** Until when this person has it open; null once that has run out, and once it is closed to them. */
export const findEmergencyEnd = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
  now: Instant,
): Promise<Instant | null> => {
  const rows = await tx.$queryRaw<{ until: Date | null }[]>`
    select max(e.ends_at) as until from emergency_access e
    where e.person_id = ${scope.personId} and e.referral_id = ${referralId}::uuid and e.ends_at > ${toDate(now)}
      and not exists (select from barred_people(e.referral_id) b(id) where b.id = e.person_id)`;
  return fromDateOrNull(rows[0]?.until ?? null);
};

/** Forgets those that ran out before then; the journal keeps that they were. */
export const deleteOldEmergencies = (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`delete from emergency_access where ends_at < ${toDate(before)} and ${scope.unitIds === 'all'}`;
