import { combine } from '#domain/combine.ts';
import { withdrawLetter } from '#domain/letters.ts';
import { liftWithholding as decide } from '#domain/lift-withholding.ts';
import { findOpenLetter } from '#store/letters.ts';
import { findBasis } from '#store/notifications.ts';
import { feedbackOf } from './answer-withholding.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** Nothing is withheld any more: the feedback is owed, and a letter that was to tell otherwise is not sent. */
export const liftWithholding = (
  asked: Ctx,
  input: Target & { readonly feedbackId: string; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'lift-withholding', 'referral.lift-withholding', input, async (scene) => {
    const { ctx, tx, referral, world } = scene;
    const feedback = await feedbackOf(scene, input.feedbackId);
    const { basis } = await findBasis(tx, ctx.scope, referral.id);
    const lifted = decide(referral, feedback, { reason: input.reason, basis }, world, ctx.now);
    const letter = await findOpenLetter(tx, ctx.scope, { kind: 'feedback', id: feedback.id });
    return letter ? combine(lifted, { patch: {}, ...withdrawLetter(letter, 'not-needed') }) : lifted;
  });
