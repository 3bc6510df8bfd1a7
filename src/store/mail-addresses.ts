import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';

/** One more message in a row that did not arrive. True when it was the one that makes the address a failing one. */
export const countFailure = async (
  tx: Tx,
  scope: Scope,
  addressIndex: Uint8Array,
  failingAfter: number,
  now: Instant,
): Promise<boolean> => {
  const at = toDate(now);
  const rows = await tx.$queryRaw<{ now: boolean }[]>`
    insert into mail_address as a (address_index, failures, failed_at, failing_since)
    select ${addressIndex}, 1, ${at}, case when ${failingAfter} <= 1 then ${at}::timestamptz end
    where ${scope.unitIds === 'all'}
    on conflict (address_index) do update set failures = a.failures + 1, failed_at = ${at},
      failing_since = coalesce(a.failing_since, case when a.failures + 1 >= ${failingAfter} then ${at}::timestamptz end)
    returning failures = ${failingAfter} as now`;
  return rows[0]?.now ?? false;
};

/** A mail arrived, or somebody has put the address right: nothing stands against it any more. */
export const forgetFailures = (tx: Tx, _scope: Scope, addressIndex: Uint8Array): Promise<number> =>
  tx.$executeRaw`delete from mail_address where address_index = ${addressIndex}`;
