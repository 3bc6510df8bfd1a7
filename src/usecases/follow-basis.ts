import { combine } from '#domain/combine.ts';
import { withdrawLetter } from '#domain/letters.ts';
import { afterBasis } from '#domain/notifier-basis.ts';
import { demand } from '#domain/policy.ts';
import type { Decision } from '#domain/referral.ts';
import type { MessagePayload } from '#messages';
import { inOrder, inTransaction } from '#store/db.ts';
import { findOpenLettersOf } from '#store/letters.ts';
import { findReferralIds, findStandingReferralIds } from '#store/receipts.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { feedbackStanding } from './feedback-facts.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

/** A notification's legal basis was corrected: what is owed of feedback follows, for every child of it. Idempotent. */
export const followBasis = (ctx: Ctx, { notificationId }: MessagePayload<'basis.corrected'>): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const world = await currentWorld(ctx, tx);
    const owing = await findStandingReferralIds(tx, ctx.scope, notificationId);
    await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (id) => {
      const referral = await lockReferral(tx, ctx.scope, id);
      const standing = await feedbackStanding(ctx, tx, id);
      const at = notBefore(ctx, referral);
      const follows = afterBasis(referral, standing, world, at.now);
      // Registered in error it owes nothing; taken up again, it owes what it did.
      if (!follows || (follows.start && !owing.includes(id))) return;
      const taken = new Set(follows.feedbacks?.flatMap((one) => (one.change === 'update' ? one.id : [])));
      const letters = (await findOpenLettersOf(tx, ctx.scope, id))
        .filter(({ feedbackId }) => feedbackId !== null && taken.has(feedbackId))
        .map((letter): Decision => ({ patch: {}, ...withdrawLetter(letter, 'not-needed') }));
      await recordDecision(at, tx, world, referral, letters.reduce(combine, follows), 'system');
    });
  });
