import { HANDLER_ROLES } from './colleagues.ts';
import type { Organisation, Person, Role } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { absenceOn, DEPARTMENT_WIDE, holdersOf, isThere, presentOrSubstitute, upwards } from './recipients.ts';
import type { Decision, Referral } from './referral.ts';
import { takerAt } from './taker.ts';
import type { TaskInHand } from './tasks.ts';
import { type LocalDay, localDay } from './time.ts';
import type { World } from './world.ts';

/**
 * The world as one referral sees it: whoever is barred from it is away, without roles and without anybody who stands in
 * for them, so that all that would reach them goes on to the unit and its leaders, who may open the case. Only a director's
 * or coordinator's substitute has their role in it. forvaltningsloven § 3: kin may take no part; Tue 2026-11-10, the
 * only intake is the child's aunt, so the reminder goes to the unit's box and its team leader.
 */
export const withoutBarred = (world: World, barred: readonly string[], day: LocalDay): World => {
  const { organisation } = world;
  const there = barred.flatMap((id) => organisation.people.get(id) ?? []);
  if (there.length === 0) return world;
  const people = new Map(organisation.people);
  for (const person of there) {
    people.set(person.id, {
      ...person,
      roles: [],
      substitute: null,
      absences: [{ from: day, until: null, substitute: null }],
    });
  }
  for (const person of there) {
    // One who serves a department is stood in for: nobody else holds the role.
    const roles = person.roles.filter(({ role }) => DEPARTMENT_WIDE.has(role));
    const substitute = absenceOn(person, day)?.substitute ?? person.substitute;
    const standIn = substitute === null ? null : presentOrSubstitute(substitute, { ...organisation, people }, day);
    if (standIn && roles.length > 0) people.set(standIn.id, { ...standIn, roles: [...standIn.roles, ...roles] });
  }
  return { ...world, organisation: { ...organisation, people } };
};

/** Who takes a case from a handler who is barred: somebody of the unit, else its nearest leader who is there today. */
const nextHandler = (unit: string, organisation: Organisation, day: LocalDay): Person | undefined =>
  takerAt(unit, organisation, day) ??
  (['team-leader', 'area-manager', 'director'] as const)
    .flatMap((role) => holdersOf(role, unit, organisation, day))
    .find(({ id }) => isThere(id, organisation, day));

/**
 * Takes out of the hands of barred people what they had of a referral; nothing when they had nothing, so doing it again
 * does nothing. `world` is the referral's own, without them.
 */
export const standAside = (
  referral: Referral,
  tasks: readonly TaskInHand[],
  { organisation }: World,
  now: Referral['changedAt'],
): Decision => {
  const isBarred = (id: string | null): boolean => id !== null && referral.barred.includes(id);
  const { handlerId, reassessor, stayingPerson, ownerUnit, acute } = referral;
  const open = referral.closedAt === null;
  const next = open && isBarred(handlerId) ? nextHandler(ownerUnit, organisation, localDay(now)) : undefined;
  return {
    patch: {
      ...(next ? { handlerId: next.id } : {}),
      ...(open && isBarred(stayingPerson) ? { stayingPerson: null } : {}),
      ...(open && isBarred(reassessor) ? { reassessor: null } : {}),
    },
    facts: next ? [{ kind: 'assigned', data: { to: next.id, from: handlerId } }] : [],
    mails: next ? [{ template: 'assigned', to: { person: next.id }, exempt: acute }] : [],
    passed: tasks.filter(({ heldBy }) => isBarred(heldBy)),
  };
};

/**
 * Whom a unit may name as related: everybody who would see the case by their role, in the units concerned and above
 * them, and those who serve the whole municipality. Anybody else has no way to it.
 */
export const mayBeNamed = (units: readonly string[], organisation: Organisation, day: LocalDay): readonly Person[] => {
  const concerned = new Set(units.flatMap((unit) => upwards(unit, organisation).map(({ id }) => id)));
  const LEADING: ReadonlySet<Role> = new Set(['area-manager', 'centre-director', ...HANDLER_ROLES]);
  return [...organisation.people.values()].filter(
    (person) =>
      isValid(person.validity, day) &&
      person.roles.some(
        ({ role, unit, validity }) =>
          isValid(validity, day) && (DEPARTMENT_WIDE.has(role) || (concerned.has(unit) && LEADING.has(role))),
      ),
  );
};
