import { refuseField } from '#domain/field-errors.ts';
import { demand } from '#domain/policy.ts';
import { nameReassessor as name } from '#domain/reassessment.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, subjectOf, type Target } from './on-referral.ts';
import { reassessorsFor } from './reassessors-for.ts';

/** Who may make the re-assessment: by the whole history of the child's case, not by who is free. */
export const listReassessors = async (ctx: Ctx, referralId: string) => {
  const { db } = ctx.deps;
  const referral = await getReferral(db, ctx.scope, referralId);
  demand(ctx.actor, 'referral.name-reassessor', subjectOf(referral));
  const { from, people } = await reassessorsFor(ctx, db, referral);
  return { from, people: people.map(({ id, title }) => ({ id, title })) };
};

/** Asks one of those to make it; in another unit, they may read the case until it is made. Throws INVALID. */
export const nameReassessor = (asked: Ctx, input: Target & { readonly personId: string }): Promise<Recorded> =>
  onReferral(asked, 'name-reassessor', 'referral.name-reassessor', input, async ({ ctx, referral, tx }) => {
    const { people } = await reassessorsFor(ctx, tx, referral);
    if (!people.some(({ id }) => id === input.personId)) refuseField('personId', 'unknown-choice');
    return name(referral, input.personId);
  });
