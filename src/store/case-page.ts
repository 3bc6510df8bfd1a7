import type { Explained } from '#domain/explanation.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, fromDateOrNull, type Tx } from './db.ts';
import { reachesReferral, reachesReferralInvolved } from './scope.ts';

export type ClockRow = {
  id: string;
  kind: string;
  state: 'running' | 'met' | 'lapsed';
  acute: boolean;
  startedAt: Instant;
  dueAt: Instant;
  secondaryAt: Instant | null;
  endedAt: Instant | null;
  explained: Explained | null;
  explainedBy: string | null;
  derivation: unknown;
};

export const findClocks = async (tx: Tx, scope: Scope, referralId: string): Promise<ClockRow[]> => {
  type Row = Omit<ClockRow, 'startedAt' | 'dueAt' | 'secondaryAt' | 'endedAt'> & {
    startedAt: Date;
    dueAt: Date;
    secondaryAt: Date | null;
    endedAt: Date | null;
  };
  const rows = await tx.$queryRaw<Row[]>`
    select d.id::text as id, d.kind, d.state, d.acute, d.started_at as "startedAt", d.due_at as "dueAt",
      d.secondary_at as "secondaryAt", d.ended_at as "endedAt", d.explained, d.explained_by as "explainedBy", d.derivation
    from deadline d join referral r on r.id = d.referral_id
    where d.referral_id = ${referralId}::uuid and ${reachesReferral(scope)} order by d.due_at, d.kind`;
  return rows.map((r) => ({
    ...r,
    startedAt: fromDate(r.startedAt),
    dueAt: fromDate(r.dueAt),
    secondaryAt: fromDateOrNull(r.secondaryAt),
    endedAt: fromDateOrNull(r.endedAt),
  }));
};

export type OwnershipRow = {
  unit: string;
  provisionalRule: string | null;
  reason: string;
  startedAt: Instant;
  endedAt: Instant | null;
};

/** The whole history of who owned it, oldest first. */
export const findOwnerships = async (tx: Tx, scope: Scope, referralId: string): Promise<OwnershipRow[]> => {
  const rows = await tx.$queryRaw<
    (Omit<OwnershipRow, 'startedAt' | 'endedAt'> & { startedAt: Date; endedAt: Date | null })[]
  >`
    select o.unit_id as unit, o.provisional_rule as "provisionalRule", o.reason, o.started_at as "startedAt",
      o.ended_at as "endedAt"
    from ownership o join referral r on r.id = o.referral_id
    where o.referral_id = ${referralId}::uuid
      and ${reachesReferralInvolved(scope)}
    order by o.started_at, o.id`;
  return rows.map((r) => ({ ...r, startedAt: fromDate(r.startedAt), endedAt: fromDateOrNull(r.endedAt) }));
};

/** Open and closed referrals by case number or child, under whichever of its records, within the scope. */
export const searchReferrals = (
  tx: Tx,
  scope: Scope,
  by: { caseNumber: string | null; cprIndex: Uint8Array | null },
): Promise<{ id: string; caseNumber: string; childId: string }[]> =>
  tx.$queryRaw<{ id: string; caseNumber: string; childId: string }[]>`
    select r.id::text as id, r.case_number as "caseNumber", r.child_id::text as "childId"
    from referral r
    where (r.case_number = ${by.caseNumber} or r.child_id in (
      select child_records(c.id) from child c where c.cpr_index = ${by.cprIndex}::bytea)) and ${reachesReferral(scope)}
    order by r.received_at desc limit 50`;
