import { canonical } from '#domain/journal.ts';
import { sidesAfter } from '#domain/matters-after.ts';
import type { Organisation } from '#domain/organisation.ts';
import { needsOf } from '#domain/split-rules.ts';
import { localDay } from '#domain/time.ts';
import { unitChange } from '#domain/unit-change.ts';
import { demandTaker, demandUnitChange } from '#domain/unit-change-checks.ts';
import { organisationAfter, planOf, shareTo, takesPlaceAt, type UnitPlan } from '#domain/unit-plan.ts';
import { isUnitChange } from '#domain/unit-words.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { findOpenSides } from '#store/matters.ts';
import { findOpenUnitChanges, insertUnitChange } from '#store/unit-changes.ts';
import { countUnitWork, findConcerned, findUnitMatters } from '#store/unit-work.ts';
import type { Ctx } from './context.ts';
import { parseChange } from './parse-change.ts';
import type { Prepare, ShownUnits } from './prepared-change.ts';
import { splitParts } from './split-parts.ts';
import { currentWorld } from './world.ts';

const MOST_LISTED = 200;
/** The rule of a split opens each notification: so many are tried for the dry run. */
const MOST_TRIED = 500;

/** Every unit that a change names, by whatever field. */
const unitsOf = ({ closing, opening, into }: UnitPlan): readonly string[] => [
  ...closing,
  ...opening.map(({ id }) => id),
  ...(into === null ? [] : [into]),
];

type Name = (id: string) => { readonly id: string; readonly name: string };

const peopleMoved = (before: Organisation, after: Organisation) =>
  [...after.people.values()].filter((person) => {
    const was = before.people.get(person.id);
    return was?.unit !== person.unit || canonical(was.roles) !== canonical(person.roles);
  });

/** What is open and has the units in it, and whether the day ends it: asked of what will do it. */
const shownMatters = async (ctx: Ctx, tx: Tx, plan: UnitPlan, after: World, named: Name) => {
  const matters = await findUnitMatters(tx, ctx.scope, plan.closing, MOST_LISTED);
  const sides = await findOpenSides(
    tx,
    ctx.scope,
    matters.map(({ id }) => id),
  );
  const parts = plan.split && (await splitParts(ctx, tx, matters, plan.split, after));
  return matters.map(({ id, childAge: _age, ...one }) => {
    const open = sides.get(id) ?? { handover: null, dispute: null };
    const then = sidesAfter(open, shareTo(plan, parts?.get(id) ?? null));
    const ends = one.what === 'handover' ? then.overHandover : then.overDispute;
    return { ...one, units: one.units.map(named), ends };
  });
};

const triedParts = async (
  ctx: Ctx,
  tx: Tx,
  plan: UnitPlan,
  world: World,
  named: Name,
): Promise<ShownUnits['parts']> => {
  const { split, closing } = plan;
  if (!split) return null;
  const asked = await findConcerned(tx, ctx.scope, { units: closing, after: null, limit: MOST_TRIED });
  const parts = [...(await splitParts(ctx, tx, asked, split, world)).values()];
  const rows = [...split.parts, null].map((part) => ({
    unit: part === null ? null : named(part),
    count: parts.filter((one) => one === part).length,
  }));
  return { counted: parts.length, rows };
};

const shownOf = async (ctx: Ctx, tx: Tx, plan: UnitPlan, before: World, after: World): Promise<ShownUnits> => {
  const { units } = after.organisation;
  const named: Name = (id) => ({ id, name: units.get(id)?.name ?? id });
  const counts = await countUnitWork(tx, ctx.scope, plan.closing, ctx.now);
  const changed = [...units.values()].filter((unit) => before.organisation.units.get(unit.id) !== unit);
  return {
    what: plan.what,
    on: plan.on.toString(),
    closing: plan.closing.map(named),
    opening: plan.opening.map(({ id }) => named(id)),
    into: plan.into === null ? null : named(plan.into),
    counts: counts.map(({ unit, ...count }) => ({ ...named(unit), ...count })),
    matters: await shownMatters(ctx, tx, plan, after, named),
    people: peopleMoved(before.organisation, after.organisation).map(({ id, title, unit }) => ({
      id,
      title,
      to: named(unit),
    })),
    rules: needsOf(before.organisation.matrix, plan.closing, plan.on).map(({ id, need }) => ({
      id,
      need,
      to: plan.split?.rows[id] ? named(plan.split.rows[id]) : null,
    })),
    below: changed.filter((unit) => !unitsOf(plan).includes(unit.id)).map(({ id }) => named(id)),
    areas: changed
      .filter(({ id }) => !plan.closing.includes(id) && unitsOf(plan).includes(id))
      .map(({ id, postalCodes, ages }) => ({ unit: named(id), postalCodes, ages })),
    parts: await triedParts(ctx, tx, plan, after, named),
  };
};

/**
 * Units that open, close, merge or split on a day. The digest covers the units, people and rules; how much work there is
 * changes by the minute, and all of it goes along on the day.
 */
export const prepareUnits: Prepare = async (ctx, tx, { id, payload }) => {
  const change = parseChange(unitChange, payload);
  const before = await currentWorld(ctx, tx);
  const { organisation } = before;
  const planned = await findOpenUnitChanges(tx, ctx.scope);
  const changing = planned.flatMap(({ change: other }) =>
    isUnitChange(other) ? unitsOf(planOf(other, organisation)) : [],
  );
  demandUnitChange(change, organisation, { changing, today: localDay(ctx.now) });
  const plan = planOf(change, organisation);
  const after = { ...before, organisation: organisationAfter(organisation, plan) };
  demandTaker(plan, after.organisation);
  const people = peopleMoved(organisation, after.organisation).map(({ id: person, unit, roles }) => [
    person,
    unit,
    roles,
  ]);
  const covered = canonical(JSON.parse(JSON.stringify([id, change, people, plan.opening])));
  return {
    moves: [],
    units: await shownOf(ctx, tx, plan, before, after),
    digest: Buffer.from(ctx.deps.vault.digest(covered)).toString('hex'),
    write: () => insertUnitChange(tx, ctx.scope, { id, change, dueAt: takesPlaceAt(plan) }),
  };
};
