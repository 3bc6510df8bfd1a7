import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { column, join, snake, sql, type Tx, toAlike, toRows } from './db.ts';
import { askDirectly } from './direct.ts';
import type { RecordRows } from './records.ts';
import { namedAs } from './scope.ts';
import { together } from './together.ts';

type Row = Readonly<Record<string, unknown>>;

export type SubmissionRows = RecordRows & {
  readonly organisationVersion: number;
  readonly key: Row;
  readonly notification: Row;
  /** The notification's content, apart: as bytes it is half as long as inside JSON. */
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

/** Ids of the children that are recorded already. */
const knownOf = ({ referrals, children }: SubmissionRows): readonly unknown[] => {
  const own = new Set(children.map(({ id }) => id));
  return referrals.flatMap(({ childId }) => (own.has(childId) ? [] : [childId]));
};

/** What of a submission is no row of a table. */
const headOf = ({ rows, unless }: Submission, place: number) => ({
  place,
  notificationId: rows.notification.id,
  organisationVersion: rows.organisationVersion,
  sealedBytes: rows.sealed.length,
  unless: unless.map(column),
  protectedChildren: rows.protectedChildren.map(({ id }) => id),
  known: knownOf(rows),
});

const OF_NOTIFICATIONS = sql`x.notification_id = any(array(select notification_id from q))`;
const OF_REFERRALS = sql`x.referral_id = any(array(select id from r))`;
const jsonb = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;

/** Rows of a table, for `from`. */
const recordset = (table: string, rows: readonly Row[]): Prisma.Sql => {
  const { first, otherwise } = toAlike(rows);
  return sql`jsonb_populate_recordset(jsonb_populate_record(null::${Prisma.raw(table)}, ${jsonb(first)}), ${jsonb(otherwise)})`;
};

/**
 * Rows for a table of which one column, never null, says the same in most of them, whoever they are about: each value of it
 * goes along once, and the rows tell its place. Of 15 submissions 75 clocks have 5 derivations, which are the dearest part to
 * read. A property that is no column is refused.
 */
const repeating = (table: string, rows: readonly Row[], often: string): Prisma.Sql => {
  const places = new Map<string, number>();
  // Many rows hold the same object, which need not be written again to be known.
  const seen = new Map<unknown, number>();
  const placeOf = (value: unknown): number => {
    const text = JSON.stringify(value);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    seen.set(value, place);
    return place;
  };
  const made = rows.map((row) => ({ ...row, [often]: seen.get(row[often]) ?? placeOf(row[often]) }));
  const values = sql`${`[${[...places.keys()].join(',')}]`}::jsonb`;
  const columns = [...new Set(rows.flatMap(Object.keys))].map(snake);
  const taken = columns.map((name) =>
    name === snake(often) ? sql`${values} -> x.${Prisma.raw(name)}::int` : Prisma.raw(`x.${name}`),
  );
  return sql`${Prisma.raw(`${table} (${columns.join()})`)} select ${join(taken)} from ${recordset(table, made)} x`;
};

type Many = keyof Omit<Required<SubmissionRows>, 'key' | 'notification' | 'receipt' | 'sealed' | 'organisationVersion'>;

/**
 * Several submissions in one statement; each is stored whole or not at all, whatever becomes of the others: `q` is those
 * that are, and no row goes in without its own. In a burst that halves what one costs: a statement over so many tables
 * takes as long to begin as to do. For the same reason the rows of a table are read from JSON once for all submissions.
 * Keys and children are inserted in order, so that two such statements never wait for each other.
 */
const insertTogether = together<Submission, Stored | null>(
  (asked) => {
    const one = (table: string, name: 'key' | 'notification' | 'receipt') =>
      recordset(
        table,
        asked.map(({ rows }) => rows[name]),
      );
    const many = (table: string, name: Many) =>
      recordset(
        table,
        asked.flatMap(({ rows }) => rows[name]),
      );
    /** Rows of submissions that are stored. A table that nobody has a row for is left out: to begin costs as much as to do. */
    const into = (table: string, name: Many, those: Prisma.Sql, often?: string) => {
      const rows = asked.flatMap(({ rows: of }) => of[name]);
      if (rows.length === 0) return Prisma.empty;
      const made = often
        ? repeating(table, rows, often)
        : sql`${Prisma.raw(table)} select x.* from ${recordset(table, rows)} x`;
      return sql`${Prisma.raw(`of_${table}`)} as (insert into ${made} where ${those}),`;
    };
    const outbox = jsonb(
      toRows(asked.flatMap(({ rows }) => rows.outbox.map((row) => ({ ...row, notificationId: rows.notification.id })))),
    );
    const sealed = Buffer.concat(asked.map(({ rows }) => rows.sealed));
    const heads = asked.map(headOf);
    const known = heads.flatMap((head) => head.known);
    // The lock that the foreign key takes anyway, before anything is written: whose destruction is under way is waited for,
    // and has no CPR after it. Most children are new, and nothing of this is asked for them.
    const kept =
      known.length === 0
        ? null
        : sql`kc as materialized (
      select c.id from child c where c.id = any(${known}::uuid[]) and c.cpr_index is not null order by c.id for key share),`;
    const areKept = kept
      ? sql`and not exists (select from jsonb_array_elements_text(p.known) u(id) where u.id::uuid not in (select id from kc))`
      : Prisma.empty;
    const statement = sql`
    with p as materialized (
      select x.*, sum(x.sealed_bytes) over (order by x.place)::int as sealed_until
      from jsonb_to_recordset(${jsonb(toRows(heads))}) x(place int, notification_id uuid, organisation_version int,
        sealed_bytes int, unless jsonb, protected_children jsonb, known jsonb)),
    ${kept ?? Prisma.empty}
    k as (
      insert into idempotency_key
      select x.* from ${one('idempotency_key', 'key')} x
      join p on p.notification_id = (x.result ->> 'notificationId')::uuid
      join organisation_version v on v.id = 1 and v.version = p.organisation_version
      where not exists (
        select from jsonb_array_elements_text(p.unless) u(cpr_index), lateral (
          select from child c where c.cpr_index = u.cpr_index::bytea
          union all select from known_case c where c.cpr_index = u.cpr_index::bytea limit 1) known) ${areKept}
      order by x.key_hash
      on conflict do nothing returning (result ->> 'notificationId')::uuid as id),
    q as materialized (select p.* from k join p on p.notification_id = k.id),
    n as (
      insert into notification (id, channel, basis, notifier_code, sender_person_id, sender_unit_id, registered_by_id,
        received_at, registered_at, acute, suspected_violence, honour, need, reason_codes, language, sealed)
      select x.id, x.channel, x.basis, x.notifier_code, x.sender_person_id, x.sender_unit_id, x.registered_by_id,
        x.received_at, x.registered_at, x.acute, x.suspected_violence, x.honour, x.need, x.reason_codes, x.language,
        substring(${sealed}::bytea from q.sealed_until - q.sealed_bytes + 1 for q.sealed_bytes)
      from ${one('notification', 'notification')} x
      join q on q.notification_id = x.id),
    rc as (
      insert into receipt
      select x.* from ${one('receipt', 'receipt')} x
      where ${OF_NOTIFICATIONS}),
    r as materialized (
      select x.* from ${many('referral', 'referrals')} x
      where ${OF_NOTIFICATIONS}),
    ${into('sealed_key', 'sealedKeys', sql`x.record_id = any(array(select notification_id from q union all select child_id from r))`)}
    c as (
      insert into child select x.* from ${many('child', 'children')} x
      where x.id = any(array(select child_id from r)) order by x.cpr_index),
    ${
      heads.some((head) => head.protectedChildren.length > 0)
        ? sql`pc as (update child c set protected_address = true from (
      select o.id from child o where not o.protected_address and o.id = any(array(
        select x::uuid from q, jsonb_array_elements_text(q.protected_children) x)) order by o.id for no key update) own
      where c.id = own.id),`
        : Prisma.empty
    }
    ${into('ownership', 'ownerships', OF_REFERRALS)}
    ${into('case_event', 'events', OF_REFERRALS, 'data')}
    ${into('deadline', 'deadlines', OF_REFERRALS, 'derivation')}
    ${into('outbound_message', 'outbound', OF_NOTIFICATIONS)}
    ${into('letter', 'letters', OF_REFERRALS)}
    ${into('task', 'tasks', OF_REFERRALS)}
    b as (
      insert into outbox (id, name, payload, available_at)
      select x.id, x.name, x.payload, x.available_at
      from jsonb_to_recordset(${outbox}) x(notification_id uuid, id uuid, name text, payload jsonb,
        available_at timestamptz)
      where ${OF_NOTIFICATIONS})
    insert into referral select * from r
    returning id::text as id, case_number as "caseNumber", notification_id::text as "notificationId"`;
    return async (tx) => {
      const stored = await askDirectly<{ id: string; caseNumber: string; notificationId: string }>(tx, statement);
      const byNotification = Map.groupBy(stored, ({ notificationId }) => notificationId);
      return asked.map(({ rows }) => byNotification.get(String(rows.notification.id)) ?? null);
    };
  },
  { most: 20, level: true },
);

/**
 * Stores a whole submission in one statement and one round trip: all of it or nothing. Answers the referrals with
 * their case numbers, or null when the idempotency key is taken, the organisation has changed since it was read, one
 * of the children in `unless` (blind indexes) turns out to be known here, or one that was known has been destroyed.
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
      and (${scope.unitIds === 'all'} or n.sender_person_id = any(${namedAs(scope)}::text[])
        or n.registered_by_id = any(${namedAs(scope)}::text[])
        or (${scope.door !== null} and n.sender_person_id is null and n.registered_by_id is null))
    order by r.child_position`;
  const first = rows[0];
  if (!first) return null;
  const referrals = rows.map(({ id, caseNumber }) => ({ id, caseNumber }));
  return { notificationId, receivedAt: first.receivedAt.toISOString(), referrals };
};
