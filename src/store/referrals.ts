import { DomainError } from '#domain/errors.ts';
import type { Patch, Referral, RunningClock, Status } from '#domain/referral.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import { fromDate, fromDateOrNull, sql, type Tx, toDate, toPatch, toRows } from './db.ts';
import { closedTo, isOpenTo, reachesReferral, reachesReferralInvolved, reachesReferralOnceInvolved } from './scope.ts';

type Row = Omit<
  Referral,
  'receivedAt' | 'registeredAt' | 'changedAt' | 'acknowledgedAt' | 'assessedAt' | 'closedAt' | 'clocks' | 'status'
> & {
  status: Status;
  receivedAt: Date;
  registeredAt: Date;
  changedAt: Date;
  acknowledgedAt: Date | null;
  assessedAt: Date | null;
  closedAt: Date | null;
};

const columns = sql`
  r.id::text as id, r.case_number as "caseNumber", r.matter, r.notification_id::text as "notificationId",
  r.child_id::text as "childId", r.child_position as "childPosition", r.child_age as "childAge", r.status, r.acute,
  r.need, r.responsible_unit_id as "responsibleUnit", r.owner_unit_id as "ownerUnit",
  r.provisional_rule as "provisionalRule", r.handler_id as "handlerId", r.assessment_unit_id as "assessmentUnit",
  r.staying_person_id as "stayingPerson", r.reassessor_id as reassessor, n.sender_person_id as "senderPersonId",
  n.language as "notifierLanguage",
  ${closedTo},
  r.received_at as "receivedAt", r.registered_at as "registeredAt", r.acknowledged_at as "acknowledgedAt",
  r.assessed_at as "assessedAt", r.decision, r.examination, r.closed_at as "closedAt", r.changed_at as "changedAt", r.state_version as "stateVersion",
  r.event_count as "eventCount", r.head_hash as "headHash"`;

type ClockRow = Omit<RunningClock, 'startedAt' | 'dueAt' | 'alarmAt'> & {
  referralId: string;
  startedAt: Date;
  dueAt: Date;
  alarmAt: Date | null;
};

const runningClocks = async (tx: Tx, referralIds: readonly string[]) => {
  const rows = await tx.$queryRaw<ClockRow[]>`
    select id::text as id, referral_id::text as "referralId", kind, subject_id::text as "subjectId", acute,
      started_at as "startedAt", due_at as "dueAt", derivation, next_alarm_at as "alarmAt", next_stage as stage
    from deadline where referral_id = any(${referralIds}::uuid[]) and state = 'running' order by due_at, kind, subject_id`;
  return rows.map((c) => ({
    ...c,
    startedAt: fromDate(c.startedAt),
    dueAt: fromDate(c.dueAt),
    alarmAt: fromDateOrNull(c.alarmAt),
  }));
};

const toReferral = (row: Row, clocks: readonly RunningClock[]): Referral => ({
  ...row,
  receivedAt: fromDate(row.receivedAt),
  registeredAt: fromDate(row.registeredAt),
  changedAt: fromDate(row.changedAt),
  acknowledgedAt: fromDateOrNull(row.acknowledgedAt),
  assessedAt: fromDateOrNull(row.assessedAt),
  closedAt: fromDateOrNull(row.closedAt),
  clocks,
});

/** Reads a referral for display; null also for what is out of scope. */
export const findReferral = async (tx: Tx, scope: Scope, id: string): Promise<Referral | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from referral r left join notification n on n.id = r.notification_id
    where r.id = ${id}::uuid and ${reachesReferral(scope)}`;
  return rows[0] ? toReferral(rows[0], await runningClocks(tx, [id])) : null;
};

/** The same; throws NOT_FOUND. */
export const getReferral = async (tx: Tx, scope: Scope, id: string): Promise<Referral> => {
  const referral = await findReferral(tx, scope, id);
  if (!referral) throw new DomainError('NOT_FOUND');
  return referral;
};

/** The row under its lock, where `reached` and there. Throws NOT_FOUND. */
const lockRow = async (tx: Tx, id: string, reached: Prisma.Sql): Promise<Row> => {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${columns} from referral r left join notification n on n.id = r.notification_id
    where r.id = ${id}::uuid and ${reached} and r.destroyed_at is null for update of r`;
  if (!row) throw new DomainError('NOT_FOUND');
  // Whoever waited for the lock saw who is barred as it was before the wait: that stands in other tables, and is read anew.
  const [closed] = await tx.$queryRaw<Pick<Row, 'barred' | 'restricted'>[]>`
    select ${closedTo} from referral r where r.id = ${id}::uuid`;
  return { ...row, ...closed };
};

/**
 * The same under the row lock that the journal's chain and every state change need; also for its sender
 * and for the other sides of a hand-over or dispute. One that was destroyed nobody locks, the system neither.
 */
export const lockReferral = async (tx: Tx, scope: Scope, id: string): Promise<Referral> =>
  toReferral(await lockRow(tx, id, reachesReferralInvolved(scope)), await runningClocks(tx, [id]));

/** Many at once, in the order of their ids, so that two who lock many cannot deadlock; the system's own. */
export const lockReferrals = async (tx: Tx, scope: Scope, ids: readonly string[]): Promise<Referral[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from referral r left join notification n on n.id = r.notification_id
    where r.id = any(${ids}::uuid[]) and ${scope.unitIds === 'all'} and r.destroyed_at is null
    order by r.id for update of r`;
  const clocks = await runningClocks(
    tx,
    rows.map(({ id }) => id),
  );
  const of = Map.groupBy(clocks, ({ referralId }) => referralId);
  return rows.map((row) => toReferral(row, of.get(row.id) ?? []));
};

/** The same for whoever was a side of a dispute that has ended, who may add to its record and change nothing. */
export const lockEndedReferral = async (tx: Tx, scope: Scope, id: string): Promise<Referral> =>
  toReferral(await lockRow(tx, id, reachesReferralOnceInvolved(scope)), []);

/** For the other sides of a hand-over or dispute; the content of the case stays with its unit. */
export const findInvolvedReferral = async (tx: Tx, scope: Scope, id: string): Promise<Referral | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from referral r left join notification n on n.id = r.notification_id
    where r.id = ${id}::uuid and ${reachesReferralInvolved(scope)}`;
  return rows[0] ? toReferral(rows[0], await runningClocks(tx, [id])) : null;
};

/** The notifier's way to a referral of their own; null for everybody else. */
export const findOwnReferral = async (tx: Tx, scope: Scope, id: string): Promise<Referral | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from referral r join notification n on n.id = r.notification_id
    where r.id = ${id}::uuid and n.sender_person_id = ${scope.personId} and r.destroyed_at is null`;
  return rows[0] ? toReferral(rows[0], []) : null;
};

/** Inquiries that this person registered, newest first, with the instant since when their owner has them. No clocks. */
export const findRegisteredInquiries = async (
  tx: Tx,
  scope: Scope,
  limit: number,
): Promise<(Referral & { readonly since: Instant })[]> => {
  const rows = await tx.$queryRaw<(Row & { since: Date })[]>`
    select ${columns}, o.started_at as since
    from case_event e join referral r on r.id = e.referral_id
    join ownership o on o.referral_id = r.id and o.ended_at is null
    left join notification n on n.id = r.notification_id
    where e.kind = 'inquiry-registered' and e.actor_id = ${scope.personId} and ${isOpenTo(scope, sql`r.id`)}
      and r.destroyed_at is null
    order by e.registered_at desc, r.id limit ${limit}`;
  return rows.map(({ since, ...row }) => ({ ...toReferral(row, []), since: fromDate(since) }));
};

const PATCH_COLUMNS: Record<keyof Patch, string> = {
  status: 'status',
  acute: 'acute',
  need: 'need',
  responsibleUnit: 'responsibleUnitId',
  ownerUnit: 'ownerUnitId',
  provisionalRule: 'provisionalRule',
  handlerId: 'handlerId',
  assessmentUnit: 'assessmentUnitId',
  stayingPerson: 'stayingPersonId',
  reassessor: 'reassessorId',
  acknowledgedAt: 'acknowledgedAt',
  assessedAt: 'assessedAt',
  decision: 'decision',
  examination: 'examination',
  closedAt: 'closedAt',
  closeReason: 'closeReason',
  childAge: 'childAge',
};

export type ReferralUpdate = {
  readonly id: string;
  readonly expectedVersion: number;
  readonly raise: boolean;
  readonly patch: Patch;
  readonly nextDueAt: Instant;
  readonly at: Instant;
  readonly eventCount: number;
  readonly headHash: Uint8Array;
};

/** Compare-and-set on the state version. Throws STALE when somebody else was first. */
export const updateReferral = async (tx: Tx, scope: Scope, u: ReferralUpdate): Promise<void> => {
  const named = Object.entries(u.patch).map(([k, v]) => [PATCH_COLUMNS[k as keyof Patch], v]);
  const row = toPatch(Object.fromEntries(named));
  const count = await tx.$executeRaw`
    update referral r set
      status = p.status, acute = p.acute, need = p.need, responsible_unit_id = p.responsible_unit_id,
      owner_unit_id = p.owner_unit_id, provisional_rule = p.provisional_rule, handler_id = p.handler_id,
      assessment_unit_id = p.assessment_unit_id, staying_person_id = p.staying_person_id,
      acknowledged_at = p.acknowledged_at, assessed_at = p.assessed_at, decision = p.decision,
      examination = p.examination, closed_at = p.closed_at, close_reason = p.close_reason,
      child_age = p.child_age, reassessor_id = p.reassessor_id, next_due_at = ${toDate(u.nextDueAt)}, changed_at = ${toDate(u.at)},
      state_version = r.state_version + ${u.raise ? 1 : 0}, event_count = ${u.eventCount}, head_hash = ${u.headHash}
    from referral old, lateral jsonb_populate_record(old, ${JSON.stringify(row)}::jsonb) p
    where r.id = ${u.id}::uuid and old.id = r.id and r.state_version = ${u.expectedVersion}
      and ${reachesReferralInvolved(scope)}`;
  if (count !== 1) throw new DomainError('STALE');
};

/** Ends the open ownership and opens the next at the same instant: there is no time between. */
export const moveOwnership = async (
  tx: Tx,
  scope: Scope,
  move: {
    id: string;
    referralId: string;
    unitId: string;
    provisionalRule: string | null;
    reason: string;
    countsAsMove: boolean;
  },
  now: Instant,
): Promise<void> => {
  const ended = await tx.$executeRaw`
    update ownership o set ended_at = ${toDate(now)} from referral r
    where o.referral_id = ${move.referralId}::uuid and o.ended_at is null and r.id = o.referral_id
      and ${reachesReferralInvolved(scope)}`;
  if (ended !== 1) throw new DomainError('NOT_FOUND');
  await tx.$executeRaw`
    insert into ownership (id, referral_id, unit_id, provisional_rule, reason, counts_as_move, started_at)
    values (${move.id}::uuid, ${move.referralId}::uuid, ${move.unitId}, ${move.provisionalRule}, ${move.reason},
      ${move.countsAsMove}, ${toDate(now)})`;
};

/** New heads of chains whose referrals are locked; the state version stays, because no state changed. */
export const setHeads = async (
  tx: Tx,
  scope: Scope,
  heads: readonly { id: string; eventCount: number; headHash: Uint8Array }[],
  at: Instant,
): Promise<void> => {
  await tx.$executeRaw`
    update referral r set event_count = h.event_count, head_hash = h.head_hash, changed_at = greatest(r.changed_at, ${toDate(at)})
    from jsonb_to_recordset(${JSON.stringify(toRows(heads))}::jsonb) as h(id uuid, event_count int, head_hash bytea)
    where r.id = h.id and ${reachesReferralOnceInvolved(scope)}`;
};
