import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';
import { atDoor } from './scope.ts';

/** Counts once, or `more`, under a keyed hash, shared by all processes, and answers how often by now; begins anew when `until` is over. */
export const countAtDoor = async (
  tx: Tx,
  scope: Scope,
  bucket: Uint8Array,
  now: Instant,
  until: Instant,
  more = 1,
): Promise<number> => {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    insert into door_count as c (bucket, count, expires_at)
    select ${bucket}, ${more}::int, ${toDate(until)}::timestamptz where ${atDoor(scope)}
    on conflict (bucket) do update set
      count = case when c.expires_at <= ${toDate(now)} then ${more}::int else c.count + ${more}::int end,
      expires_at = case when c.expires_at <= ${toDate(now)} then excluded.expires_at else c.expires_at end
    returning c.count`;
  return rows[0]?.count ?? 0;
};

export const deleteOldCounts = (tx: Tx, scope: Scope, now: Instant): Promise<number> =>
  tx.$executeRaw`delete from door_count where expires_at <= ${toDate(now)} and ${scope.unitIds === 'all'}`;
