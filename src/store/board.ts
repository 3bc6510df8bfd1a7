import type { Dispute } from '#domain/ownership.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate } from './db.ts';
import { disputeColumns, toDispute } from './matters.ts';
import { isOpenTo, reachesDispute, reachesReferralInvolved, wasDeclined, wasOf } from './scope.ts';
import type { Cursor } from './worklist.ts';

type Sides = {
  readonly caseNumber: string;
  readonly ownerUnit: string;
  /** Of the hand-over that it is about. */
  readonly handover: { readonly from: string; readonly to: string } | null;
  /** How often a unit has refused the work, or had it proposed back to it. */
  readonly turns: number;
};
type Row = Parameters<typeof toDispute>[0] & Sides;
export type BoardRow = Dispute & Sides;

/** All open disputes and escalations within reach, in no order. */
export const findOpenDisputes = async (tx: Tx, scope: Scope): Promise<BoardRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${disputeColumns}, r.case_number as "caseNumber", r.owner_unit_id as "ownerUnit",
      case when h.id is not null then jsonb_build_object('from', h.from_unit_id, 'to', h.to_unit_id) end as handover,
      (select count(*)::int from handover t where t.referral_id = d.referral_id
        and (t.back or ${wasDeclined(sql`t`)})) as turns
    from dispute d join referral r on r.id = d.referral_id left join handover h on h.id = d.handover_id
    where d.state = 'open' and ${reachesDispute(scope)}`;
  return rows.map((row) => ({
    ...toDispute(row),
    caseNumber: row.caseNumber,
    ownerUnit: row.ownerUnit,
    handover: row.handover,
    turns: row.turns,
  }));
};

export type HandedRow = {
  readonly id: string;
  readonly referralId: string;
  readonly caseNumber: string;
  readonly acute: boolean;
  readonly from: string;
  readonly to: string;
  readonly proposedAt: Instant;
  readonly dueAt: Instant;
};

/** Hand-overs that wait for an answer of the scope's units, due first on top. Keyset by (answer due, id). */
export const findHandedOver = async (
  tx: Tx,
  scope: Scope,
  { cursor, limit }: { cursor: Cursor | null; limit: number },
): Promise<HandedRow[]> => {
  const units = scope.unitIds === 'all' ? [] : scope.unitIds;
  const beyond = cursor ? sql`(k.due_at, h.id) > (${toDate(cursor.at)}, ${cursor.id}::uuid)` : sql`true`;
  const rows = await tx.$queryRaw<(Omit<HandedRow, 'proposedAt' | 'dueAt'> & { proposedAt: Date; dueAt: Date })[]>`
    select h.id::text as id, h.referral_id::text as "referralId", r.case_number as "caseNumber", r.acute,
      h.from_unit_id as from, h.to_unit_id as to, h.proposed_at as "proposedAt", k.due_at as "dueAt"
    from handover h join referral r on r.id = h.referral_id
    join deadline k on k.referral_id = h.referral_id and k.kind = 'handover' and k.subject_id = h.id
    where h.state = 'proposed' and h.to_unit_id = any(${units}::text[]) and ${beyond}
      and ${isOpenTo(scope, sql`h.referral_id`)}
    order by k.due_at, h.id limit ${limit}`;
  return rows.map((r) => ({ ...r, proposedAt: fromDate(r.proposedAt), dueAt: fromDate(r.dueAt) }));
};

/** How many of both wait for the scope's units, each counted to `cap` + 1. */
export const countMatters = async (
  tx: Tx,
  scope: Scope,
  cap: number,
): Promise<{ readonly handed: number; readonly dispute: number }> => {
  const units = scope.unitIds === 'all' ? [] : scope.unitIds;
  const [counts] = await tx.$queryRaw<{ handed: number; dispute: number }[]>`
    select
      (select count(*)::int from (select from handover h
        where h.state = 'proposed' and h.to_unit_id = any(${units}::text[])
          and ${isOpenTo(scope, sql`h.referral_id`)} limit ${cap + 1}) x) as handed,
      (select count(*)::int from (select from dispute d join referral r on r.id = d.referral_id
        where d.state = 'open' and d.kind = 'dispute' and ${reachesDispute(scope)} limit ${cap + 1}) x) as dispute`;
  return counts ?? { handed: 0, dispute: 0 };
};

export type MatterRow = {
  readonly seq: number;
  readonly kind: string;
  readonly at: Instant;
  readonly actorId: string | null;
  readonly data: Record<string, unknown>;
  readonly sealed: Uint8Array | null;
};
type StoredMatterRow = Omit<MatterRow, 'at'> & { at: Date };

const toMatterRow = (row: StoredMatterRow): MatterRow => ({ ...row, at: fromDate(row.at) });

const OF_MATTER = [
  'handover-proposed',
  'handover-declined',
  'handover-accepted',
  'handover-withdrawn',
  'handover-closed',
  'dispute-raised',
  'escalated',
  'dispute-claimed',
  'settlement-proposed',
  'settlement-agreed',
  'dispute-settled',
  'dispute-withdrawn',
  'escalation-ended',
  'step-begun',
  'climbed-early',
  'meeting-called',
  'meeting-cancelled',
  'meeting-held',
  'dissent-recorded',
  'ladder-changed',
];

const matterColumns = sql`e.seq, e.kind, e.registered_at as at, e.actor_id as "actorId", e.data, e.sealed`;

/** What was said and done about a referral's ownership, oldest first: the part of its journal that both sides see. */
export const findMatterEvents = async (tx: Tx, scope: Scope, referralId: string): Promise<MatterRow[]> => {
  const rows = await tx.$queryRaw<StoredMatterRow[]>`
    select ${matterColumns} from case_event e join referral r on r.id = e.referral_id
    where e.referral_id = ${referralId}::uuid and ${reachesReferralInvolved(scope)} and e.kind = any(${OF_MATTER}::text[])
    order by e.seq`;
  return rows.map(toMatterRow);
};

const ENDINGS = [
  'handover-declined',
  'handover-accepted',
  'handover-withdrawn',
  'handover-closed',
  'settlement-proposed',
  'dispute-settled',
  'dispute-withdrawn',
  'escalation-ended',
  'dissent-recorded',
];

export type Ending = {
  readonly caseNumber: string;
  readonly childId: string;
  /** Who owns it now. */
  readonly ownerUnit: string;
  /** How it ended, oldest first, the settlements proposed before, and the dissent after. */
  readonly events: readonly MatterRow[];
};

/** How an ended hand-over or dispute came out, for those who were a side of it. Null when it is not theirs. */
export const findEnding = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
  of: { readonly handoverId: string | null; readonly disputeId: string | null },
): Promise<Ending | null> => {
  const { dispute, handover } = wasOf(scope);
  const [found] = await tx.$queryRaw<Omit<Ending, 'events'>[]>`
    select r.case_number as "caseNumber", r.child_id::text as "childId", r.owner_unit_id as "ownerUnit"
    from referral r where r.id = ${referralId}::uuid and (
      exists (select from dispute d where d.id = ${of.disputeId}::uuid and d.referral_id = r.id and ${dispute})
      or exists (select from handover h where h.id = ${of.handoverId}::uuid and h.referral_id = r.id and ${handover}))`;
  if (!found) return null;
  const events = await tx.$queryRaw<StoredMatterRow[]>`
    select ${matterColumns} from case_event e
    where e.referral_id = ${referralId}::uuid and e.kind = any(${ENDINGS}::text[])
      and (e.data ->> 'dispute' = ${of.disputeId} or e.data ->> 'handover' = ${of.handoverId})
    order by e.seq`;
  return { ...found, events: events.map(toMatterRow) };
};
