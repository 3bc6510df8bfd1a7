import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, type Tx, toDate } from './db.ts';

export type Outage = { from: Instant; until: Instant; overdue: number; oldest: Instant };

/** When a sweep last looked; null before the first. */
export const findHeartbeat = async (tx: Tx, scope: Scope): Promise<Instant | null> => {
  const rows = await tx.$queryRaw<{ at: Date }[]>`
    select beat_at as at from sweep_heartbeat where id = 1 and ${scope.unitIds === 'all'}`;
  return rows[0] ? fromDate(rows[0].at) : null;
};

/**
 * A sweep looks now. Compare-and-set on the beat that was seen, so that of several sweeps one is the first after a time
 * in which there was none. Answers whether this one was.
 */
export const beatHeart = async (tx: Tx, scope: Scope, seen: Instant | null, now: Instant): Promise<boolean> => {
  const beats = await tx.$executeRaw`
    insert into sweep_heartbeat (id, beat_at) select 1, ${toDate(now)} where ${scope.unitIds === 'all'}
    on conflict (id) do update set beat_at = excluded.beat_at
      where sweep_heartbeat.beat_at = ${seen ? toDate(seen) : null}`;
  return beats === 1;
};

/** How many clocks and timers have fallen due, and since when. */
export const countOverdue = async (
  tx: Tx,
  scope: Scope,
  now: Instant,
): Promise<{ overdue: number; oldest: Instant | null }> => {
  const rows = await tx.$queryRaw<{ overdue: number; oldest: Date | null }[]>`
    select count(*)::int as overdue, min(next_alarm_at) as oldest from deadline
    where state = 'running' and next_alarm_at <= ${toDate(now)} and ${scope.unitIds === 'all'}`;
  return { overdue: rows[0]?.overdue ?? 0, oldest: rows[0]?.oldest ? fromDate(rows[0].oldest) : null };
};

export const insertOutage = async (tx: Tx, scope: Scope, id: string, outage: Outage): Promise<number> =>
  tx.$executeRaw`
    insert into outage (id, from_at, until_at, overdue, oldest_at)
    select ${id}::uuid, ${toDate(outage.from)}, ${toDate(outage.until)}, ${outage.overdue}, ${toDate(outage.oldest)}
    where ${scope.unitIds === 'all'}`;

/** The last outage, or null when there has been none. Numbers and instants, nothing of a case. */
export const findLastOutage = async (tx: Tx, _scope: Scope): Promise<Outage | null> => {
  const rows = await tx.$queryRaw<{ from: Date; until: Date; overdue: number; oldest: Date }[]>`
    select from_at as "from", until_at as until, overdue, oldest_at as oldest from outage
    order by until_at desc limit 1`;
  const [last] = rows;
  return last
    ? { ...last, from: fromDate(last.from), until: fromDate(last.until), oldest: fromDate(last.oldest) }
    : null;
};
