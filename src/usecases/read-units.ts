import type { Organisation, Unit } from '#domain/organisation.ts';
import { isValid } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { needsOf } from '#domain/split-rules.ts';
import { iso, type LocalDay, localDay } from '#domain/time.ts';
import { isUnitChange } from '#domain/unit-words.ts';
import { findOpenUnitChanges } from '#store/unit-changes.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

const peopleOf = ({ people }: Organisation, unit: string, day: LocalDay) =>
  [...people.values()]
    .filter(
      (person) =>
        isValid(person.validity, day) && person.roles.some((held) => held.unit === unit && isValid(held.validity, day)),
    )
    .map(({ id, title }) => ({ id, title }));

const unitLine = (unit: Unit, organisation: Organisation, day: LocalDay) => ({
  id: unit.id,
  name: unit.name,
  kind: unit.kind,
  department: organisation.departments.get(unit.department)?.name ?? unit.department,
  mayOwn: unit.mayOwn,
  postalCodes: unit.postalCodes,
  ages: unit.ages,
  open: isValid(unit.validity, day),
  from: unit.validity.from?.toString() ?? null,
  until: unit.validity.until?.toString() ?? null,
  successor: unit.successor === null ? null : (organisation.units.get(unit.successor)?.name ?? unit.successor),
  people: peopleOf(organisation, unit.id, day),
  rules: needsOf(organisation.matrix, [unit.id], day),
});

/** Every unit that there is or was, who works there today, and the changes that wait for their day. */
export const readUnits = async (ctx: Ctx) => {
  demand(ctx.actor, 'setup.read');
  const { organisation } = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const planned = await findOpenUnitChanges(ctx.deps.db, ctx.scope);
  return {
    units: [...organisation.units.values()]
      .map((unit) => unitLine(unit, organisation, day))
      .toSorted((a, b) => a.department.localeCompare(b.department, 'da') || a.name.localeCompare(b.name, 'da')),
    planned: planned.flatMap(({ id, change, state, dueAt }) =>
      isUnitChange(change) ? [{ id, change, state, dueAt: iso(dueAt) }] : [],
    ),
  };
};
