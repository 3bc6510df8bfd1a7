import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

export type AccessState = 'open' | 'released' | 'withdrawn';
export type AccessRequest = {
  id: string;
  referralId: string;
  state: AccessState;
  receivedAt: Instant;
  openedAt: Instant;
  openedBy: string;
  closedAt: Instant | null;
  closedBy: string | null;
  review: Uint8Array;
  document: Uint8Array | null;
};

type Row = Omit<AccessRequest, 'receivedAt' | 'openedAt' | 'closedAt'> & {
  receivedAt: Date;
  openedAt: Date;
  closedAt: Date | null;
};

const requestOf = (row: Row): AccessRequest => ({
  ...row,
  receivedAt: fromDate(row.receivedAt),
  openedAt: fromDate(row.openedAt),
  closedAt: fromDateOrNull(row.closedAt),
});

const columns = Prisma.sql`q.id::text as id, q.referral_id::text as "referralId", q.state, q.received_at as "receivedAt",
  q.opened_at as "openedAt", q.opened_by as "openedBy", q.closed_at as "closedAt", q.closed_by as "closedBy", q.review,
  q.document`;

/** Of a referral that the scope reaches, the newest first. */
export const findAccessRequests = async (tx: Tx, scope: Scope, referralId: string): Promise<AccessRequest[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from access_request q join referral r on r.id = q.referral_id
    where q.referral_id = ${referralId}::uuid and ${reachesReferral(scope)} order by q.opened_at desc, q.id desc`;
  return rows.map(requestOf);
};

/** From the page of a referral that the scope reaches and the transaction has locked. Throws NOT_FOUND. */
export const insertAccessRequest = async (
  tx: Tx,
  scope: Scope,
  q: { id: string; referralId: string; receivedAt: Instant; openedBy: string; review: Uint8Array },
  now: Instant,
): Promise<void> => {
  const count = await tx.$executeRaw`
    insert into access_request (id, referral_id, state, received_at, opened_at, opened_by, review)
    select ${q.id}::uuid, r.id, 'open', ${toDate(q.receivedAt)}, ${toDate(now)}, ${q.openedBy}, ${q.review}
    from referral r where r.id = ${q.referralId}::uuid and ${reachesReferral(scope)}`;
  if (count !== 1) throw new DomainError('NOT_FOUND');
};

/** `q` is an open one of a referral that the scope reaches. */
const openWithin = (scope: Scope, id: string): Prisma.Sql => Prisma.sql`q.id = ${id}::uuid and q.state = 'open'
  and exists (select from referral r where r.id = q.referral_id and ${reachesReferral(scope)})`;

/** While it is open. Throws STALE. */
export const updateAccessReview = async (
  tx: Tx,
  scope: Scope,
  { id, review }: { readonly id: string; readonly review: Uint8Array },
): Promise<void> => {
  const count = await tx.$executeRaw`
    update access_request q set review = ${review} where ${openWithin(scope, id)}`;
  if (count !== 1) throw new DomainError('STALE');
};

/** With a document it is released, without one withdrawn. Throws STALE. */
export const closeAccessRequest = async (
  tx: Tx,
  scope: Scope,
  q: { readonly id: string; readonly document: Uint8Array | null; readonly by: string },
  now: Instant,
): Promise<void> => {
  const count = await tx.$executeRaw`
    update access_request q set state = ${q.document ? 'released' : 'withdrawn'}, document = ${q.document},
      closed_at = ${toDate(now)}, closed_by = ${q.by}
    where ${openWithin(scope, q.id)}`;
  if (count !== 1) throw new DomainError('STALE');
};

/** All cases of the referral's child, oldest first; `reached`: the scope reaches it, too. */
export const findCasesOfChild = (
  tx: Tx,
  scope: Scope,
  referralId: string,
): Promise<{ id: string; ownerUnit: string; reached: boolean }[]> =>
  tx.$queryRaw`
    select o.id::text as id, o.owner_unit_id as "ownerUnit",
      exists (select from referral r where r.id = o.id and ${reachesReferral(scope)}) as reached
    from referral asked cross join lateral child_records(asked.child_id) c(id) join referral o on o.child_id = c.id
    where asked.id = ${referralId}::uuid and exists (
      select from referral r where r.id = asked.id and ${reachesReferral(scope)})
    order by o.received_at, o.id`;
