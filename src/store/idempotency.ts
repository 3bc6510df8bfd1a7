import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';

export type RequestKey = { readonly keyHash: Uint8Array; readonly requestHash: Uint8Array };

/** The scope is the key's own: the hash covers the actor, so another's key never meets it. */
export const findAnswer = async (
  tx: Tx,
  _scope: Scope,
  keyHash: Uint8Array,
): Promise<{ requestHash: Uint8Array; result: unknown } | null> => {
  const rows = await tx.$queryRaw<{ requestHash: Uint8Array; result: unknown }[]>`
    select request_hash as "requestHash", result from idempotency_key where key_hash = ${keyHash}`;
  return rows[0] ?? null;
};

/** False when the key is taken. A second transaction waits here until the first one ends. */
export const claimKey = async (tx: Tx, _scope: Scope, key: RequestKey, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    insert into idempotency_key (key_hash, request_hash, result, created_at)
    values (${key.keyHash}, ${key.requestHash}, '{}', ${toDate(now)}) on conflict do nothing`;
  return count === 1;
};

/** `result` holds ids, versions and instants only. */
export const saveAnswer = async (tx: Tx, _scope: Scope, keyHash: Uint8Array, result: unknown): Promise<void> => {
  await tx.$executeRaw`
    update idempotency_key set result = ${JSON.stringify(result)}::jsonb where key_hash = ${keyHash}`;
};
