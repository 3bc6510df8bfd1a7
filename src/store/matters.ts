import { DomainError } from '#domain/errors.ts';
import type { Dispute, DisputeChange, Handover, HandoverChange, OpenMatters, Party } from '#domain/ownership.ts';
import type { Scope } from '#domain/scope.ts';
import { type Instant, instant } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate, toRow } from './db.ts';
import { administers, reachesReferralInvolved, wasOf } from './scope.ts';

type HandoverRow = Omit<Handover, 'proposedAt'> & { proposedAt: Date };
type DisputeRow = Omit<Dispute, 'raisedAt' | 'stepStartedAt' | 'stepEndsAt'> & {
  raisedAt: Date;
  stepStartedAt: Date;
  stepEndsAt: Date;
};

const withDates = (row: Parsed<DisputeRow>): DisputeRow => ({
  ...row,
  raisedAt: new Date(row.raisedAt),
  stepStartedAt: new Date(row.stepStartedAt),
  stepEndsAt: new Date(row.stepEndsAt),
});

const handoverColumns = sql`h.id::text as id, h.referral_id::text as "referralId", h.from_unit_id as "from",
  h.to_unit_id as "to", h.state, h.proposed_at as "proposedAt", h.back, h.chain`;
export const disputeColumns = sql`d.id::text as id, d.referral_id::text as "referralId", d.kind, d.awaited,
  d.handover_id::text as "handoverId", d.acute, d.step, d.raised_at as "raisedAt", d.raised_by as "raisedBy",
  d.step_started_at as "stepStartedAt", d.step_ends_at as "stepEndsAt", d.state, d.parties, d.proposal, d.meeting`;

export const toDispute = (row: DisputeRow): Dispute => ({
  ...row,
  parties: row.parties as readonly Party[],
  raisedAt: fromDate(row.raisedAt),
  stepStartedAt: fromDate(row.stepStartedAt),
  stepEndsAt: fromDate(row.stepEndsAt),
});

type Parsed<Row> = { [K in keyof Row]: Row[K] extends Date ? string : Row[K] };
type OpenRow = {
  dispute: Parsed<DisputeRow> | null;
  handover: Parsed<HandoverRow> | null;
  owners: { unit: string; reason: string; countsAsMove: boolean }[];
  firstRouted: string | null;
  parts: Record<string, string> | null;
};

/** `r` are the referrals: where they went when units were split, by unit. */
const partsOf = sql`(select jsonb_object_agg(p.key, p.value order by e.seq) from case_event e
  join r on r.id = e.referral_id cross join jsonb_each_text(e.data -> 'parts') p where e.kind = 'unit-changed')`;

/** What is open about a referral's ownership, and its history; read under the referral's row lock, in one statement. */
export const findOpenMatters = async (tx: Tx, scope: Scope, referralId: string): Promise<OpenMatters> => {
  // A routing that intake corrected was never the unit's.
  const rows = await tx.$queryRaw<OpenRow[]>`
    with r as (select r.id from referral r where r.id = ${referralId}::uuid and ${reachesReferralInvolved(scope)}),
    d as (select ${disputeColumns} from dispute d join r on r.id = d.referral_id where d.state = 'open' limit 1),
    h as (select ${handoverColumns} from handover h join r on r.id = h.referral_id
      where h.state = 'proposed' or h.id = (select "handoverId"::uuid from d)
      order by h.state = 'proposed' desc limit 1)
    select (select to_jsonb(d) from d) as dispute, (select to_jsonb(h) from h) as handover,
      (select coalesce(jsonb_agg(jsonb_build_object('unit', o.unit_id, 'reason', o.reason,
          'countsAsMove', o.counts_as_move) order by o.started_at, o.id), '[]')
        from ownership o join r on r.id = o.referral_id) as owners,
      (select e.data ->> 'unit' from case_event e join r on r.id = e.referral_id
        where e.kind = 'routed' or e.kind = 'routed-again' and exists (
          select from case_event f where f.referral_id = e.referral_id and f.seq = e.seq + 1 and f.kind = 'owned'
            and f.data ->> 'reason' = 'corrected')
        order by e.seq desc limit 1) as "firstRouted", ${partsOf} as parts`;
  const { dispute = null, handover = null, owners = [], firstRouted = null, parts = null } = rows[0] ?? {};
  return {
    handover: handover && { ...handover, proposedAt: instant(handover.proposedAt) },
    dispute: dispute && toDispute(withDates(dispute)),
    history: { owners, firstRouted: firstRouted ?? owners[0]?.unit ?? '', parts: parts ?? {} },
  };
};

/** Where the referral went when units were split, by unit; empty for all whom the scope does not let know of it. */
export const findParts = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
): Promise<Readonly<Record<string, string>>> => {
  const rows = await tx.$queryRaw<{ parts: Record<string, string> | null }[]>`
    with r as (select r.id from referral r where r.id = ${referralId}::uuid and ${reachesReferralInvolved(scope)})
    select ${partsOf} as parts`;
  return rows[0]?.parts ?? {};
};

/**
 * What was last open about a referral's ownership and has ended, for those who were a side of it: they are told so
 * though the referral is out of their reach by now. Never the referral itself.
 */
export const findEndedMatters = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
): Promise<Pick<OpenMatters, 'handover' | 'dispute'>> => {
  const disputes = await tx.$queryRaw<DisputeRow[]>`
    select ${disputeColumns} from dispute d
    where d.referral_id = ${referralId}::uuid and d.state <> 'open' and ${wasOf(scope).dispute}
    order by d.ended_at desc, d.id desc limit 1`;
  const handovers = await tx.$queryRaw<HandoverRow[]>`
    select ${handoverColumns} from handover h
    where h.referral_id = ${referralId}::uuid and h.state <> 'proposed' and ${wasOf(scope).handover}
    order by h.proposed_at desc, h.id desc limit 1`;
  return {
    handover: handovers[0] ? { ...handovers[0], proposedAt: fromDate(handovers[0].proposedAt) } : null,
    dispute: disputes[0] ? toDispute(disputes[0]) : null,
  };
};

/** What is open about the ownership of many referrals, without its history; the system's own, and an administrator's to try. */
export const findOpenSides = async (
  tx: Tx,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, Pick<OpenMatters, 'handover' | 'dispute'>>> => {
  const disputes = await tx.$queryRaw<DisputeRow[]>`
    select ${disputeColumns} from dispute d
    where d.referral_id = any(${ids}::uuid[]) and d.state = 'open' and ${administers(scope)}`;
  const asked = disputes.flatMap(({ handoverId }) => handoverId ?? []);
  const handovers = await tx.$queryRaw<HandoverRow[]>`
    select ${handoverColumns} from handover h
    where h.referral_id = any(${ids}::uuid[]) and (h.state = 'proposed' or h.id = any(${asked}::uuid[]))
      and ${administers(scope)} order by h.state = 'proposed'`;
  // The proposed one comes last and wins.
  const handed = new Map(handovers.map((row) => [row.referralId, { ...row, proposedAt: fromDate(row.proposedAt) }]));
  const disputed = new Map(disputes.map((row) => [row.referralId, toDispute(row)]));
  return new Map(
    [...new Set([...handed.keys(), ...disputed.keys()])].map((id) => [
      id,
      { handover: handed.get(id) ?? null, dispute: disputed.get(id) ?? null },
    ]),
  );
};

/** Compare-and-set on the state. Throws STALE when somebody else was first. */
export const writeHandover = async (tx: Tx, _scope: Scope, { was, is }: HandoverChange): Promise<void> => {
  const { from, to, ...rest } = is;
  const row = JSON.stringify(toRow({ ...rest, fromUnitId: from, toUnitId: to }));
  const count =
    was === null
      ? await tx.$executeRaw`insert into handover select x.* from jsonb_populate_record(null::handover, ${row}::jsonb) x`
      : await tx.$executeRaw`
          update handover set state = ${is.state} where id = ${is.id}::uuid and state = ${was}`;
  if (count !== 1) throw new DomainError('STALE');
};

export const writeDispute = async (tx: Tx, _scope: Scope, { was, is }: DisputeChange, now: Instant): Promise<void> => {
  const partyUnitIds = is.parties.map(({ unit }) => unit);
  const endedAt = is.state === 'open' ? null : now;
  const row = JSON.stringify(toRow({ ...is, partyUnitIds, endedAt }));
  const count =
    was === null
      ? await tx.$executeRaw`insert into dispute select x.* from jsonb_populate_record(null::dispute, ${row}::jsonb) x`
      : await tx.$executeRaw`
          update dispute d set kind = x.kind, awaited = x.awaited, handover_id = x.handover_id, acute = x.acute,
            step = x.step, raised_by = x.raised_by, step_started_at = x.step_started_at, step_ends_at = x.step_ends_at,
            state = x.state, ended_at = ${endedAt ? toDate(endedAt) : null}, parties = x.parties,
            party_unit_ids = x.party_unit_ids, proposal = x.proposal, meeting = x.meeting
          from jsonb_populate_record(null::dispute, ${row}::jsonb) x
          where d.id = x.id and d.state = ${was}`;
  if (count !== 1) throw new DomainError('STALE');
};

/** Open disputes and escalations by id; the sweep's own. */
export const findDisputes = async (tx: Tx, scope: Scope, ids: readonly string[]): Promise<Dispute[]> => {
  if (ids.length === 0) return [];
  const rows = await tx.$queryRaw<DisputeRow[]>`
    select ${disputeColumns} from dispute d
    where d.id = any(${ids}::uuid[]) and d.state = 'open' and ${scope.unitIds === 'all'}`;
  return rows.map(toDispute);
};
