import { substitutesFor } from './absence.ts';
import { refuseField } from './field-errors.ts';
import type { Organisation, Person, Role } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { organisationWith, type PersonChange } from './person-change.ts';
import { answeredForBy } from './person-touch.ts';
import { holdersAt } from './recipients.ts';
import { compareDays, type LocalDay, T } from './time.ts';
import { endsAfter } from './validity.ts';

/** Whoever has one of these sees or decides beyond a unit: giving or taking it takes two people. */
const FOUR_EYES: ReadonlySet<Role> = new Set([
  'administrator',
  'area-manager',
  'buf-sof-coordinator',
  'centre-director',
  'director',
]);

const widely = ({ roles }: Person) => roles.filter(({ role }) => FOUR_EYES.has(role));

const reachOn = (person: Person | undefined, day: LocalDay): string => {
  if (!person || !isValid(person.validity, day)) return '';
  const held = widely(person).filter(({ validity }) => isValid(validity, day));
  return [...new Set(held.map(({ role, unit }) => `${role} ${unit}`))].toSorted().join();
};

/** From the day on, every day on which something of them begins or ends. */
const daysOf = (people: readonly (Person | undefined)[], on: LocalDay): readonly LocalDay[] => {
  const spans = people.flatMap((one) => (one ? [one.validity, ...one.roles.map(({ validity }) => validity)] : []));
  const days = spans.flatMap(({ from, until }) => [from, until]).filter((day) => day !== null);
  return [on, ...days.filter((day) => compareDays(day, on) > 0)];
};

/** Whoever the person would answer for, at once or in the place of another. */
const behind = (id: string, organisation: Organisation, on: LocalDay, seen = new Set([id])): readonly Person[] =>
  answeredForBy(id, organisation, on)
    .filter((one) => !seen.has(one.id))
    .flatMap((one) => [one, ...behind(one.id, organisation, on, seen.add(one.id))]);

/**
 * May one person confirm it, having seen the dry run? Not where a role of four eyes comes or goes, on the day or later: an
 * administrator until 31 December who gets *administrator* on the 1st would have it for good. Nor where what somebody with
 * such a role leaves behind would fall to another, as when their substitute leaves.
 */
export const mayDecideAlone = (change: PersonChange, organisation: Organisation): boolean => {
  const on = T.PlainDate.from(change.on);
  const id = change.person;
  const [was, is] = [organisation, organisationWith(organisation, change)].map(({ people }) => people.get(id));
  if (daysOf([was, is], on).some((day) => reachOn(was, day) !== reachOn(is, day))) return false;
  return change.what !== 'person-leaves' || !behind(id, organisation, on).some((one) => widely(one).length > 0);
};

/** On the day: what one person confirmed is still what one person may confirm, whatever came between. Throws INVALID. */
export const demandOneMayDecide = (change: PersonChange, organisation: Organisation): void => {
  if (!mayDecideAlone(change, organisation)) refuseField('change.person', 'takes-two');
};

const demandSubstitute = (substitute: string | null, person: Person, after: Organisation, on: LocalDay): void => {
  if (substitute === null) return;
  if (substitutesFor(person, after, on).every(({ id }) => id !== substitute)) {
    refuseField('change.substitute', 'unknown-choice');
  }
};

/**
 * Throws INVALID, naming the field, for a change of a person that is not possible as things stand. `changing`: people of
 * whom another change is planned.
 */
export const demandPersonChange = (
  change: PersonChange,
  organisation: Organisation,
  { changing, today }: { readonly changing: readonly string[]; readonly today: LocalDay },
): void => {
  const on = T.PlainDate.from(change.on);
  const id = change.person;
  const path = 'change.person';
  if (compareDays(on, today) <= 0) refuseField('change.on', 'not-tomorrow');
  const was = organisation.people.get(id);
  if (changing.includes(id)) refuseField(path, 'person-changing');
  if (change.what === 'person-joins') {
    if (was) refuseField(path, 'known-already');
    // A login by mail lets nobody in whose address another has, too.
    const mail = change.email.toLowerCase();
    const theirs = [...organisation.people.values()].filter(({ email }) => email.toLowerCase() === mail);
    if (theirs.some(({ validity }) => endsAfter(validity.until, on))) refuseField('change.email', 'known-already');
  }
  if (change.what !== 'person-joins' && !(was && isValid(was.validity, on))) refuseField(path, 'unknown-choice');
  if ('unit' in change) {
    const unit = organisation.units.get(change.unit);
    if (!unit) refuseField('change.unit', 'unknown-choice');
    else if (!isValid(unit.validity, on)) refuseField('change.unit', 'unit-closed');
    if (change.what === 'person-moves' && was?.unit === change.unit) refuseField('change.unit', 'own-unit');
  }
  const after = organisationWith(organisation, change);
  const is = after.people.get(id) as Person;
  if ('substitute' in change) demandSubstitute(change.substitute, is, after, on);
  if (change.what === 'person-roles' && JSON.stringify(is.roles) === JSON.stringify(was?.roles)) {
    refuseField('change.roles', 'nothing-changed');
  }
  const units = [...after.units.keys()];
  const left = holdersAt('administrator', units, after, on).filter(({ validity }) => isValid(validity, on));
  if (left.length === 0) refuseField(path, 'last-administrator');
};
