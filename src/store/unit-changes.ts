import { DomainError } from '#domain/errors.ts';
import type { PersonChange } from '#domain/person-change.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { administers } from './scope.ts';

export type ChangeProgress = 'planned' | 'running' | 'settling' | 'done' | 'lapsed';

export type UnitChangeRow = {
  readonly id: string;
  readonly change: UnitChange | PersonChange;
  readonly state: ChangeProgress;
  readonly dueAt: Instant;
  readonly moved: unknown;
};

type Row = Omit<UnitChangeRow, 'state' | 'dueAt' | 'change'> & { state: string; dueAt: Date; change: unknown };
const toChange = (row: Row): UnitChangeRow => ({
  id: row.id,
  change: row.change as UnitChange | PersonChange,
  state: row.state as ChangeProgress,
  dueAt: fromDate(row.dueAt),
  moved: row.moved,
});

type NewChange = {
  readonly id: string;
  readonly change: UnitChange | PersonChange;
  readonly dueAt: Instant;
};

/** A confirmed change waits for its day. Throws OUT_OF_SCOPE. */
export const insertUnitChange = async (tx: Tx, scope: Scope, c: NewChange): Promise<void> => {
  if (!administers(scope)) throw new DomainError('OUT_OF_SCOPE');
  const at = toDate(c.dueAt);
  await tx.unitChange.create({
    data: { id: c.id, change: c.change, state: 'planned', dueAt: at, nextAt: at },
  });
};

export const findUnitChange = async (tx: Tx, scope: Scope, id: string): Promise<UnitChangeRow | null> => {
  if (!administers(scope)) return null;
  const row = await tx.unitChange.findUnique({ where: { id } });
  return row && toChange(row);
};

/** Those that have not ended. */
export const findOpenUnitChanges = async (tx: Tx, scope: Scope): Promise<UnitChangeRow[]> => {
  if (!administers(scope)) return [];
  const rows = await tx.unitChange.findMany({ where: { endedAt: null }, orderBy: { dueAt: 'asc' } });
  return rows.map(toChange);
};

/** The sweep's own: takes what is due, by its instant, and looks at it again later. Answers ids and when the next is due. */
export const claimUnitChanges = async (
  tx: Tx,
  scope: Scope,
  now: Instant,
  again: Instant,
): Promise<{ ids: string[]; nextAt: Instant | null }> => {
  const all = scope.unitIds === 'all';
  const claimed = await tx.$queryRaw<{ id: string }[]>`
    with due as (select id from unit_change where next_at <= ${toDate(now)} and ${all} order by next_at for update skip locked)
    update unit_change c set next_at = ${toDate(again)} from due where c.id = due.id returning c.id::text as id`;
  const [next] = await tx.$queryRaw<{ at: Date | null }[]>`
    select min(next_at) as at from unit_change where next_at is not null and ${all}`;
  return { ids: claimed.map(({ id }) => id), nextAt: next?.at ? fromDate(next.at) : null };
};

type Progress = {
  readonly id: string;
  readonly was: ChangeProgress;
  readonly is: ChangeProgress;
  readonly nextAt: Instant | null;
  readonly moved: object;
  readonly at: Instant;
};

/** Compare-and-set on the state; false when somebody else was first. The system's own. */
export const writeProgress = async (tx: Tx, scope: Scope, p: Progress): Promise<boolean> => {
  const ended = p.is === 'done' || p.is === 'lapsed';
  const count = await tx.$executeRaw`
    update unit_change set state = ${p.is}, moved = ${JSON.stringify(p.moved)}::jsonb,
      next_at = ${p.nextAt ? toDate(p.nextAt) : null}, ended_at = ${ended ? toDate(p.at) : null}
    where id = ${p.id}::uuid and state = ${p.was} and ${scope.unitIds === 'all'}`;
  return count === 1;
};
