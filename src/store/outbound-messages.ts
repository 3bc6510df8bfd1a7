import type { MessageState, UndeliveredReason } from '#domain/delivery.ts';
import type { Template } from '#domain/referral.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate } from './db.ts';

export type OutboundMessage = {
  id: string;
  template: Template;
  language: 'da' | 'en';
  notificationId: string | null;
  referralId: string | null;
  deadlineId: string | null;
  stage: string | null;
  feedbackId: string | null;
  taskId: string | null;
  doorCodeId: string | null;
  toPersonId: string | null;
  toUnitId: string | null;
  toNotifier: boolean;
  urgent: boolean;
  forced: boolean;
  attempts: number;
  state: MessageState;
  reason: UndeliveredReason | null;
  firstAttemptAt: Instant;
  createdAt: Instant;
};

type Row = Omit<OutboundMessage, 'createdAt' | 'firstAttemptAt'> & { createdAt: Date; firstAttemptAt: Date | null };

const columns = Prisma.sql`m.id::text as id, m.template, m.language, m.notification_id::text as "notificationId",
  m.referral_id::text as "referralId", m.deadline_id::text as "deadlineId", m.stage,
  m.feedback_id::text as "feedbackId", m.task_id::text as "taskId", m.door_code_id::text as "doorCodeId",
  m.to_person_id as "toPersonId",
  m.to_unit_id as "toUnitId", m.to_notifier as "toNotifier", m.urgent, m.forced, m.attempts, m.state, m.reason,
  m.first_attempt_at as "firstAttemptAt", m.created_at as "createdAt"`;

const messageOf = (row: Row | undefined): OutboundMessage | null =>
  row
    ? { ...row, createdAt: fromDate(row.createdAt), firstAttemptAt: fromDate(row.firstAttemptAt ?? row.createdAt) }
    : null;

/** Not sent, not given up, due, and in nobody's hands; a lease that has run out is of a process that was killed. */
const isFree = (now: Instant): Prisma.Sql => Prisma.sql`(m.state = 'queued'
  or (m.state = 'deferred' and m.next_attempt_at <= ${toDate(now)})
  or (m.state = 'sending' and m.leased_until < ${toDate(now)}))`;

/** One message that may be taken for sending now, as it stands; null otherwise. */
export const findFreeMessage = async (
  tx: Tx,
  scope: Scope,
  id: string,
  now: Instant,
): Promise<OutboundMessage | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from outbound_message m
    where m.id = ${id}::uuid and ${scope.unitIds === 'all'} and ${isFree(now)}`;
  return messageOf(rows[0]);
};

/**
 * Takes one message for sending; null when it is sent, given up, not due yet, or in another's hands. `failing`: mail to
 * the address of that blind index does not go there any more. A lease that has run out is taken again, so the same
 * message may be mailed twice, under the same Message-ID.
 */
export const claimMessage = async (
  tx: Tx,
  scope: Scope,
  claim: { readonly id: string; readonly addressIndex: Uint8Array | null; readonly leaseMs: number },
  now: Instant,
): Promise<(OutboundMessage & { readonly failing: boolean }) | null> => {
  const rows = await tx.$queryRaw<(Row & { failing: boolean })[]>`
    update outbound_message m set state = 'sending', attempts = m.attempts + 1, next_attempt_at = null,
      first_attempt_at = coalesce(m.first_attempt_at, ${toDate(now)}),
      leased_until = ${toDate(now.add({ milliseconds: claim.leaseMs }))}
    where m.id = ${claim.id}::uuid and ${scope.unitIds === 'all'} and ${isFree(now)}
    returning ${columns}, exists (select from mail_address a
      where a.address_index = ${claim.addressIndex} and a.failing_since is not null) as failing`;
  const [row] = rows;
  const message = messageOf(row);
  return row && message ? { ...message, failing: row.failing } : null;
};

/** Gives a taken message back untried until its receiver opens: no attempt is counted, and no time of its horizon. */
export const holdMessage = async (
  tx: Tx,
  scope: Scope,
  id: string,
  hold: { readonly from: Instant; readonly until: Instant },
): Promise<void> => {
  const { from, until } = { from: toDate(hold.from), until: toDate(hold.until) };
  await tx.$executeRaw`
    update outbound_message set state = 'queued', attempts = attempts - 1, leased_until = null, next_attempt_at = ${until},
      first_attempt_at = case when attempts > 1 then first_attempt_at + (${until}::timestamptz - ${from}::timestamptz) end
    where id = ${id}::uuid and state = 'sending' and ${scope.unitIds === 'all'}`;
};

export type Ended = {
  readonly id: string;
  readonly state: Exclude<MessageState, 'queued' | 'sending'>;
  readonly answer: string | null;
  readonly reason: UndeliveredReason | null;
  readonly nextAttemptAt: Instant | null;
  readonly maybeTwice: boolean;
};

/** Ends an attempt. Compare-and-set; answers what the message was, or null when its attempt had ended before. */
export const finishMessage = async (tx: Tx, scope: Scope, m: Ended, now: Instant): Promise<OutboundMessage | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    update outbound_message m set state = ${m.state}, answer = ${m.answer}, reason = ${m.reason}, leased_until = null,
      next_attempt_at = ${m.nextAttemptAt ? toDate(m.nextAttemptAt) : null},
      maybe_twice = m.maybe_twice or ${m.maybeTwice}, sent_at = ${m.state === 'sent' ? toDate(now) : null}
    where m.id = ${m.id}::uuid and m.state = 'sending' and ${scope.unitIds === 'all'}
    returning ${columns}`;
  return messageOf(rows[0]);
};

/**
 * Ends an attempt of a message of which nothing more follows: it has left, and nothing stands against its address any
 * more. False when its attempt had ended before, or more does follow (a receipt, a feedback).
 */
export const finishSent = async (
  tx: Tx,
  scope: Scope,
  m: { readonly id: string; readonly answer: string; readonly addressIndex: Uint8Array },
  now: Instant,
): Promise<boolean> => {
  const [done] = await tx.$queryRaw<{ n: number }[]>`
    with ended as (update outbound_message set state = 'sent', answer = ${m.answer}, reason = null, leased_until = null,
      next_attempt_at = null, sent_at = ${toDate(now)}
      where id = ${m.id}::uuid and state = 'sending' and template not in ('receipt', 'feedback')
        and ${scope.unitIds === 'all'} returning id),
    forgotten as (delete from mail_address where address_index = ${m.addressIndex} and exists (select from ended))
    select count(*)::int as n from ended`;
  return done?.n === 1;
};

/** One message under its row lock while an attempt of it is under way; null when that has ended. */
export const lockSending = async (tx: Tx, scope: Scope, id: string): Promise<OutboundMessage | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from outbound_message m
    where m.id = ${id}::uuid and m.state = 'sending' and ${scope.unitIds === 'all'} for update`;
  return messageOf(rows[0]);
};

/** Takes on, once, what follows from a message that did not arrive; null when somebody has, or it is sent again. */
export const claimUndelivered = async (
  tx: Tx,
  scope: Scope,
  id: string,
  now: Instant,
): Promise<OutboundMessage | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    update outbound_message m set answered_at = ${toDate(now)}
    where m.id = ${id}::uuid and m.answered_at is null and m.state in ('bounced', 'failed', 'fallback')
      and ${scope.unitIds === 'all'}
    returning ${columns}`;
  return messageOf(rows[0]);
};

/**
 * Messages whose hand-over was lost: to be sent now, with nothing in the outbox for them and nothing handed over since
 * `before`. Longest waiting first, so that those which keep getting stuck do not keep the others waiting.
 */
export const findStuckMessages = async (tx: Tx, scope: Scope, before: Instant, limit: number): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select m.id::text as id from outbound_message m
    where m.state in ('queued', 'sending', 'deferred') and m.created_at < ${toDate(before)}
      and coalesce(m.leased_until, m.next_attempt_at, m.created_at) < ${toDate(before)} and ${scope.unitIds === 'all'}
      and not exists (select from outbox o where o.sent_at is null and o.name = 'mail.send'
        and o.payload ->> 'outboundMessageId' = m.id::text)
      and not exists (select from outbox o where o.sent_at >= ${toDate(before)} and o.name = 'mail.send'
        and o.payload ->> 'outboundMessageId' = m.id::text)
    order by coalesce(m.leased_until, m.next_attempt_at, m.created_at), m.id limit ${limit}`;
  return rows.map((r) => r.id);
};
