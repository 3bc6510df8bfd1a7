import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { isValid } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { type Instant, isAfter, isBefore, iso, localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { endShift, insertShift } from '#store/rota.ts';
import { lockSetup, raiseOrganisationVersion } from '#store/setup.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { recordSetup } from './record-setup.ts';
import { currentWorld } from './world.ts';

type Shift = {
  readonly unit: string;
  readonly person: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly phone: string | null;
};

const demandShift = ({ unit, person, from, until }: Shift, { organisation }: World, now: Instant): void => {
  const day = localDay(from);
  const known = organisation.units.get(unit);
  if (known?.kind !== 'duty-unit' || !isValid(known.validity, day)) refuseField('unit', 'unknown-choice');
  const works = organisation.people.get(person);
  const holds = works?.roles.some((held) => held.unit === unit && isValid(held.validity, day));
  if (!works || !holds || !isValid(works.validity, day)) refuseField('person', 'not-in-unit');
  if (isBefore(from, now)) refuseField('from', 'has-been');
  if (!isAfter(until, from)) refuseField('until', 'end-before-start');
  const twice = organisation.rota.some(
    (other) => other.person === person && isBefore(other.from, until) && isAfter(other.until, from),
  );
  if (twice) refuseField('person', 'on-duty-already');
};

/** Plans who is on duty. One person is enough: a shift that somebody swaps at night cannot wait for another. */
export const addShift = async (ctx: Ctx, shift: Shift): Promise<{ id: string }> => {
  demand(ctx.actor, 'setup.change-rota');
  const { personId } = personOf(ctx);
  return actOnce(ctx, async (tx) => {
    await lockSetup(tx, ctx.scope);
    demandShift(shift, await currentWorld(ctx, tx), ctx.now);
    const id = ctx.deps.newId(ctx.now);
    await insertShift(tx, ctx.scope, { id, ...shift }, personId);
    const { unit, person, from, until } = shift;
    const data = { shift: id, unit, person, from: iso(from), until: iso(until) };
    await recordSetup(ctx, tx, { kind: 'shift-added', personId, data });
    await raiseOrganisationVersion(tx, ctx.scope);
    return { id };
  });
};

/** Takes a planned shift away, or ends the one that runs. Throws ILLEGAL_TRANSITION for one that is over. */
export const removeShift = async (ctx: Ctx, { id }: { readonly id: string }): Promise<{ id: string }> => {
  demand(ctx.actor, 'setup.change-rota');
  const { personId } = personOf(ctx);
  return actOnce(ctx, async (tx) => {
    await lockSetup(tx, ctx.scope);
    if (!(await endShift(tx, ctx.scope, id, ctx.now))) throw illegal('Vagten er slut.', 'The shift is over.');
    await recordSetup(ctx, tx, { kind: 'shift-removed', personId, data: { shift: id } });
    await raiseOrganisationVersion(tx, ctx.scope);
    return { id };
  });
};
