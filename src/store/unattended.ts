import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, sql, type Tx } from './db.ts';
import { isOpenTo } from './scope.ts';

export type HeldCase = {
  id: string;
  caseNumber: string;
  acute: boolean;
  ownerUnit: string;
  handlerId: string;
  nextDueAt: Instant;
};

/** Open cases that the units of the scope own and one of these people has, what is due first at the top. */
export const findHeldBy = async (
  tx: Tx,
  scope: Scope,
  people: readonly string[],
  limit: number,
): Promise<HeldCase[]> => {
  const units = scope.unitIds === 'all' ? [] : scope.unitIds;
  const rows = await tx.$queryRaw<(Omit<HeldCase, 'nextDueAt'> & { nextDueAt: Date })[]>`
    select r.id::text as id, r.case_number as "caseNumber", r.acute, r.owner_unit_id as "ownerUnit",
      r.handler_id as "handlerId", r.next_due_at as "nextDueAt"
    from referral r
    where r.handler_id = any(${people}::text[]) and r.closed_at is null
      and (${scope.unitIds === 'all'} or r.owner_unit_id = any(${units}::text[])) and ${isOpenTo(scope, sql`r.id`)}
    order by r.next_due_at, r.id limit ${limit}`;
  return rows.map((row) => ({ ...row, nextDueAt: fromDate(row.nextDueAt) }));
};
