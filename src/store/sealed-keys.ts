import type { Scope } from '#domain/scope.ts';
import { type Tx, toRows } from './db.ts';

export type SealedKeyRow = { recordId: string; recordKind: string; keyVersion: number; wrapped: Uint8Array };

/**
 * A wrapped key is of no use without the record it opens, and records are reached through their own scope;
 * so the scope here only proves that a request was made.
 */
export const findSealedKeys = (tx: Tx, _scope: Scope, recordIds: readonly string[]): Promise<SealedKeyRow[]> =>
  tx.$queryRaw<SealedKeyRow[]>`
    select record_id::text as "recordId", record_kind as "recordKind", key_version as "keyVersion", wrapped
    from sealed_key where record_id = any(${recordIds}::uuid[])`;

export const insertSealedKey = async (tx: Tx, _scope: Scope, key: SealedKeyRow): Promise<void> => {
  await tx.$executeRaw`
    insert into sealed_key (record_id, record_kind, key_version, wrapped)
    values (${key.recordId}::uuid, ${key.recordKind}, ${key.keyVersion}, ${key.wrapped}) on conflict do nothing`;
};

/** Keys that another master key than `current` wraps, at most so many; what somebody else is at is left to them. */
export const lockOldKeys = (tx: Tx, scope: Scope, current: number, limit: number): Promise<SealedKeyRow[]> =>
  tx.$queryRaw<SealedKeyRow[]>`
    select record_id::text as "recordId", record_kind as "recordKind", key_version as "keyVersion", wrapped
    from sealed_key where (key_version < ${current} or key_version > ${current}) and ${scope.unitIds === 'all'}
    limit ${limit} for update skip locked`;

/** Writes them as they are wrapped now. Whoever calls this has locked them. */
export const updateSealedKeys = async (tx: Tx, scope: Scope, keys: readonly SealedKeyRow[]): Promise<void> => {
  await tx.$executeRaw`
    update sealed_key k set key_version = n.key_version, wrapped = n.wrapped
    from jsonb_populate_recordset(null::sealed_key, ${JSON.stringify(toRows(keys))}::jsonb) n
    where k.record_id = n.record_id and ${scope.unitIds === 'all'}`;
};

/** How many each master key wraps, by version. */
export const countSealedKeys = async (tx: Tx, scope: Scope): Promise<{ version: number; keys: number }[]> =>
  tx.$queryRaw`
    select key_version as version, count(*)::int as keys from sealed_key where ${scope.unitIds === 'all'}
    group by 1 order by 1`;

/** Destroys what the key opens. Whoever calls this has reached and changed the record in the same transaction. */
export const deleteSealedKey = async (tx: Tx, _scope: Scope, recordId: string): Promise<void> => {
  await tx.$executeRaw`delete from sealed_key where record_id = ${recordId}::uuid`;
};
