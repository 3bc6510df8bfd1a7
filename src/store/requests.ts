import { DomainError } from '#domain/errors.ts';
import type { RequestChange, RequestForMore } from '#domain/request-record.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate, toRow } from './db.ts';
import { reachesReferral, sentBy } from './scope.ts';

export type StoredRequest = RequestForMore & { readonly told: Uint8Array };
type Row = Omit<StoredRequest, 'askedAt'> & { askedAt: Date };

const columns = Prisma.sql`q.id::text as id, q.referral_id::text as "referralId", q.questions, q.template, q.told, q.state,
  q.asked_by as "askedBy", q.asked_at as "askedAt"`;
const requestOf = (row: Row): StoredRequest => ({ ...row, askedAt: fromDate(row.askedAt) });

/** What has been asked about a referral, oldest first; `told` is sealed under the referral's key. */
export const findRequests = async (tx: Tx, scope: Scope, referralId: string): Promise<StoredRequest[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from request_for_more q join referral r on r.id = q.referral_id
    where q.referral_id = ${referralId}::uuid and ${reachesReferral(scope)} order by q.asked_at, q.id`;
  return rows.map(requestOf);
};

/** One request, for whoever sent the notification and is to answer it. Throws NOT_FOUND. */
export const getRequestToAnswer = async (tx: Tx, scope: Scope, id: string): Promise<StoredRequest> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from request_for_more q join referral r on r.id = q.referral_id
      join notification n on n.id = r.notification_id
    where q.id = ${id}::uuid and ${sentBy(scope)}`;
  if (!rows[0]) throw new DomainError('NOT_FOUND');
  return requestOf(rows[0]);
};

export type OpenRequest = {
  readonly id: string;
  readonly referralId: string;
  readonly notificationId: string;
  readonly childPosition: number;
  readonly told: Uint8Array;
  readonly dueAt: Instant;
};

/** What this person is still asked about their own notifications, oldest first; none of closed matters. */
export const findOpenRequests = async (
  tx: Tx,
  scope: Scope,
  notificationIds: readonly string[],
): Promise<OpenRequest[]> => {
  const rows = await tx.$queryRaw<(Omit<OpenRequest, 'dueAt'> & { dueAt: Date })[]>`
    select q.id::text as id, r.id::text as "referralId", n.id::text as "notificationId",
      r.child_position as "childPosition", q.told, d.due_at as "dueAt"
    from request_for_more q join referral r on r.id = q.referral_id join notification n on n.id = r.notification_id
      join deadline d on d.referral_id = r.id and d.subject_id = q.id and d.state = 'running'
    where n.id = any(${notificationIds}::uuid[]) and ${sentBy(scope)} and q.state = 'open'
    order by q.asked_at, q.id`;
  return rows.map((row) => ({ ...row, dueAt: fromDate(row.dueAt) }));
};

/** `told` comes sealed. Throws STALE when the request was closed before. */
export const writeRequest = async (
  tx: Tx,
  _scope: Scope,
  change: RequestChange,
  seal: (slot: string, value: unknown) => Uint8Array,
  now: Instant,
): Promise<void> => {
  if (change.change === 'insert') {
    const told = seal(`request:${change.request.id}`, change.told);
    const row = JSON.stringify(toRow({ ...change.request, told }));
    await tx.$executeRaw`
      insert into request_for_more select x.* from jsonb_populate_record(null::request_for_more, ${row}::jsonb) x`;
    return;
  }
  const { id, as, additionId } = change;
  const count = await tx.$executeRaw`
    update request_for_more set state = ${as}, closed_at = ${toDate(now)}, addition_id = ${additionId}::uuid
    where id = ${id}::uuid and state = 'open'`;
  if (count !== 1) throw new DomainError('STALE');
};
