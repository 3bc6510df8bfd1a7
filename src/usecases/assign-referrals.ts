import { assign } from '#domain/assignment.ts';
import { demandLegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { inOrder } from '#store/db.ts';
import { lockReferral } from '#store/referrals.ts';
import { actOnce, type Ctx, notBefore } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { recordDecision } from './record-decision.ts';
import { worldOf } from './world.ts';

type Input = { readonly ids: readonly string[]; readonly personId: string };

/**
 * One colleague becomes the handler of many cases of their unit, all or none, and is told of each. Whoever had them keeps
 * nothing of it. Throws NOT_FOUND, OUT_OF_SCOPE, ILLEGAL_TRANSITION, INVALID for somebody who is not of the unit.
 */
export const assignReferrals = (asked: Ctx, { ids, personId }: Input): Promise<{ count: number }> =>
  actOnce(asked, async (tx) => {
    const each = [...new Set(ids)].toSorted();
    await inOrder(each, async (id) => {
      const referral = await lockReferral(tx, asked.scope, id);
      const role = demand(asked.actor, 'referral.assign', subjectOf(referral));
      demandLegal('assign', referral.status);
      const ctx = notBefore(asked, referral);
      const world = await worldOf(ctx, tx, referral);
      const decision = assign(referral, personId, world.organisation, ctx.now);
      await recordDecision(ctx, tx, world, referral, decision, role);
    });
    return { count: each.length };
  });
