import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate } from './db.ts';
import { reachesDraft } from './scope.ts';

export type Draft = {
  id: string;
  authorId: string;
  unitId: string;
  sealed: Uint8Array;
  updatedAt: Instant;
  stateVersion: number;
  notificationId: string | null;
};

const columns = sql`d.id::text as id, d.author_id as "authorId", d.unit_id as "unitId", d.sealed,
  d.updated_at as "updatedAt", d.state_version as "stateVersion", d.notification_id::text as "notificationId"`;

type Row = Omit<Draft, 'updatedAt'> & { updatedAt: Date };

/** Unsent drafts within reach, newest first. */
export const findDrafts = async (tx: Tx, scope: Scope): Promise<Draft[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns}
    from draft d where d.notification_id is null and ${reachesDraft(scope)} order by d.updated_at desc limit 50`;
  return rows.map((r) => ({ ...r, updatedAt: fromDate(r.updatedAt) }));
};

/** Null also for what is out of scope. */
export const findDraft = async (tx: Tx, scope: Scope, id: string): Promise<Draft | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from draft d where d.id = ${id}::uuid and ${reachesDraft(scope)}`;
  return rows[0] ? { ...rows[0], updatedAt: fromDate(rows[0].updatedAt) } : null;
};

/** Throws NOT_FOUND, also for what is out of scope. Locks, so that one writes at a time. */
export const lockDraft = async (tx: Tx, scope: Scope, id: string): Promise<Draft> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns}
    from draft d where d.id = ${id}::uuid and ${reachesDraft(scope)} for update`;
  if (!rows[0]) throw new DomainError('NOT_FOUND');
  return { ...rows[0], updatedAt: fromDate(rows[0].updatedAt) };
};

/** One's own. Throws OUT_OF_SCOPE for anybody else's. */
export const insertDraft = async (
  tx: Tx,
  scope: Scope,
  d: { id: string; authorId: string; unitId: string; sealed: Uint8Array },
  now: Instant,
): Promise<void> => {
  if (scope.unitIds !== 'all' && scope.personId !== d.authorId) throw new DomainError('OUT_OF_SCOPE');
  await tx.$executeRaw`
    insert into draft (id, author_id, unit_id, sealed, created_at, updated_at)
    values (${d.id}::uuid, ${d.authorId}, ${d.unitId}, ${d.sealed}, ${toDate(now)}, ${toDate(now)})`;
};

/** Compare-and-set on the version. Throws STALE when a colleague saved in between. */
export const updateDraft = async (
  tx: Tx,
  scope: Scope,
  d: { id: string; expectedVersion: number; sealed: Uint8Array; notificationId: string | null },
  now: Instant,
): Promise<void> => {
  const count = await tx.$executeRaw`
    update draft d set sealed = ${d.sealed}, updated_at = ${toDate(now)}, state_version = d.state_version + 1,
      notification_id = ${d.notificationId}::uuid
    where d.id = ${d.id}::uuid and d.state_version = ${d.expectedVersion} and d.notification_id is null
      and ${reachesDraft(scope)}`;
  if (count !== 1) throw new DomainError('STALE');
};

/** Something was added to it that stands elsewhere; whoever writes on goes on. Whoever calls this has locked it. */
export const touchDraft = async (tx: Tx, scope: Scope, id: string, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    update draft d set updated_at = ${toDate(now)} where d.id = ${id}::uuid and ${reachesDraft(scope)}`;
};

/** Forgets drafts that nobody has changed since then, sent ones too, with their files and all their keys. Answers how many. */
export const deleteOldDrafts = (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`
    with old as (
      delete from draft where updated_at < ${toDate(before)} and ${scope.unitIds === 'all'} returning id),
    k as (delete from sealed_key where record_id in (
      select id from old union all select a.id from attachment a where a.draft_id in (select id from old)))
    select from old`;
