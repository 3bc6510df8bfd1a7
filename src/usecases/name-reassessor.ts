import { refuseField } from '#domain/field-errors.ts';
import { demand } from '#domain/policy.ts';
import { nameReassessor as name } from '#domain/reassessment.ts';
import { reassessorsOf } from '#domain/reassessors.ts';
import type { Referral } from '#domain/referral.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { findTouches } from '#store/reassessments.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, subjectOf, type Target } from './on-referral.ts';
import { worldOf } from './world.ts';

const eligible = async (ctx: Ctx, tx: Tx, referral: Referral, { organisation }: World) => {
  const touched = new Set((await findTouches(tx, ctx.scope, referral.id)).map(({ personId }) => personId));
  return reassessorsOf(organisation, referral, touched, localDay(ctx.now));
};

/** Who may make the re-assessment: by the whole history of the child's case, not by who is free. */
export const listReassessors = async (ctx: Ctx, referralId: string) => {
  const { db } = ctx.deps;
  const referral = await getReferral(db, ctx.scope, referralId);
  demand(ctx.actor, 'referral.name-reassessor', subjectOf(referral));
  const world = await worldOf(ctx, ctx.deps.db, referral);
  const { from, people } = await eligible(ctx, db, referral, world);
  return { from, people: people.map(({ id, title }) => ({ id, title })) };
};

/** Asks one of those to make it; in another unit, they may read the case until it is made. Throws INVALID. */
export const nameReassessor = (asked: Ctx, input: Target & { readonly personId: string }): Promise<Recorded> =>
  onReferral(asked, 'name-reassessor', 'referral.name-reassessor', input, async ({ ctx, referral, world, tx }) => {
    const { people } = await eligible(ctx, tx, referral, world);
    if (!people.some(({ id }) => id === input.personId)) refuseField('personId', 'unknown-choice');
    return name(referral, input.personId);
  });
