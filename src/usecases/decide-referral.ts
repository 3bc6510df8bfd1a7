import { decide } from '#domain/decisions.ts';
import type { Outcome } from '#domain/outcomes.ts';
import { findBasis } from '#store/notifications.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** What the screening leads to. Opens the feedback clock where feedback is owed. */
export const decideReferral = (
  asked: Ctx,
  input: Target & { readonly outcome: Outcome; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'decide', 'referral.decide', input, async ({ ctx, referral, world, tx }) => {
    const facts = await findBasis(tx, ctx.scope, referral.id);
    return decide(referral, { ...input, decisionId: ctx.deps.newId(ctx.now) }, facts, world, ctx.now);
  });
