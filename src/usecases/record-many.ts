import type { Decision, Referral } from '#domain/referral.ts';
import { nextDue } from '#domain/referral-due.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { endClocksOf } from '#store/deadlines.ts';
import { insertRecords } from '#store/records.ts';
import { writeFollowed } from '#store/unit-work.ts';
import { type Ctx, notBefore } from './context.ts';
import { runningAfter } from './record-decision.ts';
import { chainRows, clockRow, mailRows, outboxRow, timerRow } from './rows.ts';

export type Decided = { readonly referral: Referral; readonly decision: Decision };

const noSeal = (): Uint8Array => {
  throw new Error('what many decide alike has no sealed content');
};

/** As far as a decision taken for many alike may go: ownership, open matters, clocks, mails. Each at its own instant. */
const rowsOf = (system: Ctx, world: World, { referral, decision }: Decided) => {
  const ctx = notBefore(system, referral);
  const { patch, facts, move, end = [], start = [], timers = [], mails = [] } = decision;
  const { id: referralId, notificationId } = referral;
  const after = { ...referral, ...patch };
  const { rows: events, head } = chainRows(ctx, referralId, referral, facts, 'system', noSeal);
  const about = { referralId, notificationId, language: 'da' as const };
  return {
    events,
    ends: { referralId, ends: end, seq: head.eventCount, at: ctx.now },
    ownership: move
      ? [
          {
            id: ctx.deps.newId(ctx.now),
            referralId,
            unitId: move.unit,
            provisionalRule: move.provisionalRule,
            reason: move.reason,
            countsAsMove: move.countsAsMove,
            startedAt: ctx.now,
          },
        ]
      : [],
    row: {
      id: referralId,
      stateVersion: referral.stateVersion,
      status: after.status,
      ownerUnitId: after.ownerUnit,
      responsibleUnitId: after.responsibleUnit,
      provisionalRule: after.provisionalRule,
      handlerId: after.handlerId,
      assessmentUnitId: after.assessmentUnit,
      stayingPersonId: after.stayingPerson,
      acknowledgedAt: after.acknowledgedAt,
      nextDueAt: nextDue(runningAfter(referral, decision)),
      changedAt: ctx.now,
      ...head,
    },
    deadlines: [
      ...start.map((clock) => clockRow(ctx, world, referralId, clock)),
      ...timers.map((timer) => timerRow(ctx, referralId, timer)),
    ],
    mails: mails.map((mail) => mailRows(ctx, world, about, mail)),
    handovers: decision.handovers ?? [],
    disputes: (decision.disputes ?? []).map((change) => ({ ...change, at: ctx.now })),
  };
};

/**
 * Writes one decision for each of many locked referrals, in so many statements as for one. Only the system decides so:
 * nothing in it is sealed. Open pages of `units` look again. Throws STALE.
 */
export const recordMany = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  all: readonly Decided[],
  units: readonly string[],
): Promise<void> => {
  if (all.length === 0) return;
  const rows = all.map((one) => rowsOf(ctx, world, one));
  await endClocksOf(
    tx,
    ctx.scope,
    rows.map(({ ends }) => ends),
  );
  await writeFollowed(tx, ctx.scope, {
    referrals: rows.map(({ row }) => row),
    ownerships: rows.flatMap(({ ownership }) => ownership),
    handovers: rows.flatMap(({ handovers }) => handovers),
    disputes: rows.flatMap(({ disputes }) => disputes),
  });
  const mails = rows.flatMap((row) => row.mails);
  const payload = { referralId: null, by: 'system', units: [...units], persons: [] };
  await insertRecords(tx, ctx.scope, {
    events: rows.flatMap(({ events }) => events),
    deadlines: rows.flatMap(({ deadlines }) => deadlines),
    outbound: mails.map(({ outbound }) => outbound),
    outbox: [...mails.map(({ outbox }) => outbox), outboxRow(ctx, { name: 'referral.changed', payload })],
  });
};
