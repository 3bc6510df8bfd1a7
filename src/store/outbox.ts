import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { Message, MessageName } from '#messages';
import { fromDateOrNull, type Tx, toDate } from './db.ts';

export type OutboxRow = { id: string; name: MessageName; payload: Message['payload'] };

/**
 * Leases what is due, oldest first, for `leaseMs`; a relay that dies leaves the rows to the next.
 * Only the relay's system scope reaches the outbox.
 */
export const claimOutbox = (tx: Tx, scope: Scope, now: Instant, limit: number, leaseMs: number): Promise<OutboxRow[]> =>
  tx.$queryRaw<OutboxRow[]>`
    with due as (
      select id from outbox
      where sent_at is null and available_at <= ${toDate(now)} and ${scope.unitIds === 'all'}
        and (leased_until is null or leased_until < ${toDate(now)})
      order by available_at, id limit ${limit} for update skip locked)
    update outbox o set leased_until = ${toDate(now.add({ milliseconds: leaseMs }))}
    from due where o.id = due.id
    returning o.id::text as id, o.name, o.payload`;

export const markOutboxSent = async (tx: Tx, scope: Scope, ids: readonly string[], now: Instant): Promise<number> =>
  tx.$executeRaw`
    update outbox set sent_at = ${toDate(now)}, leased_until = null
    where id = any(${ids}::uuid[]) and sent_at is null and ${scope.unitIds === 'all'}`;

/** Rows handed over longer ago than the horizon are of no more use. */
export const deleteSentOutbox = async (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`delete from outbox where sent_at < ${toDate(before)} and ${scope.unitIds === 'all'}`;

/** How many wait now, and since when the oldest: the lag that `/health/ready` shows. */
export const outboxLag = async (
  tx: Tx,
  scope: Scope,
  now: Instant,
): Promise<{ waiting: number; oldestAt: Instant | null }> => {
  const rows = await tx.$queryRaw<{ waiting: bigint; oldest: Date | null }[]>`
    select count(*) as waiting, min(available_at) as oldest from outbox
    where sent_at is null and available_at <= ${toDate(now)} and ${scope.unitIds === 'all'}`;
  return { waiting: Number(rows[0]?.waiting ?? 0), oldestAt: fromDateOrNull(rows[0]?.oldest ?? null) };
};
