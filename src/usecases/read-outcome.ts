import { type Ended, mayDissent } from '#domain/dissent.ts';
import { DomainError, type Reason } from '#domain/errors.ts';
import type { Dispute } from '#domain/ownership.ts';
import { can, grantingRole } from '#domain/policy.ts';
import { cut } from '#domain/sees-what.ts';
import { iso } from '#domain/time.ts';
import { EVENT_NAMES, type EventKind } from '#domain/timeline.ts';
import type { World } from '#domain/world.ts';
import { findEnding, type MatterRow } from '#store/board.ts';
import type { Tx } from '#store/db.ts';
import { findEndedMatters } from '#store/matters.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { sidesOf } from './on-referral.ts';
import { getKey, openWords } from './open-records.ts';
import { currentWorld } from './world.ts';

/** Follow from another ending and say nothing of how it came. */
const BESIDE: ReadonlySet<string> = new Set(['settlement-proposed', 'handover-closed', 'dissent-recorded']);

const lastOf = (events: readonly MatterRow[]): MatterRow | undefined =>
  events.findLast(({ kind }) => !BESIDE.has(kind)) ?? events.at(-1);

/** Where an ending is reasoned that is itself only a click, or follows from one. */
const REASONED: Readonly<Record<string, string>> = {
  agreed: 'settlement-proposed',
  'handover-withdrawn': 'handover-withdrawn',
};

const reasoned = (events: readonly MatterRow[], last: MatterRow): MatterRow | undefined => {
  const kind = REASONED[String(last.data.how)];
  return kind === undefined ? last : events.findLast((event) => event.kind === kind);
};

const DECISIONS: ReadonlySet<string> = new Set(['dispute-settled', 'escalation-ended']);

const endedBy = (dispute: Dispute, events: readonly MatterRow[]): Ended => {
  const own = events.filter(({ data }) => data.dispute === dispute.id);
  const decision = own.findLast(({ kind, data }) => DECISIONS.has(kind) && data.how === 'decided');
  const dissenters = own.flatMap(({ kind, actorId }) => (kind === 'dissent-recorded' && actorId ? [actorId] : []));
  return { dispute, decidedBy: decision?.actorId ?? null, dissenters };
};

/** Who decided an ended dispute or escalation, and who has recorded dissent. */
export const endedDispute = async (ctx: Ctx, tx: Tx, dispute: Dispute): Promise<Ended> => {
  const of = { handoverId: null, disputeId: dispute.id };
  return endedBy(dispute, (await findEnding(tx, ctx.scope, dispute.referralId, of))?.events ?? []);
};

/** How what was last open about a referral came out, and in which role this person reads it; null when it is not theirs. */
export const findOutcome = async (ctx: Ctx, tx: Tx, referralId: string, world: World) => {
  const matters = await findEndedMatters(tx, ctx.scope, referralId);
  const of = { handoverId: matters.handover?.id ?? null, disputeId: matters.dispute?.id ?? null };
  const ending = await findEnding(tx, ctx.scope, referralId, of);
  const last = ending ? lastOf(ending.events) : undefined;
  const subject = sidesOf(ctx, matters, world);
  const role = grantingRole(ctx.actor, 'dispute.read', subject);
  if (!ending || !last || role === null) return null;
  const { events, childId, caseNumber, ownerUnit } = ending;
  const key = events.some(({ sealed }) => sealed) ? await getKey(ctx, tx, 'referral', referralId) : null;
  const words = (event: MatterRow | undefined): string | null => (event ? openWords(ctx, key, event).text : null);
  const { units, people } = world.organisation;
  const title = (id: string | null): string | null => (id ? (people.get(id)?.title ?? id) : null);
  const name: Reason = EVENT_NAMES[last.kind as EventKind] ?? { da: last.kind, en: last.kind };
  const owner = units.get(ownerUnit);
  const ended = matters.dispute ? endedBy(matters.dispute, events) : null;
  const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : '';
  const outcome = {
    id: referralId,
    caseNumber,
    owner: { id: ownerUnit, name: owner?.name ?? ownerUnit, phone: owner?.phone ?? '' },
    name,
    at: iso(last.at),
    by: title(last.actorId),
    basis: typeof last.data.basis === 'string' ? last.data.basis : null,
    reason: words(reasoned(events, last)),
    dissent: events
      .filter(({ kind, data }) => kind === 'dissent-recorded' && data.dispute === last.data.dispute)
      .map((event) => ({ seq: event.seq, by: title(event.actorId), at: iso(event.at), reason: words(event) })),
    mayDissent: ended !== null && mayDissent(ended, personId) && can(ctx.actor, 'dispute.dissent', subject),
  };
  return { role, childId, outcome };
};

/**
 * How it came out, for the sides of a hand-over or a dispute that has ended and whose case is not theirs to see: who
 * owns it now, the reason and the legal basis, who would have decided otherwise, no more. Logged, because reasons are in
 * words. Throws NOT_FOUND.
 */
export const readOutcome = async (ctx: Ctx, tx: Tx, referralId: string) => {
  const found = await findOutcome(ctx, tx, referralId, await currentWorld(ctx, tx));
  if (!found) throw new DomainError('NOT_FOUND');
  await logRead(ctx, tx, found.role, 'outcome', { referralIds: [referralId], childIds: [found.childId] });
  return cut('outcome', 'side', { view: 'outcome' as const, ...found.outcome });
};
