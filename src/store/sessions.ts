import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';

export const insertSession = async (
  tx: Tx,
  _scope: Scope,
  s: { tokenHash: Uint8Array; personId: string; expiresAt: Instant },
  now: Instant,
): Promise<void> => {
  await tx.$executeRaw`
    insert into session (token_hash, person_id, created_at, expires_at)
    values (${s.tokenHash}, ${s.personId}, ${toDate(now)}, ${toDate(s.expiresAt)})`;
};

/**
 * Whose session it is, with the organisation's version so that one round trip tells both; null when unknown or over.
 * The hash of a secret is scope enough.
 */
export const findSession = async (
  tx: Tx,
  _scope: Scope,
  tokenHash: Uint8Array,
  now: Instant,
): Promise<{ personId: string; organisationVersion: number } | null> => {
  const rows = await tx.$queryRaw<{ personId: string; organisationVersion: number }[]>`
    select s.person_id as "personId", v.version as "organisationVersion"
    from session s, organisation_version v
    where s.token_hash = ${tokenHash} and s.expires_at > ${toDate(now)} and v.id = 1`;
  return rows[0] ?? null;
};

export const deleteSession = async (tx: Tx, _scope: Scope, tokenHash: Uint8Array): Promise<void> => {
  await tx.$executeRaw`delete from session where token_hash = ${tokenHash}`;
};
