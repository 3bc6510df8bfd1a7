import { handlersAt } from '#domain/colleagues.ts';
import { demand } from '#domain/policy.ts';
import { isThere } from '#domain/recipients.ts';
import { localDay } from '#domain/time.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { worldOf } from './world.ts';

/** Whom a referral can be assigned to: the owning unit's handlers, and whether they are there today. */
export const listColleagues = async (ctx: Ctx, referralId: string) => {
  const referral = await getReferral(ctx.deps.db, ctx.scope, referralId);
  demand(ctx.actor, 'referral.assign', subjectOf(referral));
  const { organisation } = await worldOf(ctx, ctx.deps.db, referral);
  const day = localDay(ctx.now);
  return handlersAt(organisation, referral.ownerUnit, day).map(({ id, title }) => ({
    id,
    title,
    present: isThere(id, organisation, day),
  }));
};
