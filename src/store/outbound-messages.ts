import type { Template } from '#domain/referral.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
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
  toPersonId: string | null;
  toUnitId: string | null;
  toNotifier: boolean;
  attempts: number;
  createdAt: Instant;
};

type MessageSubject = Pick<OutboundMessage, 'template' | 'notificationId' | 'referralId' | 'feedbackId'>;
type Row = Omit<OutboundMessage, 'createdAt'> & { createdAt: Date };

/**
 * Takes one message for sending; null when it is sent, dropped, or in another's hands. A lease that has run out
 * (its process was killed) is taken again, so the same message may be mailed twice, under the same Message-ID.
 */
export const claimMessage = async (
  tx: Tx,
  scope: Scope,
  id: string,
  now: Instant,
  leaseMs: number,
): Promise<OutboundMessage | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    update outbound_message m set state = 'sending', attempts = m.attempts + 1,
      leased_until = ${toDate(now.add({ milliseconds: leaseMs }))}
    where m.id = ${id}::uuid and ${scope.unitIds === 'all'}
      and (m.state in ('queued', 'failed') or (m.state = 'sending' and m.leased_until < ${toDate(now)}))
    returning m.id::text as id, m.template, m.language, m.notification_id::text as "notificationId",
      m.referral_id::text as "referralId", m.deadline_id::text as "deadlineId", m.stage,
      m.feedback_id::text as "feedbackId",
      m.to_person_id as "toPersonId", m.to_unit_id as "toUnitId", m.to_notifier as "toNotifier", m.attempts,
      m.created_at as "createdAt"`;
  return rows[0] ? { ...rows[0], createdAt: fromDate(rows[0].createdAt) } : null;
};

/**
 * Ends an attempt: `sent` with the server's answer, `failed` to be tried again, `dropped` for good. Compare-and-set;
 * answers what the message was about, or null when its attempt had ended before.
 */
export const finishMessage = async (
  tx: Tx,
  scope: Scope,
  m: { id: string; state: 'sent' | 'failed' | 'dropped'; answer: string },
  now: Instant,
): Promise<MessageSubject | null> => {
  const rows = await tx.$queryRaw<MessageSubject[]>`
    update outbound_message m set state = ${m.state}, answer = ${m.answer},
      leased_until = ${m.state === 'failed' ? toDate(now) : null},
      sent_at = ${m.state === 'sent' ? toDate(now) : null}
    where m.id = ${m.id}::uuid and m.state = 'sending' and ${scope.unitIds === 'all'}
    returning m.template, m.notification_id::text as "notificationId", m.referral_id::text as "referralId",
      m.feedback_id::text as "feedbackId"`;
  return rows[0] ?? null;
};

/**
 * Messages whose hand-over was lost: queued, failed or leased too long, with nothing in the outbox for them. Longest
 * untried first, so that those which keep failing do not keep the others waiting.
 */
export const findStuckMessages = async (tx: Tx, scope: Scope, before: Instant, limit: number): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select m.id::text as id from outbound_message m
    where m.state in ('queued', 'sending', 'failed') and m.created_at < ${toDate(before)}
      and (m.leased_until is null or m.leased_until < ${toDate(before)}) and ${scope.unitIds === 'all'}
      and not exists (select from outbox o where o.sent_at is null and o.name = 'mail.send'
        and o.payload ->> 'outboundMessageId' = m.id::text)
    order by coalesce(m.leased_until, m.created_at) limit ${limit}`;
  return rows.map((r) => r.id);
};
