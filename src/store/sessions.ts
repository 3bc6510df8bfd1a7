import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate, together, toRow } from './db.ts';

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

type Found = { readonly personId: string; readonly organisationVersion: number };

// Every request asks, so in a burst many ask at once; asked after they came, so that a session ends at once everywhere.
const findTogether = together<{ tokenHash: Uint8Array; now: Instant }, Found | null>(async (tx, asked) => {
  const body = JSON.stringify(asked.map(({ tokenHash, now }, place) => toRow({ place, tokenHash, askedAt: now })));
  const rows = await tx.$queryRaw<(Found & { place: number })[]>`
    select a.place, s.person_id as "personId", v.version as "organisationVersion"
    from jsonb_to_recordset(${body}::jsonb) a(place int, token_hash bytea, asked_at timestamptz),
      lateral (select person_id from session where token_hash = a.token_hash and expires_at > a.asked_at limit 1) s,
      organisation_version v
    where v.id = 1`;
  const found = new Map(rows.map((row) => [row.place, row]));
  return asked.map((_, place) => found.get(place) ?? null);
}, 100);

/**
 * Whose session it is, with the organisation's version so that one round trip tells both; null when unknown or over.
 * The hash of a secret is scope enough.
 */
export const findSession = (tx: Tx, _scope: Scope, tokenHash: Uint8Array, now: Instant): Promise<Found | null> =>
  findTogether(tx, { tokenHash, now });

export const deleteSession = async (tx: Tx, _scope: Scope, tokenHash: Uint8Array): Promise<void> => {
  await tx.$executeRaw`delete from session where token_hash = ${tokenHash}`;
};
