import { substitutesFor } from './absence.ts';
import { refuseField } from './field-errors.ts';
import type { Organisation, Person, Role } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { organisationWith, type PersonChange } from './person-change.ts';
import { holdersAt } from './recipients.ts';
import { compareDays, type LocalDay, T } from './time.ts';

/** Whoever has one of these sees or decides beyond a unit: giving or taking it takes two people. */
const FOUR_EYES: ReadonlySet<Role> = new Set(['administrator', 'buf-sof-coordinator', 'director']);

const rolesOn = (person: Person | undefined, day: LocalDay): readonly string[] =>
  person && isValid(person.validity, day)
    ? person.roles.filter(({ validity }) => isValid(validity, day)).map(({ role, unit }) => `${role} ${unit}`)
    : [];

/** May whoever proposes it confirm it, having seen the dry run? Not where a role of four eyes comes or goes. */
export const mayDecideAlone = (change: PersonChange, organisation: Organisation): boolean => {
  const day = T.PlainDate.from(change.on);
  const id = change.person;
  const before = rolesOn(organisation.people.get(id), day);
  const after = rolesOn(organisationWith(organisation, change).people.get(id), day);
  const changed = [...before.filter((one) => !after.includes(one)), ...after.filter((one) => !before.includes(one))];
  return !changed.some((one) => FOUR_EYES.has(one.split(' ')[0] as Role));
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
  if (change.what === 'person-joins' && was) refuseField(path, 'known-already');
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
