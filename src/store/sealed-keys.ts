import type { Scope } from '#domain/scope.ts';
import type { Tx } from './db.ts';

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

/** Destroys what the key opens. Whoever calls this has reached and changed the record in the same transaction. */
export const deleteSealedKey = async (tx: Tx, _scope: Scope, recordId: string): Promise<void> => {
  await tx.$executeRaw`delete from sealed_key where record_id = ${recordId}::uuid`;
};
