import { DomainError } from '#domain/errors.ts';
import type { DisputeChange, HandoverChange } from '#domain/ownership.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { sql, type Tx, toDate, toRows } from './db.ts';
import { administers, isOpenTo } from './scope.ts';

const demandSystem = (scope: Scope): void => {
  if (scope.unitIds !== 'all') throw new DomainError('OUT_OF_SCOPE');
};

/** Open referrals that the units own, answer for, assess, are a side of what is open about, have declined, or are proposed to get. */
const concerns = (units: readonly string[]) => sql`
  select id from referral where owner_unit_id = any(${units}::text[]) and closed_at is null
  union select id from referral
    where responsible_unit_id = any(${units}::text[]) and responsible_unit_id <> owner_unit_id and closed_at is null
  union select id from referral where assessment_unit_id = any(${units}::text[]) and closed_at is null
  union select referral_id from handover where state = 'proposed'
    and (to_unit_id = any(${units}::text[]) or from_unit_id = any(${units}::text[])
      or exists (select from jsonb_array_elements(chain) said where said ->> 'unit' = any(${units}::text[])))
  union select referral_id from dispute where state = 'open'
    and (party_unit_ids && ${units}::text[] or proposal ->> 'owner' = any(${units}::text[]))`;

type Concerned = { id: string; childAge: number | null };

/** What concerns the units, in order, after `after`; the system's own, and an administrator's to count. */
export const findConcerned = async (
  tx: Tx,
  scope: Scope,
  q: { readonly units: readonly string[]; readonly after: string | null; readonly limit: number },
): Promise<Concerned[]> => {
  if (!administers(scope)) return [];
  return tx.$queryRaw<Concerned[]>`
    select c.id::text as id, r.child_age as "childAge" from (${concerns(q.units)}) c join referral r on r.id = c.id
    where ${q.after === null ? sql`true` : sql`c.id > ${q.after}::uuid`} order by c.id limit ${q.limit}`;
};

type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * Writes what follows for many referrals that are locked: owner, state by compare-and-set, open ownership, sides of what
 * is open. Throws STALE, OUT_OF_SCOPE.
 */
export const writeFollowed = async (
  tx: Tx,
  scope: Scope,
  rows: {
    readonly referrals: Rows;
    readonly ownerships: Rows;
    readonly handovers: readonly HandoverChange[];
    readonly disputes: readonly (DisputeChange & { readonly at: Instant })[];
  },
): Promise<void> => {
  demandSystem(scope);
  const json = (list: Rows): string => JSON.stringify(toRows(list));
  const owned = json(rows.ownerships);
  const ended = await tx.$executeRaw`
    update ownership o set ended_at = greatest(o.started_at, x.started_at)
    from jsonb_populate_recordset(null::ownership, ${owned}::jsonb) x
    where o.referral_id = x.referral_id and o.ended_at is null`;
  if (ended !== rows.ownerships.length) throw new DomainError('STALE');
  await tx.$executeRaw`
    insert into ownership select x.* from jsonb_populate_recordset(null::ownership, ${owned}::jsonb) x`;
  const written = await tx.$executeRaw`
    update referral r set status = x.status, owner_unit_id = x.owner_unit_id, responsible_unit_id = x.responsible_unit_id,
      provisional_rule = x.provisional_rule, handler_id = x.handler_id, assessment_unit_id = x.assessment_unit_id,
      staying_person_id = x.staying_person_id, acknowledged_at = x.acknowledged_at, next_due_at = x.next_due_at,
      changed_at = x.changed_at, state_version = r.state_version + 1, event_count = x.event_count, head_hash = x.head_hash
    from jsonb_populate_recordset(null::referral, ${json(rows.referrals)}::jsonb) x
    where r.id = x.id and r.state_version = x.state_version`;
  const handed = rows.handovers.map(({ was, is: { from, to, ...rest } }) => ({
    ...rest,
    was,
    fromUnitId: from,
    toUnitId: to,
  }));
  const sided = await tx.$executeRaw`
    update handover h set state = x.state, from_unit_id = x.from_unit_id, to_unit_id = x.to_unit_id, chain = x.chain
    from jsonb_to_recordset(${json(handed)}::jsonb)
      as x(id uuid, was text, state text, from_unit_id text, to_unit_id text, chain jsonb)
    where h.id = x.id and h.state = x.was`;
  const disputed = rows.disputes.map(({ was, is, at }) => ({
    ...is,
    was,
    partyUnitIds: is.parties.map(({ unit }) => unit),
    endedAt: is.state === 'open' ? null : at,
  }));
  const settled = await tx.$executeRaw`
    update dispute d set state = x.state, ended_at = x.ended_at, raised_by = x.raised_by, parties = x.parties,
      party_unit_ids = array(select jsonb_array_elements_text(x.party_unit_ids)), proposal = x.proposal, meeting = x.meeting
    from jsonb_to_recordset(${json(disputed)}::jsonb) as x(id uuid, was text, state text, ended_at timestamptz,
      raised_by text, parties jsonb, party_unit_ids jsonb, proposal jsonb, meeting jsonb)
    where d.id = x.id and d.state = x.was`;
  const all = written === rows.referrals.length && sided === handed.length && settled === disputed.length;
  if (!all) throw new DomainError('STALE');
};

/**
 * Open tasks and unsent drafts of closing units go along; `to`: unit → unit. A task about a referral that went to one of
 * `parts` goes there with it. Answers how many of each.
 */
export const moveLooseEnds = async (
  tx: Tx,
  scope: Scope,
  to: Readonly<Record<string, string>>,
  parts: readonly string[],
): Promise<{ tasks: number; drafts: number }> => {
  demandSystem(scope);
  const map = JSON.stringify(to);
  const tasks = await tx.$executeRaw`
    update task t set unit_id = coalesce((select r.owner_unit_id from referral r
      where r.id = t.referral_id and r.owner_unit_id = any(${parts}::text[])), m.value)
    from jsonb_each_text(${map}::jsonb) m where t.unit_id = m.key and t.done_at is null`;
  const drafts = await tx.$executeRaw`
    update draft d set unit_id = m.value from jsonb_each_text(${map}::jsonb) m
    where d.unit_id = m.key and d.notification_id is null`;
  return { tasks, drafts };
};

export type UnitCounts = {
  unit: string;
  owned: number;
  assessing: number;
  tasks: number;
  drafts: number;
  shifts: number;
};

/** How much of each sort the units have now; numbers only, for administrators. */
export const countUnitWork = async (
  tx: Tx,
  scope: Scope,
  units: readonly string[],
  now: Instant,
): Promise<UnitCounts[]> => {
  if (!administers(scope)) return [];
  return tx.$queryRaw<UnitCounts[]>`
    select u.id as unit,
      (select count(*)::int from referral r where r.owner_unit_id = u.id and r.closed_at is null) as owned,
      (select count(*)::int from referral r where r.assessment_unit_id = u.id and r.closed_at is null) as assessing,
      (select count(*)::int from task t where t.unit_id = u.id and t.done_at is null) as tasks,
      (select count(*)::int from draft d where d.unit_id = u.id and d.notification_id is null) as drafts,
      (select count(*)::int from duty_shift s where s.unit_id = u.id and s.until_at > ${toDate(now)}) as shifts
    from unnest(${units}::text[]) u(id) order by u.id`;
};

export type OpenSides = {
  id: string;
  childAge: number | null;
  caseNumber: string;
  what: 'handover' | 'dispute' | 'escalation';
  units: string[];
};

/** Open hand-overs, disputes and escalations that name one of the units: case number and sides, no more. */
export const findUnitMatters = async (
  tx: Tx,
  scope: Scope,
  units: readonly string[],
  limit: number,
): Promise<OpenSides[]> => {
  if (!administers(scope)) return [];
  return tx.$queryRaw<OpenSides[]>`
    select r.id::text as id, r.child_age as "childAge", r.case_number as "caseNumber", m.what, m.units from (
      select referral_id, 'handover' as what, array[from_unit_id, to_unit_id] as units from handover
      where state = 'proposed' and (to_unit_id = any(${units}::text[]) or from_unit_id = any(${units}::text[]))
      union all select referral_id, kind, party_unit_ids from dispute
      where state = 'open' and (party_unit_ids && ${units}::text[] or proposal ->> 'owner' = any(${units}::text[]))) m
    join referral r on r.id = m.referral_id where ${isOpenTo(scope, sql`r.id`)} order by r.case_number, m.what limit ${limit}`;
};

type SealedSource = {
  referralId: string;
  childPosition: number;
  notificationId: string | null;
  notificationSealed: Uint8Array | null;
  childId: string;
  childSealed: Uint8Array;
};

/** Where these referrals' addresses stand, sealed: only the rule of a split looks, and only where each goes comes out. */
export const findAddressSources = async (tx: Tx, scope: Scope, ids: readonly string[]): Promise<SealedSource[]> => {
  if (!administers(scope)) return [];
  return tx.$queryRaw<SealedSource[]>`
    select r.id::text as "referralId", r.child_position as "childPosition", r.notification_id::text as "notificationId",
      n.sealed as "notificationSealed", c.id::text as "childId", c.sealed as "childSealed"
    from referral r join child c on c.id = r.child_id left join notification n on n.id = r.notification_id
    where r.id = any(${ids}::uuid[])`;
};
