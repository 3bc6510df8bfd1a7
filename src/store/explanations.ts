import { DomainError } from '#domain/errors.ts';
import type { Explained, LawfulClock } from '#domain/explanation.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, fromDateOrNull, sql, type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

type Row = Omit<LawfulClock, 'dueAt' | 'secondaryAt' | 'endedAt'> & {
  dueAt: Date;
  secondaryAt: Date | null;
  endedAt: Date | null;
};

const columns = sql`d.id::text as id, d.kind, d.derivation->>'status' as status, d.state, d.due_at as "dueAt",
  d.secondary_at as "secondaryAt", d.ended_at as "endedAt", d.explained, d.explained_by as "explainedBy"`;

const toClock = <R extends Row>(row: R) => ({
  ...row,
  dueAt: fromDate(row.dueAt),
  secondaryAt: fromDateOrNull(row.secondaryAt),
  endedAt: fromDateOrNull(row.endedAt),
});

/** One clock of a referral, as its explanation looks at it. Throws NOT_FOUND. */
export const getLawfulClock = async (tx: Tx, scope: Scope, referralId: string, id: string): Promise<LawfulClock> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from deadline d join referral r on r.id = d.referral_id
    where d.id = ${id}::uuid and r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;
  if (!rows[0]) throw new DomainError('NOT_FOUND');
  return toClock(rows[0]);
};

/** Compare-and-set on what stood. Throws STALE when somebody else was first. */
export const setExplained = async (
  tx: Tx,
  scope: Scope,
  clock: Pick<LawfulClock, 'id' | 'explained'>,
  is: { readonly explained: Explained; readonly by?: string },
): Promise<void> => {
  const changed = await tx.$executeRaw`
    update deadline d set explained = ${is.explained}, explained_by = coalesce(${is.by ?? null}, d.explained_by)
    from referral r
    where d.id = ${clock.id}::uuid and d.explained is not distinct from ${clock.explained} and r.id = d.referral_id
      and ${reachesReferral(scope)}`;
  if (changed !== 1) throw new DomainError('STALE');
};

export type UnexplainedRow = LawfulClock & {
  referralId: string;
  caseNumber: string;
  ownerUnit: string;
  assessmentUnit: string | null;
};

/** Clocks of the law that have passed and whose explanation is missing or unanswered, the oldest first. */
export const findUnexplained = async (tx: Tx, scope: Scope, now: Instant, limit: number): Promise<UnexplainedRow[]> => {
  type Found = Row & Omit<UnexplainedRow, keyof LawfulClock>;
  const rows = await tx.$queryRaw<Found[]>`
    select ${columns}, r.id::text as "referralId", r.case_number as "caseNumber", r.owner_unit_id as "ownerUnit",
      r.assessment_unit_id as "assessmentUnit"
    from deadline d join referral r on r.id = d.referral_id
    where d.derivation->>'status' in ('law', 'recalled') and d.state <> 'lapsed'
      and d.explained is distinct from 'accepted' and (d.ended_at is null or d.ended_at > d.due_at)
      and d.due_at < ${toDate(now)}
      and coalesce(d.secondary_at, d.due_at) < coalesce(d.ended_at, ${toDate(now)})
      and ${reachesReferral(scope)}
    order by d.due_at limit ${limit}`;
  return rows.map(toClock);
};
