import type { MessageState, UndeliveredReason } from '#domain/delivery.ts';
import type { Template } from '#domain/referral.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';

/** Administrators see of every message where it stands, never its words or address. */
const administers = (scope: Scope): Prisma.Sql => Prisma.sql`${scope.unitIds === 'all' || scope.administers}`;

export type ListedMessage = {
  id: string;
  template: Template;
  state: MessageState;
  reason: UndeliveredReason | null;
  answer: string | null;
  attempts: number;
  maybeTwice: boolean;
  toPersonId: string | null;
  toUnitId: string | null;
  actedBy: string | null;
  createdAt: Instant;
  sentAt: Instant | null;
  nextAttemptAt: Instant | null;
};

type Row = Omit<ListedMessage, 'createdAt' | 'sentAt' | 'nextAttemptAt'> & {
  createdAt: Date;
  sentAt: Date | null;
  nextAttemptAt: Date | null;
};

/** Newest first; keyset by (created, id). */
export const findMessages = async (
  tx: Tx,
  scope: Scope,
  q: { state: MessageState | null; cursor: { at: Instant; id: string } | null; limit: number },
): Promise<ListedMessage[]> => {
  const state = q.state ? Prisma.sql`m.state = ${q.state}` : Prisma.sql`true`;
  const after = q.cursor
    ? Prisma.sql`(m.created_at, m.id) < (${toDate(q.cursor.at)}, ${q.cursor.id}::uuid)`
    : Prisma.sql`true`;
  const rows = await tx.$queryRaw<Row[]>`
    select m.id::text as id, m.template, m.state, m.reason, m.answer, m.attempts, m.maybe_twice as "maybeTwice",
      m.to_person_id as "toPersonId", m.to_unit_id as "toUnitId", m.acted_by as "actedBy",
      m.created_at as "createdAt", m.sent_at as "sentAt", m.next_attempt_at as "nextAttemptAt"
    from outbound_message m where ${state} and ${after} and ${administers(scope)}
    order by m.created_at desc, m.id desc limit ${q.limit}`;
  return rows.map((row) => ({
    ...row,
    createdAt: fromDate(row.createdAt),
    sentAt: fromDateOrNull(row.sentAt),
    nextAttemptAt: fromDateOrNull(row.nextAttemptAt),
  }));
};

/** How many messages stand in each state, counted no further than `cap` + 1. */
export const countMessages = (
  tx: Tx,
  scope: Scope,
  states: readonly MessageState[],
  cap: number,
): Promise<{ state: MessageState; count: number }[]> =>
  tx.$queryRaw<{ state: MessageState; count: number }[]>`
    select s.state, c.count::int as count from unnest(${states}::text[]) s(state), lateral (
      select count(*) from (select from outbound_message m where m.state = s.state limit ${cap + 1}) x) c
    where ${administers(scope)}`;

type By = { readonly personId: string; readonly now: Instant };

/**
 * What did not arrive, or waits for another attempt, is to be sent at once, whatever is known of its address; answers
 * those that were. Sent, dropped and under way stay as they are. With `state` all of that state, at most `limit`.
 */
export const requeueMessages = async (
  tx: Tx,
  scope: Scope,
  which: { readonly id: string } | { readonly state: MessageState; readonly limit: number },
  { personId, now }: By,
): Promise<string[]> => {
  const chosen =
    'id' in which
      ? Prisma.sql`m.id = ${which.id}::uuid`
      : Prisma.sql`m.id = any(array(select f.id from outbound_message f where f.state = ${which.state}
          order by f.created_at, f.id limit ${which.limit}))`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update outbound_message m set state = 'queued', forced = true, attempts = 0, first_attempt_at = null,
      next_attempt_at = null, reason = null, answered_at = null, acted_by = ${personId}, acted_at = ${toDate(now)}
    where ${chosen} and m.state in ('deferred', 'bounced', 'failed', 'fallback') and ${administers(scope)}
    returning m.id::text as id`;
  return rows.map(({ id }) => id);
};

/** What a server took has come back later. False when it is not one that counts as sent. */
export const markReported = async (tx: Tx, scope: Scope, id: string, { personId, now }: By): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update outbound_message m set state = 'bounced', reason = 'reported', sent_at = null, answered_at = null,
      acted_by = ${personId}, acted_at = ${toDate(now)}
    where m.id = ${id}::uuid and m.state = 'sent' and ${administers(scope)}`;
  return count === 1;
};
