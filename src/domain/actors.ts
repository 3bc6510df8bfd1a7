import type { Organisation, Person, Role } from './organisation.ts';
import { currentUnit, descendants, isValid } from './organisation-tree.ts';
import { holdersAt, presentOrSubstitute } from './recipients.ts';
import type { Actor, HeldRole } from './scope.ts';
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

/** Roles of absent people, and of those who have left without a successor, whose chain of substitutes ends here. */
const stoodInFor = (personId: string, organisation: Organisation, day: LocalDay): Assignment[] =>
  [...organisation.people.values()]
    .filter(({ id, absences, validity }) => id !== personId && (absences.length > 0 || validity.until !== null))
    .filter(({ id }) => presentOrSubstitute(id, organisation, day)?.id === personId)
    .flatMap((absent) =>
      absent.roles.filter(
        ({ role, unit, validity }) =>
          STOOD_IN_FOR.has(role) &&
          isValid(validity, day) &&
          holdersAt(role, [unit], organisation, day).includes(absent),
      ),
    );

const below = (unit: string, organisation: Organisation): string[] => [
  unit,
  ...descendants(organisation, unit).map(({ id }) => id),
];

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
  const closed = all.filter(({ id, validity }) => validity.until !== null && !units.has(id));
  // A unit that has closed is spoken for at its successor.
  return [
    ...units,
    ...closed.map(({ id }) => id).filter((id) => units.has(currentUnit(organisation, id, day)?.id ?? '')),
  ];
};

/**
 * The person as an actor on that day, in their own roles and in those of whoever they stand in for; null when they do
 * not work here on it.
 */
export const actorOf = (person: Person, organisation: Organisation, at: Instant): Actor | null => {
  const day = localDay(at);
  const unit = organisation.units.get(person.unit);
  if (!unit || !isValid(person.validity, day)) return null;
  const own = person.roles.filter((held) => isValid(held.validity, day));
  const roles = [...own, ...stoodInFor(person.id, organisation, day)].map(
    (held): HeldRole => ({
      role: held.role,
      unit: held.unit,
      covers: LEADS_BELOW.has(held.role) ? below(held.unit, organisation) : [held.unit],
      serves: STOOD_IN_FOR.has(held.role) ? served(held, organisation, day) : [held.unit],
    }),
  );
  return { kind: 'person', personId: person.id, unitId: unit.id, department: unit.department, roles };
};

export const unitsCoveredBy = (actor: Actor): readonly string[] | 'all' =>
  actor.kind === 'system' ? 'all' : [...new Set(actor.roles.flatMap((held) => held.covers))];

/** Units in whose disputes the person may have a say, or which they follow. */
export const unitsServedBy = (actor: Actor): readonly string[] | 'all' =>
  actor.kind === 'system' ? 'all' : [...new Set(actor.roles.flatMap((held) => held.serves ?? held.covers))];

export const isAdministrator = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.roles.some(({ role }) => role === 'administrator');

/** Keeps the responsibility matrix together with the administrators. */
export const isBufSofCoordinator = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.roles.some(({ role }) => role === 'buf-sof-coordinator');
