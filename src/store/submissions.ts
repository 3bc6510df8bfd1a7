import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import { column, type Tx, together, toRow, toRows } from './db.ts';
import type { RecordRows } from './records.ts';

type Row = Readonly<Record<string, unknown>>;

export type SubmissionRows = RecordRows & {
  readonly organisationVersion: number;
  readonly key: Row;
  readonly notification: Row;
  /** The notification's content, apart: as bytes it is half as long as inside the statement's JSON. */
  readonly sealed: Uint8Array;
  readonly receipt: Row;
  readonly sealedKeys: readonly Row[];
  readonly children: readonly Row[];
  /** Children already recorded whose address is now said to be protected; the mark is never taken off here. */
  readonly protectedChildren: readonly Row[];
  readonly referrals: readonly Row[];
  readonly ownerships: readonly Row[];
  readonly letters: readonly Row[];
  readonly tasks: readonly Row[];
};

/** Only in one's own name: as who sends it, as who registers what came by another channel, or at the door in nobody's. */
const demandOwn = (scope: Scope, notification: Row): void => {
  const { senderPersonId, registeredById } = notification;
  const own = scope.personId !== null && [senderPersonId, registeredById].includes(scope.personId);
  const nobodys = scope.door !== null && senderPersonId === null && registeredById === null;
  if (scope.unitIds === 'all' || own || nobodys) return;
  throw new DomainError('OUT_OF_SCOPE');
};

type Stored = readonly { readonly id: string; readonly caseNumber: string }[];

type Submission = { readonly rows: SubmissionRows; readonly unless: readonly Uint8Array[] };

const bodyOf = ({ rows: { sealed, ...rows }, unless }: Submission): Record<string, unknown> => {
  const { organisationVersion, key, notification, receipt, ...many } = rows;
  return {
    organisationVersion,
    unless: unless.map(column),
    sealedBytes: sealed.length,
    key: toRow(key),
    notification: toRow(notification),
    receipt: toRow(receipt),
    ...Object.fromEntries(Object.entries(many).map(([name, list]) => [name, toRows(list)])),
  };
};

/**
 * Several submissions in one statement; each is stored whole or not at all, whatever becomes of the others. In a burst
 * that halves what one costs: a statement over so many tables takes as long to begin as to do.
 * Keys and children are inserted in order, so that two such statements never wait for each other.
 */
const insertTogether = together<Submission, Stored | null>(async (tx, asked) => {
  // As bytes, because Prisma would write a text of JSON as JSON once more and read it back.
  const body = Buffer.from(JSON.stringify(asked.map(bodyOf)));
  const sealed = Buffer.concat(asked.map(({ rows }) => rows.sealed));
  const stored = await tx.$queryRaw<{ id: string; caseNumber: string; notificationId: string }[]>`
    with p as materialized (
      select e.j, sum((e.j ->> 'sealedBytes')::int) over (order by e.place)::int as sealed_until
      from jsonb_array_elements(convert_from(${body}, 'UTF8')::jsonb) with ordinality e(j, place)),
    k as (
      insert into idempotency_key
      select x.* from p join organisation_version v on v.id = 1 and v.version = (p.j ->> 'organisationVersion')::int,
        jsonb_populate_record(null::idempotency_key, p.j -> 'key') x
      where not exists (
        select from jsonb_array_elements_text(p.j -> 'unless') u(cpr_index), lateral (
          select from child c where c.cpr_index = u.cpr_index::bytea
          union all select from known_case c where c.cpr_index = u.cpr_index::bytea limit 1) known)
      order by x.key_hash
      on conflict do nothing returning result ->> 'notificationId' as id),
    q as materialized (
      select p.j, substring(${sealed}::bytea from p.sealed_until - (p.j ->> 'sealedBytes')::int + 1
        for (p.j ->> 'sealedBytes')::int) as sealed
      from k join p on p.j #>> '{notification,id}' = k.id),
    n as (
      insert into notification (id, channel, basis, notifier_code, sender_person_id, sender_unit_id, registered_by_id,
        received_at, registered_at, acute, suspected_violence, honour, need, reason_codes, language, sealed)
      select x.id, x.channel, x.basis, x.notifier_code, x.sender_person_id, x.sender_unit_id, x.registered_by_id,
        x.received_at, x.registered_at, x.acute, x.suspected_violence, x.honour, x.need, x.reason_codes, x.language,
        q.sealed
      from q, jsonb_populate_record(null::notification, q.j -> 'notification') x),
    rc as (insert into receipt select x.* from q, jsonb_populate_record(null::receipt, q.j -> 'receipt') x),
    sk as (insert into sealed_key select x.* from q, jsonb_populate_recordset(null::sealed_key, q.j -> 'sealedKeys') x),
    c as (insert into child
      select x.* from q, jsonb_populate_recordset(null::child, q.j -> 'children') x order by x.cpr_index),
    pc as (update child c set protected_address = true where not c.protected_address and c.id = any(array(
      select (x ->> 'id')::uuid from q, jsonb_array_elements(q.j -> 'protectedChildren') x))),
    o as (insert into ownership select x.* from q, jsonb_populate_recordset(null::ownership, q.j -> 'ownerships') x),
    e as (insert into case_event select x.* from q, jsonb_populate_recordset(null::case_event, q.j -> 'events') x),
    d as (insert into deadline select x.* from q, jsonb_populate_recordset(null::deadline, q.j -> 'deadlines') x),
    m as (insert into outbound_message
      select x.* from q, jsonb_populate_recordset(null::outbound_message, q.j -> 'outbound') x),
    l as (insert into letter select x.* from q, jsonb_populate_recordset(null::letter, q.j -> 'letters') x),
    t as (insert into task select x.* from q, jsonb_populate_recordset(null::task, q.j -> 'tasks') x),
    b as (insert into outbox select x.* from q, jsonb_populate_recordset(null::outbox, q.j -> 'outbox') x)
    insert into referral select x.* from q, jsonb_populate_recordset(null::referral, q.j -> 'referrals') x
    returning id::text as id, case_number as "caseNumber", notification_id::text as "notificationId"`;
  const byNotification = Map.groupBy(stored, ({ notificationId }) => notificationId);
  return asked.map(({ rows }) => byNotification.get(String(rows.notification.id)) ?? null);
}, 20);

/**
 * Stores a whole submission in one statement and one round trip: all of it or nothing. Answers the referrals with
 * their case numbers, or null when the idempotency key is taken, the organisation has changed since it was read, or one
 * of the children in `unless` (blind indexes) turns out to be known here.
 * Throws on a child that another submission made at the same instant (unique index); the caller then reads again.
 */
export const insertSubmission = async (
  tx: Tx,
  scope: Scope,
  rows: SubmissionRows,
  unless: readonly Uint8Array[],
): Promise<Stored | null> => {
  demandOwn(scope, rows.notification);
  const stored = await insertTogether(tx, { rows, unless });
  return stored?.map(({ id, caseNumber }) => ({ id, caseNumber })) ?? null;
};

/** What a submission answered the first time, read again by who made it. */
export const findSubmitted = async (
  tx: Tx,
  scope: Scope,
  notificationId: string,
): Promise<{ notificationId: string; receivedAt: string; referrals: { id: string; caseNumber: string }[] } | null> => {
  const rows = await tx.$queryRaw<{ id: string; caseNumber: string; receivedAt: Date }[]>`
    select r.id::text as id, r.case_number as "caseNumber", r.received_at as "receivedAt" from referral r
    join notification n on n.id = r.notification_id
    where n.id = ${notificationId}::uuid
      and (${scope.unitIds === 'all'} or ${scope.personId} in (n.sender_person_id, n.registered_by_id)
        or (${scope.door !== null} and n.sender_person_id is null and n.registered_by_id is null))
    order by r.child_position`;
  const first = rows[0];
  if (!first) return null;
  const referrals = rows.map(({ id, caseNumber }) => ({ id, caseNumber }));
  return { notificationId, receivedAt: first.receivedAt.toISOString(), referrals };
};
