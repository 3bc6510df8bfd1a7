import { mayBeNamed, unitsToName, whoSees } from '#domain/conflict.ts';
import { leadersOf, type Standing } from '#domain/conflict-floor.ts';
import { CONFLICT_TASK, type ConflictSaid } from '#domain/conflict-words.ts';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import type { Person } from '#domain/organisation.ts';
import type { OpenMatters } from '#domain/ownership.ts';
import { openDispute } from '#domain/ownership.ts';
import { demand } from '#domain/policy.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import { relatedTo } from '#domain/restriction.ts';
import type { NewTask } from '#domain/tasks.ts';
import { localDay } from '#domain/time.ts';
import { lockRecords } from '#store/child-links.ts';
import { insertConflict, liftConflicts } from '#store/conflicts.ts';
import { findOpenMatters } from '#store/matters.ts';
import { getReferral } from '#store/referrals.ts';
import { finishTasksAbout } from '#store/tasks.ts';
import { barPeople } from './bar-people.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Scene, subjectOf, type Target } from './on-referral.ts';
import { asReader } from './open-in-emergency.ts';
import { currentWorld } from './world.ts';

type Reasoned = Target & { readonly reason: string };
export type Named = Reasoned & { readonly personId: string };

const LAST = { leader: 'last-to-lead', handler: 'last-to-handle' } as const;
const YOU = { personId: { da: 'Du', en: 'You' } };

/** Whoever leads the responsible unit looks whether it is right: neither the one who is named nor the one who said it. */
const toldOf = ({ ctx, referral, world }: Scene, subject: string, personId: string): readonly NewTask[] => {
  const by = personOf(ctx).personId;
  const unit = referral.responsibleUnit;
  const others = leadersOf(unit, world.organisation, localDay(ctx.now)).filter(
    ({ id }) => id !== by && id !== personId,
  );
  if (others.length === 0) return [];
  const reason: ConflictSaid = personId === by ? 'said-of-self' : 'named-by-unit';
  const asked = { kind: CONFLICT_TASK, unit, reason, subject, urgent: referral.acute } as const;
  return [{ ...asked, except: [by, personId], aboutPerson: personId }];
};

const bar = async (scene: Scene, personId: string, reason: string): Promise<Decision> => {
  const { ctx, tx, referral } = scene;
  const by = personOf(ctx).personId;
  const own = personId === by;
  const conflict = { id: ctx.deps.newId(ctx.now), personId, referralId: referral.id, by };
  const say = async (before: readonly Standing[]) => {
    // Two name each other in two cases of the children: whoever was named first does not find the case any more.
    if (before.some(({ id, barred }) => id === referral.id && barred.includes(by))) throw new DomainError('NOT_FOUND');
    if (await insertConflict(tx, ctx.scope, conflict, ctx.now)) return;
    throw illegal('Det er allerede oplyst.', 'It has been said already.');
  };
  await lockRecords(tx, ctx.scope, [referral.childId]);
  await barPeople(ctx, tx, { childIds: [referral.childId] }, say, (lacking) =>
    refuseField('personId', LAST[lacking], own ? YOU : undefined),
  );
  return {
    patch: {},
    facts: [{ kind: 'person-barred', data: { person: personId, own }, sealed: { text: reason } }],
    tasks: toldOf(scene, conflict.id, personId),
  };
};

/**
 * "Jeg er inhabil": from now on none of the child's cases is there for whoever says so, who may have found it out in an
 * emergency. Throws ILLEGAL_TRANSITION, and INVALID when nobody would be left to lead or handle one of them.
 */
export const declareConflict = async (asked: Ctx, input: Reasoned): Promise<Recorded> => {
  const { ctx } = await asReader(asked, asked.deps.db, input.id);
  return onReferral(ctx, 'declare-conflict', 'referral.declare-conflict', input, (scene) =>
    bar(scene, personOf(scene.ctx).personId, input.reason),
  );
};

const concerned = (referral: Referral, open: OpenMatters): readonly string[] => {
  const parties = openDispute(open)?.parties.map(({ unit }) => unit) ?? [];
  const units = [referral.ownerUnit, referral.responsibleUnit, referral.assessmentUnit, open.handover?.to, ...parties];
  return units.filter((unit) => unit != null);
};

const besides = ({ actor }: Ctx, referral: Referral, people: readonly Person[]): readonly Person[] => {
  const out = [...relatedTo(referral), actor.kind === 'person' ? actor.personId : ''];
  return people.filter(({ id }) => !out.includes(id));
};

/**
 * Whom the owning unit can name, but for those who are barred already: of a unit that is asked for, else who would see
 * the case by their role today; and the units there are. Throws INVALID for a unit that is not among them.
 */
export const listNameable = async (ctx: Ctx, { referralId, unit }: { referralId: string; unit: string | null }) => {
  const { db } = ctx.deps;
  const referral = await getReferral(db, ctx.scope, referralId);
  demand(ctx.actor, 'referral.name-conflict', subjectOf(referral));
  // Whoever is only not on a restricted case's list may be named like everybody else.
  const { organisation } = await currentWorld(ctx, db);
  const day = localDay(ctx.now);
  const units = unitsToName(organisation, day);
  if (unit !== null && !units.some(({ id }) => id === unit)) refuseField('unit', 'unknown-choice');
  const people =
    unit === null
      ? whoSees(concerned(referral, await findOpenMatters(db, ctx.scope, referralId)), organisation, day)
      : mayBeNamed(unit, organisation, day);
  return {
    people: besides(ctx, referral, people).map(({ id, title }) => ({ id, title })),
    units: units.map(({ id, name }) => ({ id, name })),
  };
};

/** The owning unit says that somebody else is related to the child, wherever they work. Throws INVALID, ILLEGAL_TRANSITION. */
export const nameConflict = (asked: Ctx, input: Named): Promise<Recorded> =>
  onReferral(asked, 'name-conflict', 'referral.name-conflict', input, async (scene) => {
    const { referral, ctx, tx } = scene;
    if (relatedTo(referral).includes(input.personId)) {
      throw illegal('Det er allerede oplyst.', 'It has been said already.');
    }
    const { organisation } = await currentWorld(ctx, tx);
    const people = besides(ctx, referral, mayBeNamed(null, organisation, localDay(ctx.now)));
    if (!people.some(({ id }) => id === input.personId)) refuseField('personId', 'unknown-choice');
    return bar(scene, input.personId, input.reason);
  });

/**
 * A leader finds that there is no such relation, or that it counts no more; whoever was asked to look has their answer. What
 * was handed on stays where it is.
 */
export const liftConflict = (asked: Ctx, input: Named): Promise<Recorded> =>
  onReferral(asked, 'lift-conflict', 'referral.lift-conflict', input, async ({ ctx, referral, tx }) => {
    const by = personOf(ctx).personId;
    const { personId } = input;
    const subjects = await liftConflicts(tx, ctx.scope, { personId, referralId: referral.id, by }, ctx.now);
    if (subjects.length === 0) {
      throw illegal('Personen er ikke udelukket fra sagen.', 'The person is not barred from the case.');
    }
    await finishTasksAbout(tx, ctx.scope, { kind: CONFLICT_TASK, subjects, outcome: 'lifted', personId: by }, ctx.now);
    const data = { person: personId };
    return { patch: {}, facts: [{ kind: 'person-let-in', data, sealed: { text: input.reason } }] };
  });
