import { combine } from '#domain/combine.ts';
import { withoutBarred } from '#domain/conflict.ts';
import type { Role } from '#domain/organisation.ts';
import type { Decision, Referral, RunningClock, Template } from '#domain/referral.ts';
import { nextDue } from '#domain/referral-due.ts';
import { isBefore, iso, localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { endClocks, retimeClocks, setClocksAcute } from '#store/deadlines.ts';
import { writeLetter } from '#store/letters.ts';
import { writeDispute, writeHandover } from '#store/matters.ts';
import { writeFeedback, writeMeasure } from '#store/measures.ts';
import { writePause } from '#store/pauses.ts';
import { insertRecords } from '#store/records.ts';
import { moveOwnership, updateReferral } from '#store/referrals.ts';
import { writeRequest } from '#store/requests.ts';
import { findLetterTasks, passTask } from '#store/tasks.ts';
import type { Ctx } from './context.ts';
import { nameNeeded } from './name-needed.ts';
import { dataKey } from './open-records.ts';
import { chainRows, clockRow, mailRows, outboxRow, retimedRow, timerRow } from './rows.ts';
import { withWaitingReceipt } from './send-receipt.ts';
import { passRows, taskRows } from './task-rows.ts';
import { currentWorld } from './world.ts';

/** Seals with the referral's own data key, which is made when first needed; under the referral's row lock. */
const sealer = async (ctx: Ctx, tx: Tx, referralId: string, needed: boolean) => {
  if (!needed) return () => new Uint8Array();
  const key = await dataKey(ctx, tx, 'referral', referralId);
  return (slot: string, value: unknown) => ctx.deps.vault.seal(key, slot, value);
};

/** In the language in which they wrote; everybody else is written to in Danish. */
const TO_NOTIFIER: ReadonlySet<Template> = new Set(['receipt', 'feedback', 'request']);

/**
 * Writes a decision on a locked referral: next state by compare-and-set, facts into the chain, clocks begun and ended,
 * mails into the outbox, all in the caller's transaction. Answers the new state version. Throws STALE.
 */
export const recordDecision = async (
  ctx: Ctx,
  tx: Tx,
  whole: World,
  referral: Referral,
  asked: Decision,
  role: Role | 'system',
): Promise<{ stateVersion: number; seq: number }> => {
  const needed = await nameNeeded(ctx, tx, referral, asked);
  const barred = referral.barred.filter((id) => !needed.people.includes(id));
  const world = withoutBarred(
    needed.people.length > 0 ? await currentWorld(ctx, tx) : whole,
    barred,
    localDay(ctx.now),
  );
  const decided = await withWaitingReceipt(ctx, tx, referral, asked);
  const decision =
    needed.people.length > 0
      ? combine(decided, { patch: {}, facts: needed.facts, mails: needed.mails ?? [] })
      : decided;
  const { patch, facts, move, start = [], timers = [], end = [], mails = [], retime = [] } = decision;
  const { handovers = [], disputes = [], measures = [], feedbacks = [], pauses = [] } = decision;
  const { letters = [], tasks: newTasks = [], passed: inHand = [], requests = [] } = decision;
  const { id: referralId } = referral;
  const by = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
  const subject = { referralId, notificationId: referral.notificationId };
  const handlerId = patch.handlerId === undefined ? referral.handlerId : patch.handlerId;
  const tasks = newTasks.map((task) => taskRows(ctx, world, { ...subject, handlerId }, task));
  const following = move ? await tasksThatFollow(ctx, tx, referral, move.unit) : [];
  const passed = [...inHand, ...following].map((task) => passRows(ctx, world, { ...subject, handlerId }, task));
  const needsKey =
    facts.some((f) => f.sealed !== undefined) || [...feedbacks, ...requests].some((f) => f.change === 'insert');
  const seal = await sealer(ctx, tx, referralId, needsKey);
  const told = [...facts, ...[...tasks, ...passed].flatMap(({ fact }) => fact ?? [])];
  const chain = chainRows(ctx, referralId, referral, told, role, seal);
  // A logged reminder or a delivered receipt must not make the page stale that a person is reading.
  const changes = [handovers, disputes, measures, feedbacks, requests, retime].some((list) => list.length > 0);
  const raise = changes || Object.keys(patch).length > 0 || move !== undefined;
  if (move) {
    const { unit: unitId, ...rest } = move;
    await moveOwnership(tx, ctx.scope, { id: ctx.deps.newId(ctx.now), referralId, unitId, ...rest }, ctx.now);
  }
  if (end.length > 0) await endClocks(tx, ctx.scope, referralId, end, { seq: chain.head.eventCount, at: ctx.now });
  if (patch.acute !== undefined) await setClocksAcute(tx, ctx.scope, referralId, patch.acute);
  if (retime.length > 0) {
    await retimeClocks(
      tx,
      ctx.scope,
      referralId,
      retime.map((r) => retimedRow(ctx, world, r)),
    );
  }
  await inOrder(pauses, (change) => writePause(tx, ctx.scope, change));
  // The referral and what is open about it come last: once they have changed, this scope may not reach it any more.
  await updateReferral(tx, ctx.scope, {
    id: referralId,
    expectedVersion: referral.stateVersion,
    raise,
    patch,
    nextDueAt: nextDue(runningAfter(referral, decision)),
    at: ctx.now,
    ...chain.head,
  });
  await inOrder(handovers, (change) => writeHandover(tx, ctx.scope, change));
  await inOrder(disputes, (change) => writeDispute(tx, ctx.scope, change, ctx.now));
  await inOrder(measures, (change) => writeMeasure(tx, ctx.scope, change));
  await inOrder(feedbacks, (change) => writeFeedback(tx, ctx.scope, change, seal));
  await inOrder(requests, (change) => writeRequest(tx, ctx.scope, change, seal, ctx.now));
  await inOrder(letters, (change) => writeLetter(tx, ctx.scope, change, { ...subject, by }, ctx.now));
  const own = mails.map((m) => {
    const language = TO_NOTIFIER.has(m.template) ? (referral.notifierLanguage ?? 'da') : 'da';
    return mailRows(ctx, world, { ...subject, language }, m);
  });
  await inOrder(passed, ({ task }) => passTask(tx, ctx.scope, task));
  const mail = [...own, ...[...tasks, ...passed].flatMap((task) => task.mail ?? [])];
  await insertRecords(tx, ctx.scope, {
    events: chain.rows,
    deadlines: [
      ...start.map((c) => clockRow(ctx, world, referralId, c)),
      ...timers.map((t) => timerRow(ctx, referralId, t)),
    ],
    outbound: mail.map((m) => m.outbound),
    tasks: tasks.map(({ task }) => task),
    outbox: [
      ...mail.map((m) => m.outbox),
      outboxRow(ctx, changed(ctx, referral, decision)),
      ...silenceLeft(ctx, referral, decision),
    ],
  });
  return { stateVersion: referral.stateVersion + (raise ? 1 : 0), seq: chain.head.eventCount };
};

/** Who is to post its letters: the new owner's people. */
const tasksThatFollow = async (ctx: Ctx, tx: Tx, { id, acute }: Referral, unit: string) => {
  const tasks = await findLetterTasks(tx, ctx.scope, id);
  return tasks.map((t) => ({ id: t.id, kind: t.kind, reason: t.reason, heldBy: t.personId, unit, urgent: acute }));
};

/** What runs once the decision is written. */
export const runningAfter = (referral: Referral, { start = [], end = [], retime = [] }: Decision) => {
  const hasEnded = (c: RunningClock): boolean =>
    end.some((e) => e.kind === c.kind && (e.subjectId === undefined || e.subjectId === c.subjectId));
  const still = referral.clocks.filter((c) => !hasEnded(c));
  return [...still.map((c) => retime.find((r) => r.id === c.id) ?? c), ...start];
};

const AWAITED: ReadonlySet<string> = new Set(['acknowledge', 'handover']);

/**
 * A dispute or escalation has ended, and something else has been awaited in vain while it was open: the system looks at
 * that now, and not first at its next reminder. Both silences over since Wed 2026-11-04 23:59:59, acknowledged on Friday
 * 10:00 → the hand-over escalates on Friday 10:00, not on Monday 08:00.
 */
export const silenceLeft = (ctx: Ctx, referral: Referral, decision: Decision) => {
  const { disputes = [], end = [], retime = [] } = decision;
  const over = disputes.some(({ was, is }) => was === 'open' && is.state !== 'open');
  if (!over || disputes.some(({ is }) => is.state === 'open')) return [];
  return runningAfter(referral, { end, retime } as Decision)
    .filter(
      (clock): clock is RunningClock => 'id' in clock && AWAITED.has(clock.kind) && !isBefore(ctx.now, clock.dueAt),
    )
    .map(({ id: deadlineId, kind, dueAt }) =>
      outboxRow(ctx, { name: 'clock.due', payload: { deadlineId, referralId: referral.id, kind, dueAt: iso(dueAt) } }),
    );
};

/** Open pages of everybody concerned look again; they are told the unit that acted, no more. */
const changed = (ctx: Ctx, before: Referral, { patch, move, handovers = [], disputes = [], mails = [] }: Decision) => {
  const units = [
    ...[before.ownerUnit, before.responsibleUnit, before.assessmentUnit, patch.assessmentUnit, move?.unit],
    ...handovers.map(({ is }) => is.to),
    ...disputes.flatMap(({ is }) => is.parties.map(({ unit }) => unit)),
  ];
  // Coordinators and substitutes from elsewhere follow it without being of its units.
  const mailed = mails.flatMap(({ to }) => ('person' in to ? [to.person] : []));
  return {
    name: 'referral.changed' as const,
    payload: {
      referralId: before.id,
      by: ctx.actor.kind === 'person' ? ctx.actor.unitId : 'system',
      units: [...new Set(units.filter((u) => u != null))],
      persons: [...new Set([...(before.senderPersonId ? [before.senderPersonId] : []), ...mailed])],
    },
  };
};
