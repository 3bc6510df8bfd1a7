import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, type Tx, toDate, toRow } from './db.ts';
import { atDoor } from './scope.ts';

export type NewDoorCode = {
  readonly id: string;
  readonly codeHash: Uint8Array;
  /** Of the address that it confirms, and that address sealed; null for a link's code. */
  readonly addressIndex: Uint8Array | null;
  readonly sealed: Uint8Array | null;
  readonly linkId: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

export const insertDoorCode = async (tx: Tx, scope: Scope, code: NewDoorCode): Promise<void> => {
  const row = JSON.stringify(toRow({ ...code, tries: 0 }));
  await tx.$executeRaw`
    insert into door_code select x.* from jsonb_populate_record(null::door_code, ${row}::jsonb) x where ${atDoor(scope)}`;
};

export type TriedCode = Pick<NewDoorCode, 'codeHash' | 'addressIndex' | 'linkId'>;

/** Counts a try and answers what the code is held against; null when it is unknown, used, over or tried too often. */
export const tryDoorCode = async (
  tx: Tx,
  scope: Scope,
  id: string,
  most: number,
  now: Instant,
): Promise<TriedCode | null> => {
  const rows = await tx.$queryRaw<TriedCode[]>`
    update door_code set tries = tries + 1
    where id = ${id}::uuid and used_at is null and expires_at > ${toDate(now)} and tries < ${most} and ${atDoor(scope)}
    returning code_hash as "codeHash", address_index as "addressIndex", link_id::text as "linkId"`;
  return rows[0] ?? null;
};

/** A right code is used once: true for whoever was first. The sealed address goes. */
export const claimDoorCode = async (tx: Tx, scope: Scope, id: string, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    with used as (
      update door_code set used_at = ${toDate(now)}, sealed = null
      where id = ${id}::uuid and used_at is null and expires_at > ${toDate(now)} and ${atDoor(scope)} returning id),
    k as (delete from sealed_key where record_id = (select id from used))
    select from used`;
  return count === 1;
};

/** For the mail that carries it: the sealed address while the code lives. Only the system's scope reaches it. */
export const findLivingCode = async (
  tx: Tx,
  scope: Scope,
  id: string,
  now: Instant,
): Promise<{ readonly id: string; readonly sealed: Uint8Array | null; readonly expiresAt: Instant } | null> => {
  const rows = await tx.$queryRaw<{ id: string; sealed: Uint8Array | null; expiresAt: Date }[]>`
    select id::text as id, sealed, expires_at as "expiresAt" from door_code
    where id = ${id}::uuid and used_at is null and expires_at > ${toDate(now)} and ${scope.unitIds === 'all'}`;
  return rows[0] ? { ...rows[0], expiresAt: fromDate(rows[0].expiresAt) } : null;
};

/** Forgets codes that were over before then, with the keys of the addresses that nobody confirmed. */
export const deleteOldCodes = (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`
    with old as (
      delete from door_code where expires_at < ${toDate(before)} and ${scope.unitIds === 'all'} returning id),
    k as (delete from sealed_key where record_id in (select id from old))
    select from old`;
