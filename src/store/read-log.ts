import { DomainError } from '#domain/errors.ts';
import type { Role } from '#domain/organisation.ts';
import type { Purpose } from '#domain/read-purposes.ts';
import type { Scope } from '#domain/scope.ts';
import type { ReadEntry } from '#domain/seals.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

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

export type Lookup = { id: string; at: Instant; personId: string; unitId: string; role: Role; purpose: Purpose };

/** Who was shown the referral, newest first, at most `limit` or all, and how often it was shown in all. */
export const findLookups = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
  limit: number | null,
): Promise<{ lookups: Lookup[]; count: number }> => {
  const rows = await tx.$queryRaw<(Omit<Lookup, 'at'> & { at: Date; count: number })[]>`
    select l.id::text as id, l.at, l.person_id as "personId", l.unit_id as "unitId", l.role, l.purpose, count(*) over ()::int as count
    from read_log l join referral r on r.id = ${referralId}::uuid
    where l.referral_ids @> array[${referralId}::uuid] and ${reachesReferral(scope)}
    order by l.at desc, l.id desc limit ${limit}`;
  return {
    lookups: rows.map(({ count: _, at, ...row }) => ({ ...row, at: fromDate(at) })),
    count: rows[0]?.count ?? 0,
  };
};
