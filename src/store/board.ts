import type { Dispute } from '#domain/ownership.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx } from './db.ts';
import { disputeColumns, toDispute } from './matters.ts';
import { reachesReferralInvolved } from './scope.ts';

type Row = Parameters<typeof toDispute>[0] & { caseNumber: string; ownerUnit: string; stateVersion: number };
export type BoardRow = Dispute & { readonly caseNumber: string; readonly ownerUnit: string };

/** Parties, and those who follow disputes of a whole department. */
const reachesDispute = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all' || scope.everyDispute
    ? Prisma.sql`true`
    : Prisma.sql`d.party_unit_ids && ${scope.unitIds}::text[]`;

/** Open disputes and escalations within reach, the one whose step ends first on top. */
export const findOpenDisputes = async (tx: Tx, scope: Scope, limit: number): Promise<BoardRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${disputeColumns}, r.case_number as "caseNumber", r.owner_unit_id as "ownerUnit"
    from dispute d join referral r on r.id = d.referral_id
    where d.state = 'open' and ${reachesDispute(scope)} order by d.step_ends_at, d.id limit ${limit}`;
  return rows.map((row) => ({ ...toDispute(row), caseNumber: row.caseNumber, ownerUnit: row.ownerUnit }));
};

export type MatterRow = {
  readonly seq: number;
  readonly kind: string;
  readonly at: Instant;
  readonly actorId: string | null;
  readonly data: Record<string, unknown>;
  readonly sealed: Uint8Array | null;
};

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
  'ladder-changed',
];

/** What was said and done about a referral's ownership, oldest first: the part of its journal that both sides see. */
export const findMatterEvents = async (tx: Tx, scope: Scope, referralId: string): Promise<MatterRow[]> => {
  const rows = await tx.$queryRaw<(Omit<MatterRow, 'at'> & { at: Date })[]>`
    select e.seq, e.kind, e.registered_at as at, e.actor_id as "actorId", e.data, e.sealed
    from case_event e join referral r on r.id = e.referral_id
    where e.referral_id = ${referralId}::uuid and ${reachesReferralInvolved(scope)} and e.kind = any(${OF_MATTER}::text[])
    order by e.seq`;
  return rows.map((r) => ({ ...r, at: fromDate(r.at) }));
};
