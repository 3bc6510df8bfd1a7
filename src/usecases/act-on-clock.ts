import { dueActOf, isNothing } from '#domain/due-acts.ts';
import { lateFact } from '#domain/lateness.ts';
import { isLegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import type { Referral, RunningClock } from '#domain/referral.ts';
import { type Instant, instant, isBefore } from '#domain/time.ts';
import type { MessagePayload } from '#messages';
import { inTransaction, type Tx } from '#store/db.ts';
import { endClocks } from '#store/deadlines.ts';
import { findEndedMatters, findOpenMatters } from '#store/matters.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { worldOf } from './world.ts';

type On = NonNullable<ReturnType<typeof dueActOf>>;

/** Under the referral's row lock. Nothing when the clock runs no more. */
const act = async (asked: Ctx, tx: Tx, referral: Referral, clock: RunningClock, on: On): Promise<void> => {
  const role = demand(asked.actor, on.action);
  const ctx = notBefore(asked, referral);
  if (!isLegal(on.act, referral.status)) {
    const end = [{ kind: clock.kind, as: 'lapsed' as const }];
    await endClocks(tx, ctx.scope, referral.id, end, { seq: referral.eventCount, at: ctx.now });
    return;
  }
  const open = await findOpenMatters(tx, ctx.scope, referral.id);
  const world = await worldOf(ctx, tx, referral);
  const newId = (): string => ctx.deps.newId(ctx.now);
  const decision = on.decide({ referral, open, clock, world, now: ctx.now, newId });
  if (!decision || isNothing(decision)) return;
  const late = lateFact(clock, ctx.now);
  const facts = decision.facts.length > 0 ? [...late, ...decision.facts] : [];
  await recordDecision(ctx, tx, world, referral, { ...decision, facts }, role);
};

/** Silence that ended before the clock fell due and has not been escalated, whatever became of it since. */
const silenceBefore = async (
  ctx: Ctx,
  tx: Tx,
  { id, clocks }: Referral,
  dueAt: Instant,
): Promise<{ readonly clock: RunningClock; readonly on: On } | null> => {
  const found = clocks
    .flatMap((clock) => {
      const on = dueActOf(clock.kind);
      return on?.act === 'escalate' && isBefore(clock.dueAt, dueAt) ? [{ clock, on }] : [];
    })
    .toSorted((a, b) => (isBefore(a.clock.dueAt, b.clock.dueAt) ? -1 : 1))[0];
  if (!found) return null;
  const { dispute } = await findEndedMatters(tx, ctx.scope, id);
  return dispute && !isBefore(dispute.raisedAt, found.clock.dueAt) ? null : found;
};

/**
 * Acts on a clock that is due: once, because it must still run and be due at that very instant. Doing it again, or after
 * the referral has closed, does nothing. A queue keeps no order: a silence that was over before, in an outage, is
 * escalated first, because the move of an opening would make it as if it had never been.
 */
export const actOnClock = async (ctx: Ctx, due: MessagePayload<'clock.due'>): Promise<void> => {
  const on = dueActOf(due.kind);
  if (!on) return;
  demand(ctx.actor, on.action);
  const dueAt = instant(due.dueAt);
  await inTransaction(ctx.deps.db, async (tx) => {
    const isDue = (c: RunningClock): boolean => c.id === due.deadlineId && c.dueAt.equals(dueAt);
    let referral = await lockReferral(tx, ctx.scope, due.referralId);
    if (!referral.clocks.some(isDue)) return;
    const before = await silenceBefore(ctx, tx, referral, dueAt);
    if (before) {
      await act(ctx, tx, referral, before.clock, before.on);
      referral = await lockReferral(tx, ctx.scope, due.referralId);
    }
    const clock = referral.clocks.find(isDue);
    if (clock) await act(ctx, tx, referral, clock, on);
  });
};
