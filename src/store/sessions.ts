import type { Claimed } from '#domain/login-claims.ts';
import type { Scope } from '#domain/scope.ts';
import type { SessionTimes } from '#domain/session-limits.ts';
import { type Instant, latest, T } from '#domain/time.ts';
import { column, fromDate, sql, type Tx, toDate } from './db.ts';
import { askDirectly } from './direct.ts';
import { together } from './together.ts';

export type NewSession = {
  readonly id: string;
  readonly tokenHash: Uint8Array;
  readonly personId: string;
  readonly claimed: Claimed;
  readonly expiresAt: Instant;
};

export const insertSession = async (tx: Tx, _scope: Scope, s: NewSession, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    insert into session (id, token_hash, person_id, claimed, created_at, rotated_at, seen_at, expires_at)
    values (${s.id}::uuid, ${s.tokenHash}, ${s.personId}, ${JSON.stringify(s.claimed)}::jsonb, ${toDate(now)},
      ${toDate(now)}, ${toDate(now)}, ${toDate(s.expiresAt)})`;
};

export type FoundSession = SessionTimes & {
  readonly id: string;
  readonly personId: string;
  readonly claimed: Claimed;
  /** It came with the secret that follows the present one. */
  readonly byNext: boolean;
  /** It came with a secret of the past, which another followed then. */
  readonly spentAt: Instant | null;
  readonly organisationVersion: number;
  /** Ids of referrals of children whom the person is related to. */
  readonly barredFrom: readonly string[];
};
type Dated = 'createdAt' | 'rotatedAt' | 'seenAt';
type Perhaps = 'nextAt' | 'spentAt';
/** Instants as milliseconds, the claims and ids as JSON. */
type Row = Omit<FoundSession, Dated | Perhaps | 'claimed' | 'barredFrom'> & {
  hash: string;
  claimed: string;
  barredFrom: string;
} & Record<Dated, number> &
  Record<Perhaps, number | null>;

const fromMs = (ms: number): Instant => T.Instant.fromEpochMilliseconds(ms);
const fromMsOrNull = (ms: number | null): Instant | null => (ms === null ? null : fromMs(ms));

const toFound = ({ hash: _hash, ...row }: Row): FoundSession => ({
  ...row,
  claimed: JSON.parse(row.claimed),
  barredFrom: JSON.parse(row.barredFrom),
  createdAt: fromMs(row.createdAt),
  rotatedAt: fromMs(row.rotatedAt),
  seenAt: fromMs(row.seenAt),
  nextAt: fromMsOrNull(row.nextAt),
  spentAt: fromMsOrNull(row.spentAt),
});

// Every request asks, so in a burst many ask at once; asked after they came, so that a session ends at once everywhere.
// A page asks several things at the same time, and its session is looked up once for them, at the latest of all instants.
const findTogether = together<{ tokenHash: Uint8Array; now: Instant }, FoundSession | null>(
  (asked) => async (tx) => {
    const hashes = asked.map(({ tokenHash }) => String(column(tokenHash)));
    const now = toDate(asked.map((one) => one.now).reduce(latest));
    const rows = await askDirectly<Row>(
      tx,
      sql`
    with s as materialized (
      select a.hash, found.*
      from jsonb_array_elements_text(${JSON.stringify([...new Set(hashes)])}::jsonb) a(hash), lateral (
        select session.*, false as by_next, null::timestamptz as spent_at from session
        where token_hash = a.hash::bytea and expires_at > ${now}
        union all
        select session.*, true, null from session where next_hash = a.hash::bytea and expires_at > ${now}
        union all
        select session.*, false, spent.spent_at from spent_secret spent join session on session.id = spent.session_id
        where spent.hash = a.hash::bytea and session.expires_at > ${now}
        limit 1) found)
    select s.hash, s.id::text as id, s.person_id as "personId", s.claimed::text as claimed,
      (extract(epoch from s.created_at) * 1000)::float8 as "createdAt",
      (extract(epoch from s.rotated_at) * 1000)::float8 as "rotatedAt",
      (extract(epoch from s.seen_at) * 1000)::float8 as "seenAt",
      (extract(epoch from s.next_at) * 1000)::float8 as "nextAt",
      (extract(epoch from s.spent_at) * 1000)::float8 as "spentAt",
      s.by_next as "byNext", v.version as "organisationVersion",
      coalesce(barred.ids, '[]') as "barredFrom"
    from s cross join organisation_version v
      left join (
        select person_id, json_agg(referral_id)::text as ids
        from barred_referrals(array(select distinct person_id from s)) group by person_id) barred using (person_id)
    where v.id = 1`,
    );
    const found = new Map(rows.map((row) => [row.hash, toFound(row)]));
    return hashes.map((hash) => found.get(hash) ?? null);
  },
  { most: 100, level: false },
);

/**
 * Whose session it is, with the organisation's version so that one round trip tells both; null when unknown or over.
 * The hash of a secret is scope enough.
 */
export const findSession = (tx: Tx, _scope: Scope, tokenHash: Uint8Array, now: Instant): Promise<FoundSession | null> =>
  findTogether(tx, { tokenHash, now });

/** The person did something. Idempotent. */
export const noteSeen = async (tx: Tx, _scope: Scope, id: string, now: Instant): Promise<void> => {
  await tx.$executeRaw`update session set seen_at = greatest(seen_at, ${toDate(now)}) where id = ${id}::uuid`;
};

/** Another secret beside the present one. Compare-and-set: false when another request has just done it. */
export const offerSecret = async (
  tx: Tx,
  _scope: Scope,
  { id, nextAt }: Pick<FoundSession, 'id' | 'nextAt'>,
  nextHash: Uint8Array,
  now: Instant,
): Promise<boolean> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with lost as (select id, next_hash from session where id = ${id}::uuid for update),
      offered as (
        update session set next_hash = ${nextHash}, next_at = ${toDate(now)} from lost
        where session.id = lost.id
          and session.next_at is not distinct from ${nextAt === null ? null : toDate(nextAt)}::timestamptz
        returning session.id, lost.next_hash as lost),
      spent as (
        insert into spent_secret (hash, session_id, spent_at)
        select lost, id, ${toDate(now)} from offered where lost is not null)
    select id::text as id from offered`;
  return rows.length === 1;
};

/** The new secret has come back, so the one before it is of the past. Idempotent. */
export const takeSecret = async (tx: Tx, _scope: Scope, nextHash: Uint8Array, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    with before as (select id, token_hash from session where next_hash = ${nextHash} for update),
      taken as (
        update session set token_hash = next_hash, next_hash = null, next_at = null, rotated_at = ${toDate(now)}
        from before where session.id = before.id and session.next_hash = ${nextHash}
        returning before.token_hash, session.id)
    insert into spent_secret (hash, session_id, spent_at)
    select token_hash, id, ${toDate(now)} from taken`;
};

export const deleteSession = async (tx: Tx, _scope: Scope, tokenHash: Uint8Array): Promise<string | null> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    delete from session where ${tokenHash} in (token_hash, next_hash)
      or id = (select session_id from spent_secret where hash = ${tokenHash}) returning id::text as id`;
  return rows[0]?.id ?? null;
};

/** A person's own, and anybody's for administrators. */
const reachesPerson = (scope: Scope, personId: string) =>
  sql`(${scope.administers} or ${scope.unitIds === 'all'} or ${personId} = ${scope.personId})`;

/** Ends one of a person's sessions, or all but `except`. Answers the ids of those that ended. */
export const deleteSessionsOf = async (
  tx: Tx,
  scope: Scope,
  personId: string,
  which: { readonly id?: string; readonly except?: string },
): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    delete from session where person_id = ${personId} and ${reachesPerson(scope, personId)}
      and (${which.id ?? null}::uuid is null or id = ${which.id ?? null}::uuid)
      and id is distinct from ${which.except ?? null}::uuid
    returning id::text as id`;
  return rows.map(({ id }) => id);
};

export type ListedSession = Pick<FoundSession, 'id' | 'createdAt' | 'seenAt'> & { readonly expiresAt: Instant };

/** Newest first. Those that have lapsed are left out by `now`. */
export const findSessionsOf = async (
  tx: Tx,
  scope: Scope,
  personId: string,
  now: Instant,
): Promise<ListedSession[]> => {
  const rows = await tx.$queryRaw<{ id: string; createdAt: Date; seenAt: Date; expiresAt: Date }[]>`
    select id::text as id, created_at as "createdAt", seen_at as "seenAt", expires_at as "expiresAt" from session
    where person_id = ${personId} and ${reachesPerson(scope, personId)} and expires_at > ${toDate(now)}
    order by created_at desc, id desc limit 100`;
  return rows.map((r) => ({
    id: r.id,
    createdAt: fromDate(r.createdAt),
    seenAt: fromDate(r.seenAt),
    expiresAt: fromDate(r.expiresAt),
  }));
};
