import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

/** Records delivery once; false when it was recorded before. */
export const markReceiptDelivered = async (
  tx: Tx,
  scope: Scope,
  r: { notificationId: string; channel: string; evidence: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update receipt set state = 'delivered', channel = ${r.channel}, evidence = ${r.evidence}, delivered_at = ${toDate(now)}
    where notification_id = ${r.notificationId}::uuid and state = 'pending' and ${scope.unitIds === 'all'}`;
  return count === 1;
};

/** Records once that it could not be delivered by mail; false when it stood so or was delivered before. */
export const markReceiptUndeliverable = async (tx: Tx, scope: Scope, notificationId: string): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update receipt set state = 'undeliverable'
    where notification_id = ${notificationId}::uuid and state = 'pending' and ${scope.unitIds === 'all'}`;
  return count === 1;
};

export const findReferralIds = async (tx: Tx, scope: Scope, notificationId: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from referral where notification_id = ${notificationId}::uuid and ${scope.unitIds === 'all'}
    order by id`;
  return rows.map((r) => r.id);
};

/** Was a receipt owed for the referral's notification? */
export const isReceiptOwed = async (tx: Tx, scope: Scope, referralId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<{ owed: boolean }[]>`
    select rc.state = 'pending' as owed from referral r join receipt rc on rc.notification_id = r.notification_id
    where r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;
  return rows[0]?.owed ?? false;
};
