import { DomainError, type Reason } from '#domain/errors.ts';
import { grantingRole } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { EVENT_NAMES, type EventKind } from '#domain/timeline.ts';
import { findEnding, type MatterRow } from '#store/board.ts';
import type { Tx } from '#store/db.ts';
import { findEndedMatters } from '#store/matters.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { sidesOf } from './on-referral.ts';
import { dataKey } from './open-records.ts';
import { currentWorld } from './world.ts';

/** Follow from another ending and say nothing of their own. */
const lastOf = (events: readonly MatterRow[]): MatterRow | undefined =>
  events.findLast(({ kind }) => kind !== 'settlement-proposed' && kind !== 'handover-closed') ?? events.at(-1);

/** Where an ending is reasoned that is itself only a click, or follows from one. */
const REASONED: Readonly<Record<string, string>> = {
  agreed: 'settlement-proposed',
  'handover-withdrawn': 'handover-withdrawn',
};

const reasoned = (events: readonly MatterRow[], last: MatterRow): MatterRow | undefined => {
  const kind = REASONED[String(last.data.how)];
  return kind === undefined ? last : events.findLast((event) => event.kind === kind);
};

/**
 * How it came out, for the sides of a hand-over or a dispute that has ended and whose case is not theirs to see: who
 * owns it now, the reason and the legal basis, no more. Logged, because reasons are in words. Throws NOT_FOUND.
 */
export const readOutcome = async (ctx: Ctx, tx: Tx, referralId: string) => {
  const world = await currentWorld(ctx, tx);
  const ended = await findEndedMatters(tx, ctx.scope, referralId);
  const of = { handoverId: ended.handover?.id ?? null, disputeId: ended.dispute?.id ?? null };
  const ending = await findEnding(tx, ctx.scope, referralId, of);
  const last = ending ? lastOf(ending.events) : undefined;
  const role = grantingRole(ctx.actor, 'dispute.read', sidesOf(ctx, ended, world));
  if (!ending || !last || role === null) throw new DomainError('NOT_FOUND');
  const reason = reasoned(ending.events, last);
  const key = reason?.sealed ? await dataKey(ctx, tx, 'referral', referralId) : null;
  await logRead(ctx, tx, role, 'outcome', { referralIds: [referralId], childIds: [ending.childId] });
  const { units, people } = world.organisation;
  const name: Reason = EVENT_NAMES[last.kind as EventKind] ?? { da: last.kind, en: last.kind };
  const owner = units.get(ending.ownerUnit);
  return {
    view: 'outcome' as const,
    id: referralId,
    caseNumber: ending.caseNumber,
    owner: { id: ending.ownerUnit, name: owner?.name ?? ending.ownerUnit, phone: owner?.phone ?? '' },
    name,
    at: iso(last.at),
    by: last.actorId ? (people.get(last.actorId)?.title ?? last.actorId) : null,
    basis: typeof last.data.basis === 'string' ? last.data.basis : null,
    reason:
      key && reason?.sealed
        ? (ctx.deps.vault.open(key, `event:${reason.seq}`, reason.sealed) as { text: string }).text
        : null,
  };
};
