import type { Destroyable } from '#domain/destruction.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { sql, type Tx, toDate, toRows } from './db.ts';
import { demandSetup } from './setup.ts';

/** What goes with a case `r`: every case of the same notification, and of the same child under all of its records. */
const beside = sql`(
  select s.id from referral s where s.notification_id = r.notification_id
  union all select s.id from child_records(r.child_id) c(id) join referral s on s.child_id = c.id)`;

/**
 * Is a case `r` over by then, nothing said of it since, with nothing about it that somebody still owes or waits for, and no
 * case of the child in the case system?
 */
const isOver = (before: Instant) => sql`(r.destroyed_at is null and r.closed_at < ${toDate(before)}
  and r.changed_at < ${toDate(before)}
  and not exists (select from known_case k join child c on c.cpr_index = k.cpr_index where c.id = r.child_id)
  and not exists (select from feedback f where f.referral_id = r.id and f.state in ('awaiting-approval', 'given'))
  and not exists (select from receipt c where c.notification_id = r.notification_id and c.state = 'pending')
  and not exists (select from outbound_message m where m.state in ('queued', 'sending', 'deferred')
    and (m.referral_id = r.id or m.notification_id = r.notification_id))
  and not exists (select from attachment a where a.state in ('arriving', 'held')
    and (a.referral_id = r.id or a.notification_id = r.notification_id))
  and not exists (select from deadline d where d.referral_id = r.id and d.state = 'running')
  and not exists (select from task t where t.referral_id = r.id and t.done_at is null)
  and not exists (select from letter l where l.referral_id = r.id and l.state = 'open')
  and not exists (select from measure m where m.referral_id = r.id and m.state = 'running')
  and not exists (select from dispute d where d.referral_id = r.id and d.state = 'open')
  and not exists (select from handover h where h.referral_id = r.id and h.state = 'proposed')
  and not exists (select from request_for_more q where q.referral_id = r.id and q.state = 'open'))`;

/** Every record of the children of these cases, also one that a case was corrected away from. */
const recordsOf = (ids: readonly string[]) => sql`
  select k.id from referral g cross join lateral child_records(g.child_id) k(id) where g.id = any(${ids}::uuid[])
  union select (e.data ->> 'from')::uuid from case_event e
  where e.referral_id = any(${ids}::uuid[]) and e.kind in ('child-corrected', 'child-identified')`;

/**
 * In the order of every act: first the cases, by their ids, then the children. A new referral's foreign key waits for its
 * child, and so does whoever links one to another or names one.
 */
const lockAll = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.$queryRaw`select from referral where id = any(${ids}::uuid[]) order by id for update`;
  await tx.$queryRaw`select from child where id in (${recordsOf(ids)}) order by id for update`;
};

type Place = { readonly id: string; readonly closedAt: Date };

/** The next `most` that are over, in the order in which they were closed. */
const overAfter = (tx: Tx, before: Instant, most: number, after: Place | null): Promise<Place[]> => tx.$queryRaw`
  select r.id::text as id, r.closed_at as "closedAt" from referral r
  where ${isOver(before)} and ${after ? sql`(r.closed_at, r.id) > (${after.closedAt}, ${after.id}::uuid)` : sql`true`}
  order by r.closed_at, r.id limit ${most}`;

/** Of these, with all that goes with them, what no other case of the same record keeps. */
const goingWith = (tx: Tx, before: Instant, roots: readonly Place[]): Promise<Destroyable[]> => tx.$queryRaw`
  with recursive goes(root, id) as (
    select o.id, o.id from unnest(${roots.map(({ id }) => id)}::uuid[]) o(id)
    union select goes.root, o.id from goes join referral r on r.id = goes.id cross join lateral ${beside} o),
  stays as (
    select distinct goes.root from goes join referral r on r.id = goes.id where not ${isOver(before)})
  select r.id::text as id, r.case_number as "caseNumber", r.child_id::text as "childId",
    r.notification_id::text as "notificationId", r.event_count as "eventCount", r.head_hash as "headHash"
  from referral r where r.id in (select id from goes where root not in (select root from stays))`;

/** Page by page: however many of those that were closed first are kept by others, the next ones are found. */
const findGoing = async (tx: Tx, before: Instant, most: number): Promise<Destroyable[]> => {
  const going = new Map<string, Destroyable>();
  for (let after: Place | null = null; going.size < most; ) {
    const roots: Place[] = await overAfter(tx, before, most, after);
    for (const one of await goingWith(tx, before, roots)) going.set(one.id, one);
    after = roots.at(-1) ?? null;
    if (roots.length < most || !after) break;
  }
  return [...going.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/**
 * Cases whose whole record was over by then: a case stays while one that belongs with it does. At least the `most` that
 * were closed first, where there are so many, and what goes with them; in the order of their ids. `lock`: nothing of them
 * changes meanwhile.
 */
export const findDestroyable = async (
  tx: Tx,
  scope: Scope,
  { before, most, lock }: { readonly before: Instant; readonly most: number; readonly lock: boolean },
): Promise<Destroyable[]> => {
  demandSetup(scope);
  const found = () => findGoing(tx, before, most);
  if (!lock) return found();
  const locked = new Set((await found()).map(({ id }) => id));
  await lockAll(tx, [...locked]);
  // As it stands under the locks: what came before them is seen, what comes later waits.
  return (await found()).filter(({ id }) => locked.has(id));
};

/** How many notifications and files go with them. */
export const countWith = async (
  tx: Tx,
  scope: Scope,
  ids: readonly string[],
): Promise<{ notifications: number; files: number }> => {
  demandSetup(scope);
  const [counted] = await tx.$queryRaw<{ notifications: number; files: number }[]>`
    with gone as (select id, notification_id from referral where id = any(${ids}::uuid[]))
    select count(distinct notification_id)::int as notifications, (select count(*)::int from attachment a
      where a.state <> 'arriving' and (a.referral_id in (select id from gone)
        or a.notification_id in (select notification_id from gone))) as files
    from gone`;
  return counted ?? { notifications: 0, files: 0 };
};

type Head = { readonly id: string; readonly eventCount: number; readonly headHash: Uint8Array };

/**
 * Destroys the keys of everything that belongs to these cases, the parts of their files, and by what their children were
 * found. What stands sealed opens for nobody any more; the journal's hashes cover it as it stands, and hold. `heads` are
 * the ends of the journals with the line that says so. Whoever calls this has locked them.
 */
export const destroyRecords = async (tx: Tx, scope: Scope, heads: readonly Head[], now: Instant): Promise<void> => {
  demandSetup(scope);
  const ids = heads.map(({ id }) => id);
  await tx.$executeRaw`
    with gone as (select id, child_id, notification_id from referral where id = any(${ids}::uuid[])),
    files as (select a.id from attachment a join gone on gone.id = a.referral_id or gone.notification_id = a.notification_id),
    parts as (delete from attachment_part p using files where p.attachment_id = files.id),
    links as (delete from notifier_link l using gone where l.notification_id = gone.notification_id),
    records as (${recordsOf(ids)}),
    alone as (select id from records where not exists (
      select from referral o where o.child_id = records.id and o.destroyed_at is null and o.id not in (select id from gone))),
    children as (update child set identity = 'unknown', cpr_index = null where id in (select id from alone))
    delete from sealed_key where record_id in (
      select id from gone union select id from alone union select notification_id from gone
      union select id from files
      union select q.id from access_request q join gone on gone.id = q.referral_id union select a.id from notification_addition a
        join gone on gone.notification_id = a.notification_id)`;
  await tx.$executeRaw`
    update referral r set destroyed_at = ${toDate(now)}, changed_at = ${toDate(now)},
      state_version = r.state_version + 1, event_count = h.event_count, head_hash = h.head_hash
    from jsonb_populate_recordset(null::referral, ${JSON.stringify(toRows(heads))}::jsonb) h where r.id = h.id`;
};

/** Everything that stands open about a case, table by table; what is sealed is left to its own readers. */
export const readOpenRows = async (tx: Tx, scope: Scope, referralId: string): Promise<Record<string, unknown>> => {
  demandSetup(scope);
  const all = (table: string) => sql`(select coalesce(jsonb_agg(to_jsonb(x) - 'told' - 'review' - 'document'), '[]')
    from ${Prisma.raw(table)} x where x.referral_id = r.id)`;
  const [row] = await tx.$queryRaw<{ rows: Record<string, unknown> }[]>`
    select jsonb_build_object(
      'case', to_jsonb(r) - 'head_hash',
      'notification', (select to_jsonb(n) - 'sealed' from notification n where n.id = r.notification_id),
      'receipt', (select to_jsonb(c) from receipt c where c.notification_id = r.notification_id),
      'owners', ${all('ownership')}, 'clocks', ${all('deadline')}, 'handovers', ${all('handover')},
      'disputes', ${all('dispute')}, 'measures', ${all('measure')}, 'feedback', ${all('feedback')},
      'questions', ${all('request_for_more')}, 'insight', ${all('access_request')}, 'letters', ${all('letter')}) as rows
    from referral r where r.id = ${referralId}::uuid`;
  return row?.rows ?? {};
};

/** Sentences that were told to the notifier, sealed under the case's key in a slot of their own. */
export const findTold = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
): Promise<{ id: string; slot: string; told: Uint8Array }[]> => {
  demandSetup(scope);
  return tx.$queryRaw`
    select f.id::text as id, 'feedback:' || f.id as slot, f.told from feedback f where f.referral_id = ${referralId}::uuid
    union all select q.id::text, 'request:' || q.id, q.told from request_for_more q
    where q.referral_id = ${referralId}::uuid`;
};
