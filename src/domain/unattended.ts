import type { Organisation, Person } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { hasMoved, presentOrSubstitute } from './recipients.ts';
import type { LocalDay } from './time.ts';

/** `absent` today, `left` the municipality, or `moved` to another unit. */
export type Gone = 'absent' | 'left' | 'moved';

/** Why the person who has a case in the unit is not there; null: they are. */
export const whyGone = (
  personId: string,
  unit: string,
  { people, units }: Organisation,
  day: LocalDay,
): Gone | null => {
  const person = people.get(personId);
  if (!person || !isValid(person.validity, day)) return 'left';
  if (presentOrSubstitute(personId, { people, units }, day)?.id !== personId) return 'absent';
  return hasMoved(person, unit, day) ? 'moved' : null;
};

/** Who answers meanwhile; null: nobody, or somebody who has gone to another unit. */
export const answersFor = (personId: string, gone: Gone, organisation: Organisation, day: LocalDay): Person | null =>
  gone === 'moved' ? null : presentOrSubstitute(personId, organisation, day);

/** People of whom some case may be without anybody: away, gone, or with a role that has ended. */
export const maybeGone = ({ people, units }: Organisation, day: LocalDay): readonly string[] =>
  [...people.values()]
    .filter(
      ({ id, roles, validity }) =>
        !isValid(validity, day) ||
        presentOrSubstitute(id, { people, units }, day)?.id !== id ||
        roles.some((held) => !isValid(held.validity, day)),
    )
    .map(({ id }) => id);
