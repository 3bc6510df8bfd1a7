import { returnAtOpening, reviewAtClosing } from '#domain/closing.ts';
import { isLegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { instant } from '#domain/time.ts';
import type { MessagePayload } from '#messages';
import { inTransaction } from '#store/db.ts';
import { endClocks } from '#store/deadlines.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

const ON_TIMER = {
  opening: { act: 'return-ownership', decide: returnAtOpening },
  closing: { act: 'review-at-closing', decide: reviewAtClosing },
} as const;

/**
 * Acts on a timer that is due: once, because the timer must still run and be due at that very instant. Doing it again,
 * or after the referral has closed, does nothing.
 */
export const actOnClock = async (ctx: Ctx, due: MessagePayload<'clock.due'>): Promise<void> => {
  const role = demand(ctx.actor, 'clock.act');
  const timer = due.kind === 'opening' || due.kind === 'closing' ? ON_TIMER[due.kind] : null;
  if (!timer) return;
  await inTransaction(ctx.deps.db, async (tx) => {
    const referral = await lockReferral(tx, ctx.scope, due.referralId);
    const running = referral.clocks.some((c) => c.id === due.deadlineId && c.dueAt.equals(instant(due.dueAt)));
    if (!running) return;
    if (!isLegal(timer.act, referral.status)) {
      const end = { referralId: referral.id, kinds: [due.kind], as: 'lapsed' as const, bySeq: referral.eventCount };
      await endClocks(tx, ctx.scope, { ...end, at: ctx.now });
      return;
    }
    const world = await currentWorld(ctx, tx);
    const at = notBefore(ctx, referral);
    const decision = timer.decide(referral, world, at.now);
    await recordDecision(at, tx, world, referral, decision, role);
  });
};
