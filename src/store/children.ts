import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, join, sql, type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

/** What is known here of a child with this CPR: for routing, before anybody has looked. */
export type KnownChild = {
  cprIndex: Uint8Array;
  childId: string | null;
  /** Of the case system's list. */
  unitId: string | null;
  caseworkerId: string | null;
  disability: boolean;
  /** An acknowledged open referral here. */
  openUnitId: string | null;
  openHandlerId: string | null;
};

/**
 * Facts that routing needs, by blind index, under whichever of the child's records they stand. Not limited by scope on purpose: a notification about a child with
 * an open case must reach that case's unit whoever sends it. Nothing of it is shown to the sender.
 */
export const findKnownChildren = (tx: Tx, _scope: Scope, indexes: readonly Uint8Array[]): Promise<KnownChild[]> =>
  indexes.length === 0
    ? Promise.resolve([])
    : tx.$queryRaw<KnownChild[]>`
    select i.cpr_index as "cprIndex", c.id::text as "childId", k.unit_id as "unitId", k.caseworker_id as "caseworkerId",
      coalesce(k.disability, false) as disability, o.owner_unit_id as "openUnitId", o.handler_id as "openHandlerId"
    from (values ${join(indexes.map((i) => sql`(${i}::bytea)`))}) i(cpr_index)
    left join child c on c.cpr_index = i.cpr_index
    left join lateral (
      select x.* from known_case x where x.cpr_index in (
        select i.cpr_index union select s.cpr_index from child s where s.id in (select child_records(c.id)))
      order by x.cpr_index = i.cpr_index desc, x.seen_at desc limit 1) k on true
    left join lateral (
      select coalesce(case when r.provisional_rule is not null then r.responsible_unit_id end, r.owner_unit_id)
          as owner_unit_id, r.handler_id
      from referral r where r.child_id in (select child_records(c.id)) and r.status in ('acknowledged', 'examining', 'decided')
      order by r.acknowledged_at desc limit 1) o on true`;

export type SealedChild = {
  id: string;
  identity: string;
  protectedAddress: boolean;
  sealed: Uint8Array;
  stateVersion: number;
};

/** `c` is the child: reachable through a referral of the scope. */
const reachesChild = (scope: Scope) =>
  sql`exists (select from referral r where r.child_id = c.id and ${reachesReferral(scope)})`;

export const findChild = async (tx: Tx, scope: Scope, id: string): Promise<SealedChild | null> => {
  const rows = await tx.$queryRaw<SealedChild[]>`
    select c.id::text as id, c.identity, c.protected_address as "protectedAddress", c.sealed,
      c.state_version as "stateVersion"
    from child c where c.id = ${id}::uuid and ${reachesChild(scope)}`;
  return rows[0] ?? null;
};

/** The record of whoever has this CPR, its id only: not limited by scope, so that nobody gets two records. */
export const findChildIdByIndex = async (tx: Tx, _scope: Scope, cprIndex: Uint8Array): Promise<string | null> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`select id::text as id from child where cpr_index = ${cprIndex}`;
  return rows[0]?.id ?? null;
};

/**
 * From here to the end of the transaction nobody destroys the record of this CPR, as a new referral's foreign key holds it
 * anyway; false when that has happened. Not limited by scope, as above.
 */
export const holdChild = async (tx: Tx, _scope: Scope, id: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    select c.id::text as id from child c where c.id = ${id}::uuid and c.cpr_index is not null for key share`;
  return rows.length === 1;
};

/** Compare-and-set on the child's own version; false when somebody else was first. */
export const identifyChild = async (
  tx: Tx,
  scope: Scope,
  found: { id: string; expectedVersion: number; cprIndex: Uint8Array; sealed: Uint8Array },
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update child c set identity = 'known', cpr_index = ${found.cprIndex}, sealed = ${found.sealed},
      state_version = c.state_version + 1
    where c.id = ${found.id}::uuid and c.state_version = ${found.expectedVersion} and c.cpr_index is null
      and ${reachesChild(scope)}`;
  return count === 1;
};

/**
 * The referral's child is another one that is recorded: the referral follows, the notification stays as sent.
 * `protectedAddress`: what this notification says of the child's address, which holds from now on. Throws NOT_FOUND.
 */
export const pointReferralAtChild = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
  to: { readonly childId: string; readonly protectedAddress: boolean },
): Promise<void> => {
  const { childId, protectedAddress } = to;
  await tx.$executeRaw`
    update child c set protected_address = true from referral r
    where ${protectedAddress} and r.id = ${referralId}::uuid and c.id = ${childId}::uuid and not c.protected_address
      and ${reachesReferral(scope)}`;
  const count = await tx.$executeRaw`
    update referral r set child_id = ${childId}::uuid where r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;
  if (count !== 1) throw new DomainError('NOT_FOUND');
};

/**
 * A record of its own for the child of a referral that the scope reaches. Throws STALE when somebody else has made the
 * record of this CPR meanwhile.
 */
export const insertChild = async (
  tx: Tx,
  scope: Scope,
  child: SealedChild & { readonly cprIndex: Uint8Array | null; readonly referralId: string },
  now: Instant,
): Promise<void> => {
  const count = await tx.$executeRaw`
    insert into child (id, identity, cpr_index, protected_address, sealed, created_at, state_version)
    select ${child.id}::uuid, ${child.identity}, ${child.cprIndex}::bytea, ${child.protectedAddress}, ${child.sealed},
      ${toDate(now)}, ${child.stateVersion}
    from referral r where r.id = ${child.referralId}::uuid and ${reachesReferral(scope)}
    on conflict do nothing`;
  if (count !== 1) throw new DomainError('STALE');
};

export type KnownCaseRow = {
  cprIndex: Uint8Array;
  unitId: string | null;
  caseworkerId: string | null;
  measure: string | null;
  since: string | null;
  disability: boolean;
  seenAt: Instant;
};

/**
 * Newer facts replace older ones; a row seen earlier than what stands is left out. Answers how many were written. Only
 * the system imports.
 */
export const upsertKnownCases = async (
  tx: Tx,
  scope: Scope,
  rows: readonly KnownCaseRow[],
  now: Instant,
): Promise<number> => {
  const body = JSON.stringify(
    rows.map((r) => ({
      cpr_index: `\\x${Buffer.from(r.cprIndex).toString('hex')}`,
      unit_id: r.unitId,
      caseworker_id: r.caseworkerId,
      measure: r.measure,
      since: r.since,
      disability: r.disability,
      seen_at: r.seenAt.toString(),
      imported_at: now.toString(),
    })),
  );
  return tx.$executeRaw`
    insert into known_case select x.* from jsonb_populate_recordset(null::known_case, ${body}::jsonb) x
    where ${scope.unitIds === 'all'}
    on conflict (cpr_index) do update set unit_id = excluded.unit_id, caseworker_id = excluded.caseworker_id,
      measure = excluded.measure, since = excluded.since, disability = excluded.disability,
      seen_at = excluded.seen_at, imported_at = ${toDate(now)}
    where known_case.seen_at <= excluded.seen_at`;
};

/** What the case system's list says of a referral's child, under whichever of its records; the newest first. */
export const findListed = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
): Promise<Omit<KnownCaseRow, 'cprIndex'>[]> => {
  const rows = await tx.$queryRaw<(Omit<KnownCaseRow, 'cprIndex' | 'seenAt'> & { seenAt: Date })[]>`
    select k.unit_id as "unitId", k.caseworker_id as "caseworkerId", k.measure, k.since::text as since, k.disability,
      k.seen_at as "seenAt"
    from referral r cross join lateral child_records(r.child_id) o(id) join child c on c.id = o.id
      join known_case k on k.cpr_index = c.cpr_index
    where r.id = ${referralId}::uuid and ${reachesReferral(scope)} order by k.seen_at desc, k.cpr_index`;
  return rows.map(({ seenAt, ...row }) => ({ ...row, seenAt: fromDate(seenAt) }));
};

/** The children of referrals within the scope. */
export const findReferralChildren = (
  tx: Tx,
  scope: Scope,
  referralIds: readonly string[],
): Promise<{ referralId: string; childId: string; sealed: Uint8Array }[]> =>
  tx.$queryRaw<{ referralId: string; childId: string; sealed: Uint8Array }[]>`
    select r.id::text as "referralId", c.id::text as "childId", c.sealed
    from referral r join child c on c.id = r.child_id
    where r.id = any(${referralIds}::uuid[]) and ${reachesReferral(scope)}`;
