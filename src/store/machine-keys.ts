import { isKeyScope, type KeyScope } from '#domain/machine.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';
import { administers } from './scope.ts';

export type MachineKey = {
  readonly id: string;
  /** The first of the keys that followed each other: what stays the same of the program. */
  readonly lineId: string;
  readonly name: string;
  readonly unitId: string;
  readonly scopes: readonly KeyScope[];
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** The key that came after this one. */
  readonly followedBy: string | null;
  readonly lastUsedAt: Instant | null;
  readonly endedAt: Instant | null;
};

export type NewMachineKey = Omit<MachineKey, 'followedBy' | 'lastUsedAt' | 'endedAt'> & {
  readonly secretHash: Uint8Array;
};

type Dated = 'createdAt' | 'expiresAt';
type Perhaps = 'lastUsedAt' | 'endedAt';
type Row = Omit<MachineKey, Dated | Perhaps | 'scopes'> &
  Record<Dated, Date> &
  Record<Perhaps, Date | null> & { scopes: string[] };

const toKey = (row: Row): MachineKey => ({
  id: row.id,
  lineId: row.lineId,
  name: row.name,
  unitId: row.unitId,
  scopes: row.scopes.filter(isKeyScope),
  createdBy: row.createdBy,
  createdAt: fromDate(row.createdAt),
  expiresAt: fromDate(row.expiresAt),
  followedBy: row.followedBy,
  lastUsedAt: fromDateOrNull(row.lastUsedAt),
  endedAt: fromDateOrNull(row.endedAt),
});

/** Answers whether it was stored. */
export const insertMachineKey = async (tx: Tx, scope: Scope, key: NewMachineKey): Promise<boolean> => {
  const count = await tx.$executeRaw`
    insert into machine_key (id, line_id, name, unit_id, scopes, secret_hash, created_by, created_at, expires_at)
    select ${key.id}::uuid, ${key.lineId}::uuid, ${key.name}, ${key.unitId}, ${key.scopes}::text[], ${key.secretHash}, ${key.createdBy},
      ${toDate(key.createdAt)}::timestamptz, ${toDate(key.expiresAt)}::timestamptz
    where ${administers(scope)}`;
  return count === 1;
};

/** Whose secret it is, where the key lives; the hash of a secret is scope enough. */
export const findLivingKey = async (
  tx: Tx,
  _scope: Scope,
  secretHash: Uint8Array,
  now: Instant,
): Promise<MachineKey | null> => {
  const row = await tx.machineKey.findFirst({
    where: { secretHash: new Uint8Array(secretHash), expiresAt: { gt: toDate(now) }, endedAt: null },
  });
  return row && toKey(row);
};

/** Ids of the keys that followed each other; whoever holds the secret of one is told. */
export const findLine = async (tx: Tx, _scope: Scope, lineId: string): Promise<string[]> =>
  (await tx.machineKey.findMany({ where: { lineId }, select: { id: true } })).map(({ id }) => id);

/** It was used. Idempotent. */
export const noteKeyUsed = async (tx: Tx, _scope: Scope, id: string, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    update machine_key set last_used_at = greatest(last_used_at, ${toDate(now)}) where id = ${id}::uuid`;
};

/** Newest first, the ended ones too. */
export const findMachineKeys = async (tx: Tx, scope: Scope): Promise<MachineKey[]> => {
  if (!administers(scope)) return [];
  const rows = await tx.machineKey.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 200 });
  return rows.map(toKey);
};

/** Another key comes after it: it opens until then at the latest. Null when it opens nothing any more, or was followed. */
export const claimFollowed = async (
  tx: Tx,
  scope: Scope,
  { id, followedBy, until, now }: { id: string; followedBy: string; until: Instant; now: Instant },
): Promise<MachineKey | null> => {
  const count = await tx.$executeRaw`
    update machine_key set followed_by = ${followedBy}::uuid, expires_at = least(expires_at, ${toDate(until)})
    where id = ${id}::uuid and followed_by is null and ended_at is null and expires_at > ${toDate(now)}
      and ${administers(scope)}`;
  const row = count === 1 ? await tx.machineKey.findUnique({ where: { id } }) : null;
  return row && toKey(row);
};

/** Ends it at once. False when it had ended, or is not there. */
export const claimEnded = async (tx: Tx, scope: Scope, id: string, by: string, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update machine_key set ended_at = ${toDate(now)}, ended_by = ${by}
    where id = ${id}::uuid and ended_at is null and ${administers(scope)}`;
  return count === 1;
};
