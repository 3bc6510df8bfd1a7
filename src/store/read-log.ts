import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import type { ReadEntry } from '#domain/seals.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';

/**
 * Written in the same transaction as the read itself: no answer without its entry. Throws OUT_OF_SCOPE for a reader
 * other than the scope's own person. An anonymous notification that is looked at before the instant it is known by counts
 * as read at that instant (decision 027).
 */
export const insertRead = async (
  tx: Tx,
  scope: Scope,
  entry: ReadEntry & { mac: Uint8Array },
  now: Instant,
): Promise<void> => {
  if (scope.unitIds !== 'all' && scope.personId !== entry.personId) throw new DomainError('OUT_OF_SCOPE');
  await tx.$executeRaw`
    insert into read_log (id, at, person_id, unit_id, role, purpose, referral_ids, child_ids, mac)
    values (${entry.id}::uuid, greatest(${toDate(now)}::timestamptz, (
      select max(r.registered_at) from referral r where r.id = any(${entry.referralIds}::uuid[]))),
      ${entry.personId}, ${entry.unitId}, ${entry.role}, ${entry.purpose},
      ${entry.referralIds}::uuid[], ${entry.childIds}::uuid[], ${entry.mac})`;
};
