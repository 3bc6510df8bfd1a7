import { refuseField } from './field-errors.ts';
import type { Organisation, Person } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { presentOrSubstitute, upwards } from './recipients.ts';
import { compareDays, type LocalDay } from './time.ts';

type People = Pick<Organisation, 'people' | 'units'>;

/** Days are whole and local; `lastDay` belongs to the absence, null: until somebody ends it. */
export type NewAbsence = {
  readonly personId: string;
  readonly from: LocalDay;
  readonly lastDay: LocalDay | null;
  readonly substitute: string | null;
};

/** Who may stand in: somebody employed in the same unit, beside it or above it, who can reach the same work. */
export const substitutesFor = (person: Person, organisation: People, day: LocalDay): readonly Person[] => {
  const above = upwards(person.unit, organisation).map(({ id }) => id);
  const parent = organisation.units.get(person.unit)?.parent ?? null;
  const near = ({ unit }: Person): boolean =>
    above.includes(unit) || (parent !== null && organisation.units.get(unit)?.parent === parent);
  return [...organisation.people.values()].filter(
    (other) => other.id !== person.id && isValid(other.validity, day) && near(other),
  );
};

/** Refuses INVALID: days that have been or run backwards, an absence that is known already, a substitute who cannot. */
export const demandAbsence = (absence: NewAbsence, person: Person, organisation: People, today: LocalDay): void => {
  const { from, lastDay, substitute } = absence;
  if (compareDays(from, today) < 0) refuseField('from', 'past-date');
  if (lastDay && compareDays(lastDay, from) < 0) refuseField('lastDay', 'before-first');
  const overlaps = person.absences.some(
    (known) =>
      (known.until === null || compareDays(from, known.until) < 0) &&
      (lastDay === null || known.from === null || compareDays(known.from, lastDay) <= 0),
  );
  if (overlaps) refuseField('from', 'absence-known');
  if (substitute === null) return;
  if (substitutesFor(person, organisation, from).every(({ id }) => id !== substitute)) {
    refuseField('substitute', 'unknown-choice');
  }
  const answers = presentOrSubstitute(substitute, organisation, from);
  if (!answers || answers.id === person.id) refuseField('substitute', 'nobody-there');
};

/** People who are away today and for whom this person answers, through however many substitutes. */
export const standsInFor = (personId: string, { people, units }: People, day: LocalDay): readonly string[] =>
  [...people.values()]
    .filter(({ id }) => id !== personId && presentOrSubstitute(id, { people, units }, day)?.id === personId)
    .map(({ id }) => id);
