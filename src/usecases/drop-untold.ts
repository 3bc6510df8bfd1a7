import { combine } from '#domain/combine.ts';
import { takeBack } from '#domain/feedback-acts.ts';
import { withdrawLetter } from '#domain/letters.ts';
import { demand } from '#domain/policy.ts';
import type { Decision } from '#domain/referral.ts';
import type { MessagePayload } from '#messages';
import { isNotifierSuspected } from '#store/case-events.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { findOpenLettersOf } from '#store/letters.ts';
import { findFeedbacks } from '#store/measures.ts';
import { findReferralIds } from '#store/receipts.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

/**
 * The notifier was named as a suspect: feedback that has not arrived is taken back, and letters about feedback leave the
 * queue with their tasks, for every child of the notification. What is owed stands. The receipt goes on: it is tier 0.
 * Idempotent.
 */
export const dropUntold = (ctx: Ctx, { notificationId }: MessagePayload<'notifier.suspected'>): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const world = await currentWorld(ctx, tx);
    await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (id) => {
      const referral = await lockReferral(tx, ctx.scope, id);
      if (!(await isNotifierSuspected(tx, ctx.scope, id))) return;
      const given = (await findFeedbacks(tx, ctx.scope, id)).filter(({ state }) => state === 'given');
      const letters = (await findOpenLettersOf(tx, ctx.scope, id)).filter(({ kind }) => kind === 'feedback');
      const dropped = [
        ...given.map(takeBack),
        ...letters.map((letter): Decision => ({ patch: {}, ...withdrawLetter(letter, 'not-needed') })),
      ];
      const [first, ...more] = dropped;
      if (!first) return;
      await recordDecision(notBefore(ctx, referral), tx, world, referral, more.reduce(combine, first), 'system');
    });
  });
