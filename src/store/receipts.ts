import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDateOrNull, type Tx, toDate } from './db.ts';
import { reachesReferral, reachesReferralInvolved } from './scope.ts';

/** It leaves now; false when it left before, is not owed, or the referral is out of reach. */
export const markReceiptIssued = async (tx: Tx, scope: Scope, referralId: string, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update receipt rc set issued_at = ${toDate(now)}
    from referral r where r.id = ${referralId}::uuid and rc.notification_id = r.notification_id
      and rc.state = 'pending' and rc.issued_at is null and ${reachesReferralInvolved(scope)}`;
  return count === 1;
};

/** Had it left by then? Not while it waits for somebody to take the matter. */
export const isReceiptIssued = async (tx: Tx, scope: Scope, notificationId: string, by: Instant): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    select from receipt where notification_id = ${notificationId}::uuid and issued_at <= ${toDate(by)}
      and ${scope.unitIds === 'all'}`;
  return rows.length > 0;
};

/** Records delivery once; false when it was recorded before. */
export const markReceiptDelivered = async (
  tx: Tx,
  scope: Scope,
  r: { notificationId: string; channel: string; evidence: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update receipt set state = 'delivered', channel = ${r.channel}, evidence = ${r.evidence}, delivered_at = ${toDate(now)}
    where notification_id = ${r.notificationId}::uuid and state in ('pending', 'undeliverable')
      and ${scope.unitIds === 'all'}`;
  return count === 1;
};

/** The same by whoever told the notifier, for a referral of theirs: by letter or on the phone. */
export const markReceiptTold = async (
  tx: Tx,
  scope: Scope,
  r: { referralId: string; channel: string; evidence: string; at: Instant },
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update receipt rc set state = 'delivered', channel = ${r.channel}, evidence = ${r.evidence}, delivered_at = ${toDate(r.at)}
    from referral r where r.id = ${r.referralId}::uuid and rc.notification_id = r.notification_id
      and rc.state in ('pending', 'undeliverable') and ${reachesReferral(scope)}`;
  return count === 1;
};

/**
 * Records that it is not delivered by mail; false when it stood so, or was delivered. `cameBack`: what counted as
 * delivered was a mail. Who posted a letter or phoned stands for ever.
 */
export const markReceiptUndeliverable = async (
  tx: Tx,
  scope: Scope,
  notificationId: string,
  { cameBack }: { readonly cameBack: boolean },
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update receipt set state = 'undeliverable', channel = null, evidence = null, delivered_at = null
    where notification_id = ${notificationId}::uuid and ${scope.unitIds === 'all'}
      and (state = 'pending' or (${cameBack} and state = 'delivered' and channel = 'mail'))`;
  return count === 1;
};

/** When the notifier was told; null while that is owed. */
export const receiptDeliveredAt = async (tx: Tx, scope: Scope, notificationId: string): Promise<Instant | null> => {
  const rows = await tx.$queryRaw<{ at: Date | null }[]>`
    select delivered_at as at from receipt where notification_id = ${notificationId}::uuid and state = 'delivered'
      and ${scope.unitIds === 'all'}`;
  return fromDateOrNull(rows[0]?.at ?? null);
};

export const findReferralIds = async (tx: Tx, scope: Scope, notificationId: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from referral where notification_id = ${notificationId}::uuid and destroyed_at is null
      and ${scope.unitIds === 'all'}
    order by id`;
  return rows.map((r) => r.id);
};

/** The same without those that were registered in error: nothing is owed for them. */
export const findStandingReferralIds = async (tx: Tx, scope: Scope, notificationId: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from referral where notification_id = ${notificationId}::uuid
      and close_reason is distinct from 'registered-in-error' and destroyed_at is null and ${scope.unitIds === 'all'}
    order by id`;
  return rows.map((r) => r.id);
};

/** Was a receipt owed for the referral's notification? */
export const isReceiptOwed = async (tx: Tx, scope: Scope, referralId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<{ owed: boolean }[]>`
    select rc.state in ('pending', 'undeliverable') as owed from referral r join receipt rc on rc.notification_id = r.notification_id
    where r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;
  return rows[0]?.owed ?? false;
};
