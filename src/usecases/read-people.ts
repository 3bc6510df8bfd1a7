import { isValid } from '#domain/organisation-tree.ts';
import { isPersonChange } from '#domain/person-change.ts';
import { demand } from '#domain/policy.ts';
import { iso, type LocalDay, localDay } from '#domain/time.ts';
import { findOpenUnitChanges } from '#store/unit-changes.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

/**
 * Who worked here on a local day, as what: today, on a day that has been, or as far as it is known of one to come. With
 * the changes of people that wait for their day.
 */
export const readPeople = async (ctx: Ctx, asked: { readonly on: LocalDay | null }) => {
  demand(ctx.actor, 'setup.read');
  const { organisation } = await currentWorld(ctx);
  const on = asked.on ?? localDay(ctx.now);
  const named = (id: string) => ({ id, name: organisation.units.get(id)?.name ?? id });
  const planned = await findOpenUnitChanges(ctx.deps.db, ctx.scope);
  const title = (id: string | null): string | null => (id === null ? null : (organisation.people.get(id)?.title ?? id));
  return {
    on: on.toString(),
    people: [...organisation.people.values()]
      .filter(({ validity }) => isValid(validity, on))
      .map((person) => ({
        id: person.id,
        title: person.title,
        unit: named(person.unit),
        roles: person.roles
          .filter(({ validity }) => isValid(validity, on))
          .map(({ role, unit, validity: { from, until } }) => ({
            role,
            unit: named(unit),
            from: from?.toString() ?? null,
            until: until?.toString() ?? null,
          })),
        substitute: title(person.substitute),
        until: person.validity.until?.toString() ?? null,
      }))
      .toSorted((a, b) => a.unit.name.localeCompare(b.unit.name, 'da') || a.title.localeCompare(b.title, 'da')),
    units: [...organisation.units.values()]
      .filter(({ validity }) => isValid(validity, on))
      .map(({ id, name }) => ({ id, name }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'da')),
    planned: planned.flatMap(({ id, change, state, dueAt }) =>
      isPersonChange(change) ? [{ id, change, state, dueAt: iso(dueAt) }] : [],
    ),
  };
};
