import type { Organisation, Person } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { holdersAt, presentOrSubstitute } from './recipients.ts';
import { atLocal, compareDays, type Instant, type LocalDay } from './time.ts';

/** Somebody who works here no more, and since when. */
export type Left = { readonly personId: string; readonly since: Instant };

const hasLeft = ({ validity }: Person, day: LocalDay): boolean =>
  validity.until !== null && compareDays(validity.until, day) <= 0;

/** People of these units who have left: whoever leads the unit takes their place as a notifier. */
export const leftOf = (units: readonly string[], { people }: Organisation, day: LocalDay): readonly Left[] =>
  [...people.values()]
    .filter((person) => units.includes(person.unit) && hasLeft(person, day))
    .map(({ id, validity }) => ({ personId: id, since: atLocal(validity.until as LocalDay, '00:00:00') }));

/**
 * Who is told what a notifier of the staff is to be told: they themselves; once they have left, the leader of their
 * institution or whoever stands in for them; null where there is none.
 */
export const toldInPlaceOf = (personId: string, organisation: Organisation, day: LocalDay): Person | null => {
  const person = organisation.people.get(personId);
  if (!person) return null;
  if (!hasLeft(person, day)) return person;
  const leaders = holdersAt('institution-leader', [person.unit], organisation, day).filter((one) =>
    isValid(one.validity, day),
  );
  const there = leaders.map(({ id }) => presentOrSubstitute(id, organisation, day));
  return there.find((one) => one !== null && leaders.includes(one)) ?? leaders[0] ?? null;
};
