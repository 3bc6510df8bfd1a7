import { withoutBarred } from '#domain/conflict.ts';
import { isValid } from '#domain/organisation-tree.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import { nextDue } from '#domain/referral-due.ts';
import type { TaskInHand } from '#domain/tasks.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { endClocksOf } from '#store/deadlines.ts';
import { insertRecords } from '#store/records.ts';
import { findTasksOf, passTask, type TaskRow } from '#store/tasks.ts';
import { writeFollowed } from '#store/unit-work.ts';
import { type Ctx, notBefore } from './context.ts';
import { runningAfter, silenceLeft } from './record-decision.ts';
import { chainRows, clockRow, mailRows, outboxRow, timerRow } from './rows.ts';
import { passRows, taskInHand } from './task-rows.ts';

export type Decided = { readonly referral: Referral; readonly decision: Decision };

const noSeal = (): Uint8Array => {
  throw new Error('what many decide alike has no sealed content');
};

/** Of its tasks those that the move takes from somebody who does not work where it has gone: letters, and what its unit had. */
const tasksLost = (
  { now }: Ctx,
  tasks: readonly TaskRow[],
  { referral, decision }: Decided,
  { organisation }: World,
) => {
  const { move } = decision;
  if (!move) return [];
  const worksThere = (id: string): boolean =>
    organisation.people
      .get(id)
      ?.roles.some((held) => held.unit === move.unit && isValid(held.validity, localDay(now))) === true;
  return tasks
    .filter(
      ({ kind, unitId, personId }) => (kind === 'letter' || unitId === referral.ownerUnit) && !worksThere(personId),
    )
    .map((task): TaskInHand => ({ ...taskInHand(task, referral.acute), unit: move.unit }));
};

/** As far as a decision taken for many alike may go: ownership, open matters, clocks, mails, tasks. Each at its own instant. */
const rowsOf = (system: Ctx, world: World, one: Decided, tasks: readonly TaskRow[]) => {
  const { referral, decision } = one;
  const ctx = notBefore(system, referral);
  const { patch, facts, move, end = [], start = [], timers = [], mails = [] } = decision;
  const { id: referralId, notificationId } = referral;
  const after = { ...referral, ...patch };
  const subject = { referralId, notificationId, handlerId: after.handlerId };
  const open = withoutBarred(world, referral.barred, localDay(ctx.now));
  const passed = tasksLost(ctx, tasks, one, world).map((task) => passRows(ctx, open, subject, task));
  const told = [...facts, ...passed.flatMap(({ fact }) => fact ?? [])];
  const { rows: events, head } = chainRows(ctx, referralId, referral, told, 'system', noSeal);
  const about = { referralId, notificationId, language: 'da' as const };
  return {
    passed: passed.map(({ task }) => task),
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
    mails: [...mails.map((mail) => mailRows(ctx, world, about, mail)), ...passed.flatMap(({ mail }) => mail ?? [])],
    handovers: decision.handovers ?? [],
    disputes: (decision.disputes ?? []).map((change) => ({ ...change, at: ctx.now })),
    looks: silenceLeft(ctx, referral, decision),
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
  const open = await findTasksOf(
    tx,
    ctx.scope,
    all.flatMap(({ referral, decision }) => (decision.move ? [referral.id] : [])),
  );
  const tasks = Map.groupBy(open, ({ referralId }) => referralId);
  const rows = all.map((one) => rowsOf(ctx, world, one, tasks.get(one.referral.id) ?? []));
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
  await inOrder(
    rows.flatMap(({ passed }) => passed),
    (task) => passTask(tx, ctx.scope, task),
  );
  const mails = rows.flatMap((row) => row.mails);
  const payload = { referralId: null, by: 'system', units: [...units], persons: [] };
  await insertRecords(tx, ctx.scope, {
    events: rows.flatMap(({ events }) => events),
    deadlines: rows.flatMap(({ deadlines }) => deadlines),
    outbound: mails.map(({ outbound }) => outbound),
    outbox: [
      ...mails.map(({ outbox }) => outbox),
      outboxRow(ctx, { name: 'referral.changed', payload }),
      ...rows.flatMap(({ looks }) => looks),
    ],
  });
};
