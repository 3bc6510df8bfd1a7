import type { LegalBasis } from '#domain/codes.ts';
import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';
import {
  basisOf,
  hasSuspect,
  isUnchecked,
  reachesNotification,
  reachesReferral,
  sentBy,
  tellsWithheld,
  toldTo,
} from './scope.ts';

export type NotificationRow = {
  id: string;
  channel: string;
  basis: string;
  senderPersonId: string | null;
  senderUnitId: string | null;
  language: 'da' | 'en';
  acute: boolean;
  receivedAt: Instant;
  registeredAt: Instant;
  sealed: Uint8Array;
};

type Row = Omit<NotificationRow, 'receivedAt' | 'registeredAt'> & { receivedAt: Date; registeredAt: Date };

const columns = Prisma.sql`n.id::text as id, n.channel, ${basisOf} as basis, n.sender_person_id as "senderPersonId",
  n.sender_unit_id as "senderUnitId", n.language, n.acute, n.received_at as "receivedAt",
  n.registered_at as "registeredAt", n.sealed`;

/** By its sender or by a unit that has one of its referrals. Throws NOT_FOUND otherwise. */
export const getNotification = async (tx: Tx, scope: Scope, id: string): Promise<NotificationRow> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from notification n where n.id = ${id}::uuid and ${reachesNotification(scope)}`;
  if (!rows[0]) throw new DomainError('NOT_FOUND');
  return { ...rows[0], receivedAt: fromDate(rows[0].receivedAt), registeredAt: fromDate(rows[0].registeredAt) };
};

export type OwnNotification = NotificationRow & {
  receiptState: 'pending' | 'delivered' | 'not-owed' | 'undeliverable';
  deliveredAt: Instant | null;
  receiptDueAt: Instant | null;
  /** Of the referrals' owners, first by position: the department to call. */
  ownerUnit: string | null;
  /** One of its children at least is taken by nobody yet. */
  unacknowledged: boolean;
};

/** The person's own notifications, newest first; keyset by (received, id). */
export const findOwnNotifications = async (
  tx: Tx,
  scope: Scope,
  cursor: { at: Instant; id: string } | null,
  limit: number,
): Promise<OwnNotification[]> => {
  const before = cursor
    ? Prisma.sql`(n.received_at, n.id) < (${toDate(cursor.at)}, ${cursor.id}::uuid)`
    : Prisma.sql`true`;
  const rows = await tx.$queryRaw<
    (Row &
      Omit<OwnNotification, keyof NotificationRow | 'deliveredAt' | 'receiptDueAt'> & {
        deliveredAt: Date | null;
        receiptDueAt: Date | null;
      })[]
  >`
    select ${columns}, rc.state as "receiptState", rc.delivered_at as "deliveredAt", f.due_at as "receiptDueAt",
      f.owner_unit_id as "ownerUnit",
      exists (select from referral u where u.notification_id = n.id and u.closed_at is null and not exists (
        select from case_event e where e.referral_id = u.id and e.kind = 'acknowledged')) as unacknowledged
    from notification n join receipt rc on rc.notification_id = n.id
    left join lateral (
      select d.due_at, r.owner_unit_id from referral r
      left join deadline d on d.referral_id = r.id and d.kind = 'receipt'
      where r.notification_id = n.id order by r.child_position limit 1) f on true
    where ${sentBy(scope)} and ${before}
    order by n.received_at desc, n.id desc limit ${limit}`;
  return rows.map((r) => ({
    ...r,
    receivedAt: fromDate(r.receivedAt),
    registeredAt: fromDate(r.registeredAt),
    deliveredAt: fromDateOrNull(r.deliveredAt),
    receiptDueAt: fromDateOrNull(r.receiptDueAt),
  }));
};

export type Addition = { id: string; authorId: string; addedAt: Instant; receivedAt: Instant; sealed: Uint8Array };

export const findAdditions = async (tx: Tx, scope: Scope, notificationId: string): Promise<Addition[]> => {
  const rows = await tx.$queryRaw<(Omit<Addition, 'addedAt' | 'receivedAt'> & { addedAt: Date; receivedAt: Date })[]>`
    select a.id::text as id, a.author_id as "authorId", a.added_at as "addedAt", a.received_at as "receivedAt", a.sealed
    from notification_addition a join notification n on n.id = a.notification_id
    where a.notification_id = ${notificationId}::uuid and ${reachesNotification(scope)} order by a.added_at, a.id`;
  return rows.map((r) => ({ ...r, addedAt: fromDate(r.addedAt), receivedAt: fromDate(r.receivedAt) }));
};

export const insertAddition = async (
  tx: Tx,
  scope: Scope,
  a: { id: string; notificationId: string; authorId: string; sealed: Uint8Array; receivedAt: Instant },
  now: Instant,
): Promise<void> => {
  const count = await tx.$executeRaw`
    insert into notification_addition (id, notification_id, author_id, received_at, added_at, sealed)
    select ${a.id}::uuid, n.id, ${a.authorId}, ${toDate(a.receivedAt)}, ${toDate(now)}, ${a.sealed}
    from notification n where n.id = ${a.notificationId}::uuid and ${reachesNotification(scope)}`;
  if (count !== 1) throw new DomainError('NOT_FOUND');
};

/** Referrals of a notification that the scope reaches, or all of them for its sender. */
export const findReferralsOf = async (tx: Tx, scope: Scope, notificationId: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select r.id::text as id from referral r join notification n on n.id = r.notification_id
    where n.id = ${notificationId}::uuid and (${sentBy(scope)} or ${reachesReferral(scope)}) order by r.id`;
  return rows.map((r) => r.id);
};

type Basis = {
  readonly basis: LegalBasis | null;
  readonly unchecked: boolean;
  readonly suspectedViolence: boolean;
};

/** The legal basis of a referral's notification, whether it must be checked, and whether violence is suspected. */
export const findBasis = async (tx: Tx, scope: Scope, referralId: string): Promise<Basis> => {
  const rows = await tx.$queryRaw<Basis[]>`
    select ${basisOf} as basis, ${isUnchecked} as unchecked, n.suspected_violence as "suspectedViolence"
    from referral r join notification n on n.id = r.notification_id
    where r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;
  return rows[0] ?? { basis: null, unchecked: false, suspectedViolence: false };
};

export type ToldFeedback = {
  readonly id: string;
  readonly referralId: string;
  readonly notificationId: string;
  readonly childPosition: number;
  readonly told: Uint8Array;
};

/** To a suspect nothing given becomes visible that did not reach them before. */
const isTold = (row: Prisma.Sql): Prisma.Sql => Prisma.sql`(${row}.state = 'delivered'
  or (${row}.state = 'withheld' and ${tellsWithheld(row)})
  or (${row}.state = 'given' and not ${hasSuspect(Prisma.sql`n.id`)}))`;

/**
 * What this person has been told, or told that it is withheld, about their own notifications; oldest first, sealed. That
 * nothing more is told stands until they are told more, though it be lifted meanwhile: never silence.
 */
export const findToldFeedbacks = (tx: Tx, scope: Scope, notificationIds: readonly string[]): Promise<ToldFeedback[]> =>
  tx.$queryRaw<ToldFeedback[]>`
    select f.id::text as id, r.id::text as "referralId", n.id::text as "notificationId",
      r.child_position as "childPosition", f.told
    from feedback f join referral r on r.id = f.referral_id join notification n on n.id = r.notification_id
    where n.id = any(${notificationIds}::uuid[]) and ${toldTo(scope)}
      and (${isTold(Prisma.sql`f`)} or (f.state = 'lifted' and ${tellsWithheld(Prisma.sql`f`)}
        and not exists (select from feedback later where later.referral_id = f.referral_id
          and ${isTold(Prisma.sql`later`)} and later.answers && f.answers)))
    order by f.given_at, f.id`;
