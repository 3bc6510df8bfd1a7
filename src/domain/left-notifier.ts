import type { Organisation, Person } from './organisation.ts';
import { currentUnit, isValid } from './organisation-tree.ts';
import { holdersAt, presentOrSubstitute } from './recipients.ts';
import { atLocal, compareDays, type Instant, type LocalDay } from './time.ts';

/** Somebody who works here no more, and since when. */
export type Left = { readonly personId: string; readonly since: Instant };

const hasLeft = ({ validity }: Person, day: LocalDay): boolean =>
  validity.until !== null && compareDays(validity.until, day) <= 0;

/**
 * Whoever worked at another institution, too, or before: its children are no matter of this one's leader. A social worker
 * moves from one school to another on 1 December and leaves on 1 May: no leader is told, and what reaches nobody is followed
 * up as such.
 */
const workedElsewhere = ({ unit, roles }: Person, organisation: Organisation, day: LocalDay): boolean => {
  const today = (id: string): string => currentUnit(organisation, id, day)?.id ?? id;
  return roles.some((held) => today(held.unit) !== today(unit));
};

/** People of these units who have left: whoever leads the unit takes their place as a notifier. */
export const leftOf = (units: readonly string[], organisation: Organisation, day: LocalDay): readonly Left[] =>
  [...organisation.people.values()]
    .filter((person) => units.includes(person.unit) && hasLeft(person, day))
    .filter((person) => !workedElsewhere(person, organisation, day))
    .map(({ id, validity }) => ({ personId: id, since: atLocal(validity.until as LocalDay, '00:00:00') }));

/**
 * Who is told what a notifier of the staff is to be told: they themselves; once they have left, the leader of their
 * institution or whoever stands in for them; null where there is none.
 */
export const toldInPlaceOf = (personId: string, organisation: Organisation, day: LocalDay): Person | null => {
  const person = organisation.people.get(personId);
  if (!person) return null;
  if (!hasLeft(person, day)) return person;
  if (workedElsewhere(person, organisation, day)) return null;
  const leaders = holdersAt('institution-leader', [person.unit], organisation, day).filter((one) =>
    isValid(one.validity, day),
  );
  const there = leaders.map(({ id }) => presentOrSubstitute(id, organisation, day));
  return there.find((one) => one !== null && leaders.includes(one)) ?? leaders[0] ?? null;
};
