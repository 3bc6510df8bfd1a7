import { leftOf } from './left-notifier.ts';
import type { Organisation, Person, Role } from './organisation.ts';
import { currentUnit, descendants, isValid } from './organisation-tree.ts';
import { holdersAt, presentOrSubstitute } from './recipients.ts';
import type { Actor, HeldRole, PersonActor } from './scope.ts';
import { type Instant, type LocalDay, localDay } from './time.ts';

/** Those who lead several units also reach what lies below theirs. */
const LEADS_BELOW: ReadonlySet<Role> = new Set(['area-manager', 'centre-director']);

/** Roles that alarms go to or that the ladder names: whoever stands in for one of these must be able to act. */
const STOOD_IN_FOR: ReadonlySet<Role> = new Set([
  'caseworker',
  'intake',
  'duty-officer',
  'professional-coordinator',
  'team-leader',
  'area-manager',
  'centre-director',
  'director',
  'buf-sof-coordinator',
]);

type Assignment = Person['roles'][number];

/** Absent people, and those who have left, whose chain of substitutes ends here. */
const stoodInFor = (personId: string, organisation: Organisation, day: LocalDay): Person[] =>
  [...organisation.people.values()]
    .filter(({ id, absences, validity }) => id !== personId && (absences.length > 0 || validity.until !== null))
    .filter(({ id }) => presentOrSubstitute(id, organisation, day)?.id === personId);

/** Their roles; of those who have left only where there is no successor. */
const rolesFor = (absent: Person, organisation: Organisation, day: LocalDay): Assignment[] =>
  absent.roles.filter(
    ({ role, unit, validity }) =>
      STOOD_IN_FOR.has(role) && isValid(validity, day) && holdersAt(role, [unit], organisation, day).includes(absent),
  );

const below = (unit: string, organisation: Organisation): string[] => [
  unit,
  ...descendants(organisation, unit).map(({ id }) => id),
];

/** With the closed units that these come after: what they had is read, and what has not followed yet is done, there. */
const withClosed = (own: readonly string[], organisation: Organisation, day: LocalDay): readonly string[] => {
  const units = new Set(own);
  const closed = [...organisation.units.values()].filter(
    ({ id, validity }) => validity.until !== null && !units.has(id),
  );
  return [
    ...units,
    ...closed.map(({ id }) => id).filter((id) => units.has(currentUnit(organisation, id, day)?.id ?? '')),
  ];
};

/** Coordinators follow every dispute, directors serve their department, a role counts for units below without it. */
const served = ({ role, unit }: Assignment, organisation: Organisation, day: LocalDay): readonly string[] => {
  const all = [...organisation.units.values()];
  if (role === 'buf-sof-coordinator') return all.map(({ id }) => id);
  const department = organisation.units.get(unit)?.department;
  const units = new Set(
    role === 'director'
      ? all.filter((one) => one.department === department).map(({ id }) => id)
      : below(unit, organisation),
  );
  return withClosed([...units], organisation, day);
};

/**
 * The person as an actor on that day, in their own roles and in those of whoever they stand in for; null when they do
 * not work here on it.
 */
export const actorOf = (person: Person, organisation: Organisation, at: Instant): PersonActor | null => {
  const day = localDay(at);
  const unit = organisation.units.get(person.unit);
  if (!unit || !isValid(person.validity, day)) return null;
  const own = person.roles.filter((held) => isValid(held.validity, day));
  const absent = stoodInFor(person.id, organisation, day);
  const roles = [...own, ...absent.flatMap((one) => rolesFor(one, organisation, day))].map(
    (held): HeldRole => ({
      role: held.role,
      unit: held.unit,
      covers: withClosed(LEADS_BELOW.has(held.role) ? below(held.unit, organisation) : [held.unit], organisation, day),
      serves: STOOD_IN_FOR.has(held.role) ? served(held, organisation, day) : [held.unit],
    }),
  );
  const standsInFor = absent.map(({ id }) => id);
  const led = own.filter(({ role }) => role === 'institution-leader').map((held) => held.unit);
  const inPlaceOf = led.length === 0 ? [] : leftOf(led, organisation, day);
  const who = { personId: person.id, unitId: unit.id, department: unit.department };
  return { kind: 'person', ...who, roles, standsInFor, ...(inPlaceOf.length > 0 ? { inPlaceOf } : {}) };
};

const rolesOf = (actor: Actor): readonly HeldRole[] => (actor.kind === 'person' ? actor.roles : []);

export const unitsCoveredBy = (actor: Actor): readonly string[] | 'all' =>
  actor.kind === 'system' ? 'all' : [...new Set(rolesOf(actor).flatMap((held) => held.covers))];

/** Units in whose disputes the person may have a say, or which they follow. */
const unitsServedBy = (actor: Actor): readonly string[] | 'all' =>
  actor.kind === 'system' ? 'all' : [...new Set(rolesOf(actor).flatMap((held) => held.serves ?? held.covers))];

const holds = ({ roles }: PersonActor, role: Role): boolean => roles.some((held) => held.role === role);

/** All that a person reaches today, in every role of theirs: what their scope is minted from. */
export const reachOf = (actor: PersonActor) => ({
  personId: actor.personId,
  standsInFor: actor.standsInFor ?? [],
  inPlaceOf: actor.inPlaceOf ?? [],
  barredFrom: actor.barredFrom ?? [],
  unitIds: unitsCoveredBy(actor),
  disputesOf: unitsServedBy(actor),
  administers: holds(actor, 'administrator'),
  audits: holds(actor, 'auditor'),
  /** The responsibility matrix, together with the administrators. */
  keepsMatrix: holds(actor, 'buf-sof-coordinator'),
});
