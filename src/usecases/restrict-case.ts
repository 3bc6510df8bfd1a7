import { whoSees } from '#domain/conflict.ts';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import type { Referral } from '#domain/referral.ts';
import { missingFrom, relatedTo } from '#domain/restriction.ts';
import { localDay } from '#domain/time.ts';
import { lockRecords } from '#store/child-links.ts';
import type { Tx } from '#store/db.ts';
import { getReferral, lockReferral } from '#store/referrals.ts';
import { addNames, insertRestriction, liftRestrictions, removeNames } from '#store/restrictions.ts';
import { barPeople, refuseToLeaveNobody } from './bar-people.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Scene, subjectOf, type Target } from './on-referral.ts';
import { tellLeaderAbove } from './tell-leader-above.ts';
import { currentWorld } from './world.ts';

export type Restricting = Target & {
  /** Everybody for whom the child's cases are there from now on. */
  readonly named: readonly string[];
  readonly reason: string;
};

/** Everybody of the units concerned and above them, and who re-assesses it, who is not related to the child: whom a leader may choose from. */
const choices = async (ctx: Ctx, tx: Tx, referral: Referral, related: readonly string[]) => {
  const { organisation } = await currentWorld(ctx, tx);
  const units = [referral.ownerUnit, referral.responsibleUnit, referral.assessmentUnit].filter((unit) => unit !== null);
  const reassessor = organisation.people.get(referral.reassessor ?? '');
  const all = new Set([...whoSees(units, organisation, localDay(ctx.now)), ...(reassessor ? [reassessor] : [])]);
  return [...all].filter(({ id }) => !related.includes(id));
};

/** Rows of the list, with ids of their own. */
const nameRows = (ctx: Ctx, people: readonly string[]) =>
  people.map((personId) => ({ id: ctx.deps.newId(ctx.now), personId }));

/** Whom a leader may choose, with who is named now. */
export const listRestrictable = async (ctx: Ctx, referralId: string) => {
  const { db } = ctx.deps;
  const referral = await getReferral(db, ctx.scope, referralId);
  demand(ctx.actor, 'referral.restrict', subjectOf(referral));
  const { people } = (await currentWorld(ctx)).organisation;
  // Closed by the list of a child named with it, it is there for those whom that one names: they are proposed.
  const now = referral.restricted?.own ?? referral.restricted?.named ?? [];
  const may = await choices(ctx, db, referral, relatedTo(referral));
  const elsewhere = now.flatMap((id) => (may.some((one) => one.id === id) ? [] : (people.get(id) ?? [])));
  return [...may, ...elsewhere].map(({ id, title }) => ({ id, title, named: now.includes(id) }));
};

const demandChosen = async ({ ctx, tx, referral }: Scene, chosen: readonly string[]): Promise<void> => {
  const may = new Set((await choices(ctx, tx, referral, relatedTo(referral))).map(({ id }) => id));
  const before = referral.restricted?.named ?? [];
  if (chosen.some((id) => !may.has(id) && !before.includes(id))) refuseField('named', 'unknown-choice');
};

/** Once the list stands: for whom the case is there then, which the list of a child named with it may narrow. */
const demandEnough = async ({ ctx, tx, referral }: Scene): Promise<void> => {
  const { restricted } = await lockReferral(tx, ctx.scope, referral.id);
  const { organisation } = await currentWorld(ctx, tx);
  const open = referral.closedAt === null;
  const missing = missingFrom(restricted?.named ?? [], referral.ownerUnit, open, organisation, ctx.now);
  if (missing) refuseField('named', missing);
};

/**
 * The child's cases are there for these people only, by their roles, from now on: the first time it is restricted, later the
 * list is changed. No other child's list is, though those of its notifications are there for fewer. Somebody who may handle it and a leader who may lift it are always among them; in other units that have
 * a case of the child somebody is named by rule. Throws INVALID, ILLEGAL_TRANSITION.
 */
export const restrictCase = (asked: Ctx, input: Restricting): Promise<Recorded> =>
  onReferral(asked, 'restrict', 'referral.restrict', input, async (scene) => {
    const { ctx, tx, referral } = scene;
    const { id: referralId, restricted } = referral;
    const by = personOf(ctx).personId;
    const chosen = [...new Set(input.named)];
    const own = restricted?.own ?? null;
    const before = own ?? [];
    await demandChosen(scene, chosen);
    const [added, removed] = [chosen.filter((id) => !before.includes(id)), before.filter((id) => !chosen.includes(id))];
    if (added.length + removed.length === 0) {
      throw illegal('Listen er den samme som før.', 'The list is the same as before.');
    }
    const change = async (): Promise<void> => {
      const one = { id: ctx.deps.newId(ctx.now), referralId, by };
      // The case is still there for whoever acts until the first one is named.
      if (own === null && !(await insertRestriction(tx, ctx.scope, one, ctx.now))) {
        throw illegal('Sagen er allerede begrænset.', 'The case is restricted already.');
      }
      await addNames(tx, ctx.scope, { referralId, people: nameRows(ctx, added), by }, ctx.now);
      await removeNames(tx, ctx.scope, { referralId, people: removed, by }, ctx.now);
      await demandEnough(scene);
    };
    await lockRecords(tx, ctx.scope, [referral.childId]);
    // Another case of the child may have changed or lifted the same list while this one waited.
    const now = (await lockReferral(tx, ctx.scope, referralId)).restricted?.own ?? null;
    if (now?.toSorted().join() !== own?.toSorted().join()) throw new DomainError('STALE');
    await barPeople(ctx, tx, { childIds: [referral.childId], saidIn: referralId }, change, refuseToLeaveNobody);
    await tellLeaderAbove(ctx, tx, referral, own === null ? 'case-restricted' : 'list-changed');
    const data = { added, removed };
    // The list is state: whoever looks at another one must look again before they write theirs over it.
    return {
      patch: { status: referral.status },
      facts: [{ kind: 'restricted', data, sealed: { text: input.reason } }],
    };
  });

/** A leader who is named finds that it is needed no more: the child's cases are there by role again. Throws ILLEGAL_TRANSITION. */
export const liftRestriction = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'lift-restriction', 'referral.lift-restriction', input, async ({ ctx, tx, referral }) => {
    const { id: referralId, childId, restricted } = referral;
    await lockRecords(tx, ctx.scope, [childId]);
    const lift = async () => {
      if (await liftRestrictions(tx, ctx.scope, { referralId, by: personOf(ctx).personId }, ctx.now)) return;
      throw restricted?.own === null
        ? illegal(
            'Det er et andet barn i underretningen, som er begrænset.',
            'Another child of the notification is restricted.',
          )
        : illegal('Sagen er ikke begrænset.', 'The case is not restricted.');
    };
    await barPeople(ctx, tx, { childIds: [childId], saidIn: referralId }, lift, refuseToLeaveNobody);
    await tellLeaderAbove(ctx, tx, referral, 'restriction-lifted');
    return {
      patch: { status: referral.status },
      facts: [{ kind: 'restriction-lifted', data: {}, sealed: { text: input.reason } }],
    };
  });
