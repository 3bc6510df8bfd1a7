import { reassessedMeasure } from '#domain/reassessed-measures.ts';
import { reviewReassessment } from '#domain/reassessment.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { findMeasuresOfChild, hasReassessment } from '#store/reassessments.ts';
import type { Ctx } from './context.ts';
import { tellOfChildren } from './tell-of-children.ts';

/** Does § 137 apply, by all that is known of the locked referral's child now? Changes nothing where it stands so. */
export const reassessmentAnew = async (ctx: Ctx, tx: Tx, referral: Referral, world: World): Promise<Decision> => {
  const known = await findMeasuresOfChild(tx, ctx.scope, referral.id);
  const due = reassessedMeasure(known, referral.receivedAt, world.rulebook);
  const made = await hasReassessment(tx, ctx.scope, referral.id);
  const decision = reviewReassessment(referral, { due, made }, world, ctx.now);
  if (decision.start) {
    await tellOfChildren(ctx, tx, [{ referralId: referral.id, told: 'reassessment', subjectId: null }]);
  }
  return decision;
};
