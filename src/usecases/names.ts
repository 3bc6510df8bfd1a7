import type { World } from '#domain/world.ts';

/** What ids of the journal are called on screen. */
export const namesOf = ({ organisation: { units, people }, rulebook }: World) => ({
  unit: (id: unknown): string => units.get(String(id))?.name ?? String(id),
  person: (id: unknown): string => people.get(String(id))?.title ?? units.get(String(id))?.name ?? String(id),
  measures: rulebook.codes.measures,
});

/** What the choices of a notification's form are called. */
export const formNames = ({ organisation, rulebook }: World) => ({
  institution: (id: string) => organisation.units.get(id)?.name,
  need: (id: string) => {
    const need = organisation.matrix.find((row) => row.id === id)?.need;
    return need === undefined ? undefined : { da: need, en: need };
  },
  codes: rulebook.codes,
});
