import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate } from './db.ts';
import { isOpenTo, reachesReferral } from './scope.ts';

export type LinkKind = 'same' | 'sibling';

/** All records of the child of `referralId`, reachable by its unit. */
const recordsOf = (scope: Scope, referralId: string) => sql`
  select child_records(r.child_id) as id from referral r where r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;

/** Records that resolve to no other. */
const isSurvivor = sql`not exists (select from child_link l
  where l.from_child_id = c.id and l.kind = 'same' and l.undone_at is null)`;

export type FoundRecord = {
  id: string;
  identity: string;
  sealed: Uint8Array;
  /** The record that was asked for, which the others of the same child stand beside. */
  askedId: string;
};

/**
 * The record that all records of a child resolve to: a known one first, then one that resolves to no other. By one of
 * its referrals' case number, by CPR, or by any of the records. Not limited by scope, so that two units' records of one
 * child can be found to be one; nothing but ids leaves the use case.
 */
export const findRecord = async (
  tx: Tx,
  _scope: Scope,
  by: { readonly childId?: string; readonly caseNumber?: string; readonly cprIndex?: Uint8Array },
): Promise<FoundRecord | null> => {
  const rows = await tx.$queryRaw<FoundRecord[]>`
    with asked as (
      select ${by.childId ?? null}::uuid as id where ${by.childId !== undefined}
      union all select r.child_id from referral r where r.case_number = ${by.caseNumber ?? null} and r.destroyed_at is null
      union all select c.id from child c where c.cpr_index = ${by.cprIndex ?? null}::bytea),
    records as (select a.id as asked, child_records(a.id) as id from asked a)
    select c.id::text as id, c.identity, c.sealed, r.asked::text as "askedId"
    from records r join child c on c.id = r.id
    order by (c.identity = 'known') desc, (${isSurvivor}) desc, c.id limit 1`;
  return rows[0] ?? null;
};

/**
 * Is the asker kept out of a case of this child, under whichever of its records? Then the child is not there for them to be
 * bound to another: two lists that meet let in whoever is on either.
 */
export const isKeptFrom = async (tx: Tx, scope: Scope, childId: string): Promise<boolean> => {
  const [row] = await tx.$queryRaw<{ kept: boolean }[]>`
    select exists (select from child_records(${childId}::uuid) k(id) join referral r on r.child_id = k.id
      where not ${isOpenTo(scope, sql`r.id`)}) as kept`;
  return row?.kept ?? false;
};

/**
 * The record that a referral's page shows: its own where that is known, so that no page shows what another unit wrote of
 * a child that it knows itself. `protectedAddress` if any of the child's records says so.
 */
export const findShownRecord = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
): Promise<{ id: string; identity: string; sealed: Uint8Array; protectedAddress: boolean } | null> => {
  const rows = await tx.$queryRaw<{ id: string; identity: string; sealed: Uint8Array; protectedAddress: boolean }[]>`
    with records as (${recordsOf(scope, referralId)})
    select c.id::text as id, c.identity, c.sealed,
      (select bool_or(p.protected_address) from child p where p.id in (select id from records)) as "protectedAddress"
    from child c where c.id in (select id from records)
    order by (c.identity = 'known') desc, exists (
      select from referral r where r.id = ${referralId}::uuid and r.child_id = c.id) desc, (${isSurvivor}) desc, c.id limit 1`;
  return rows[0] ?? null;
};

/**
 * Locks every record of the children of these, and of those named in the same notifications, whom a bar of one keeps out
 * of the cases of the other; in the order of their ids, so that what is said of them is said one after the other. New
 * referrals do not wait for it.
 */
export const lockRecords = async (tx: Tx, _scope: Scope, childIds: readonly string[]): Promise<void> => {
  await tx.$queryRaw`
    select from child where id in (
      select o.id from unnest(${childIds}::uuid[]) c(id)
        cross join lateral child_records(c.id) as k(id)
        cross join lateral (select k.id union all (select s.child_id from referral own
          join referral s on s.notification_id = own.notification_id where own.child_id = k.id offset 0)) o(id))
    order by id for no key update`;
};

export type NewLink = {
  readonly id: string;
  readonly kind: LinkKind;
  readonly from: string;
  readonly into: string;
  readonly referralId: string;
  readonly by: string;
};

/**
 * From the page of a referral that the scope reaches. The link binds the two records that were found to belong
 * together, not those that they resolve to, so that undoing another link takes nothing away from it. False when the two
 * children are linked so already.
 */
export const insertLink = async (tx: Tx, scope: Scope, link: NewLink, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    insert into child_link (id, kind, from_child_id, into_child_id, referral_id, made_at, made_by)
    select ${link.id}::uuid, ${link.kind}, ${link.from}::uuid, ${link.into}::uuid, r.id, ${toDate(now)}, ${link.by}
    from referral r where r.id = ${link.referralId}::uuid and ${reachesReferral(scope)}
      and not exists (
        select from child_records(${link.from}::uuid) one(id), child_records(${link.into}::uuid) two(id), child_link l
        where l.kind = ${link.kind} and l.undone_at is null
          and (l.from_child_id, l.into_child_id) in ((one.id, two.id), (two.id, one.id)))
    on conflict do nothing`;
  return count === 1;
};

/** Compare-and-set, for a link of the child of a referral that the scope reaches; false when there is none to undo. */
export const undoLink = async (
  tx: Tx,
  scope: Scope,
  undone: { readonly id: string; readonly referralId: string; readonly by: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update child_link l set undone_at = greatest(${toDate(now)}, l.made_at), undone_by = ${undone.by},
      undone_referral_id = ${undone.referralId}::uuid
    where l.id = ${undone.id}::uuid and l.undone_at is null
      and exists (select from (${recordsOf(scope, undone.referralId)}) own where own.id in (l.from_child_id, l.into_child_id))`;
  return count === 1;
};

export type ShownLink = {
  id: string;
  kind: LinkKind;
  madeAt: Instant;
  madeBy: string;
  referralId: string;
  /** The two records. */
  from: string;
  into: string;
};

/** What binds the records of a referral's child together, and to its siblings; oldest first. */
export const findLinks = async (tx: Tx, scope: Scope, referralId: string): Promise<ShownLink[]> => {
  const rows = await tx.$queryRaw<(Omit<ShownLink, 'madeAt'> & { madeAt: Date })[]>`
    with records as (${recordsOf(scope, referralId)})
    select l.id::text as id, l.kind, l.made_at as "madeAt", l.made_by as "madeBy", l.referral_id::text as "referralId",
      l.from_child_id::text as from, l.into_child_id::text as into
    from child_link l where l.undone_at is null
      and (l.from_child_id in (select id from records) or l.into_child_id in (select id from records))
    order by l.made_at, l.id`;
  return rows.map((r) => ({ ...r, madeAt: fromDate(r.madeAt) }));
};
