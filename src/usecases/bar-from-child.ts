import { mayBeNamed } from '#domain/conflict.ts';
import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import type { OpenMatters } from '#domain/ownership.ts';
import { openDispute } from '#domain/ownership.ts';
import { demand } from '#domain/policy.ts';
import type { Referral } from '#domain/referral.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findToldOfConflict, insertConflict, liftConflicts } from '#store/conflicts.ts';
import type { Tx } from '#store/db.ts';
import { findOpenMatters } from '#store/matters.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Scene, subjectOf, type Target } from './on-referral.ts';
import { tellOfChildren } from './tell-of-children.ts';
import { worldOf } from './world.ts';

type Reasoned = Target & { readonly reason: string };
export type Named = Reasoned & { readonly personId: string };

/** Nothing of what they had stays with them: the system looks at each case of the child once this stands. */
const handOn = async (ctx: Ctx, tx: Tx, personId: string): Promise<void> => {
  const ids = await findToldOfConflict(tx, ctx.scope, personId);
  await tellOfChildren(
    ctx,
    tx,
    ids.map((referralId) => ({ referralId, told: 'reassessment', subjectId: null })),
  );
};

const bar = async ({ ctx, tx, referral }: Scene, personId: string, reason: string) => {
  const by = personOf(ctx).personId;
  const conflict = { id: ctx.deps.newId(ctx.now), personId, referralId: referral.id, by };
  if (!(await insertConflict(tx, ctx.scope, conflict, ctx.now))) {
    throw illegal('Det er allerede oplyst.', 'It has been said already.');
  }
  await handOn(ctx, tx, personId);
  const data = { person: personId, own: personId === by };
  return { patch: {}, facts: [{ kind: 'person-barred', data, sealed: { text: reason } }] };
};

/** "Jeg er inhabil": from now on none of the child's cases is there for whoever says so. Throws ILLEGAL_TRANSITION. */
export const declareConflict = (asked: Ctx, input: Reasoned): Promise<Recorded> =>
  onReferral(asked, 'declare-conflict', 'referral.declare-conflict', input, (scene) =>
    bar(scene, personOf(scene.ctx).personId, input.reason),
  );

const candidates = (referral: Referral, open: OpenMatters, { organisation }: World, ctx: Ctx) => {
  const parties = openDispute(open)?.parties.map(({ unit }) => unit) ?? [];
  const units = [referral.ownerUnit, referral.responsibleUnit, referral.assessmentUnit, open.handover?.to, ...parties];
  const own = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
  return mayBeNamed(
    units.filter((unit) => unit != null),
    organisation,
    localDay(ctx.now),
  ).filter(({ id }) => id !== own);
};

/** Whom the owning unit can name: who would see the case by their role, but for those who are barred already. */
export const listNameable = async (ctx: Ctx, referralId: string) => {
  const { db } = ctx.deps;
  const referral = await getReferral(db, ctx.scope, referralId);
  demand(ctx.actor, 'referral.name-conflict', subjectOf(referral));
  const open = await findOpenMatters(db, ctx.scope, referralId);
  const people = candidates(referral, open, await worldOf(ctx, db, referral), ctx);
  return people.map(({ id, title }) => ({ id, title }));
};

/** The owning unit says that somebody else is related to the child. Throws INVALID, ILLEGAL_TRANSITION. */
export const nameConflict = (asked: Ctx, input: Named): Promise<Recorded> =>
  onReferral(asked, 'name-conflict', 'referral.name-conflict', input, (scene) => {
    const { referral, open, world, ctx } = scene;
    const people = candidates(referral, open, world, ctx);
    if (referral.barred.includes(input.personId)) {
      throw illegal('Det er allerede oplyst.', 'It has been said already.');
    }
    if (!people.some(({ id }) => id === input.personId)) refuseField('personId', 'unknown-choice');
    return bar(scene, input.personId, input.reason);
  });

/** A leader finds that there is no such relation, or that it counts no more. What was handed on stays where it is. */
export const liftConflict = (asked: Ctx, input: Named): Promise<Recorded> =>
  onReferral(asked, 'lift-conflict', 'referral.lift-conflict', input, async ({ ctx, referral, tx }) => {
    const lifted = { personId: input.personId, referralId: referral.id, by: personOf(ctx).personId };
    if (!(await liftConflicts(tx, ctx.scope, lifted, ctx.now))) {
      throw illegal('Personen er ikke udelukket fra sagen.', 'The person is not barred from the case.');
    }
    const data = { person: input.personId };
    return { patch: {}, facts: [{ kind: 'person-let-in', data, sealed: { text: input.reason } }] };
  });
