import type { World } from '#domain/world.ts';

/** What ids of the journal are called on screen. */
export const namesOf = ({ organisation: { units, people }, rulebook }: World) => ({
  unit: (id: unknown): string => units.get(String(id))?.name ?? String(id),
  person: (id: unknown): string => people.get(String(id))?.title ?? units.get(String(id))?.name ?? String(id),
  measures: rulebook.codes.measures,
});
