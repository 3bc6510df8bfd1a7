import { handlersAt } from './colleagues.ts';
import type { Matter, Organisation, Person, Unit } from './organisation.ts';
import { isValid, mayOwn, unitOf } from './organisation-tree.ts';
import { isThere } from './recipients.ts';
import type { LocalDay } from './time.ts';

/** Sister units first, then the department, then the rest of the municipality. */
const distance = (from: Unit, to: Unit): number => {
  if (from.parent !== null && from.parent === to.parent) return 0;
  return from.department === to.department ? 1 : 2;
};

/**
 * Who may make a re-assessment: the owner's handlers who never handled the child's case. Where there is nobody, team
 * leaders of other units that may own such a matter, nearest unit first. Only people who are there on the day.
 */
export const reassessorsOf = (
  organisation: Organisation,
  { ownerUnit, matter }: { readonly ownerUnit: string; readonly matter: Matter },
  touched: ReadonlySet<string>,
  day: LocalDay,
): { readonly from: 'own-unit' | 'elsewhere'; readonly people: readonly Person[] } => {
  const fits = (person: Person): boolean => !touched.has(person.id) && isThere(person.id, organisation, day);
  const own = handlersAt(organisation, ownerUnit, day).filter(fits);
  if (own.length > 0) return { from: 'own-unit', people: own };
  const owner = unitOf(organisation, ownerUnit);
  const near = [...organisation.units.values()]
    .filter((unit) => unit.id !== ownerUnit && isValid(unit.validity, day) && mayOwn(unit, matter))
    .map((unit) => ({ unit, far: distance(owner, unit) }))
    .sort((a, b) => a.far - b.far || (a.unit.id < b.unit.id ? -1 : 1));
  const people = near.flatMap(({ unit }) =>
    handlersAt(organisation, unit.id, day).filter(
      (person) => fits(person) && person.roles.some((held) => held.role === 'team-leader' && held.unit === unit.id),
    ),
  );
  return { from: 'elsewhere', people: [...new Set(people)] };
};
