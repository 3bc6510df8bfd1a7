import { startClock } from './deadlines.ts';
import type { Organisation, Person, Role, Unit } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { HANDLERS, LEADERS } from './policy.ts';
import { absenceOn, DEPARTMENT_WIDE, presentOrSubstitute, upwards } from './recipients.ts';
import type { Decision, Referral } from './referral.ts';
import { takerAt } from './taker.ts';
import type { TaskInHand } from './tasks.ts';
import { type Instant, type LocalDay, localDay, withOffset } from './time.ts';
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

/** A case that is in nobody's hands stands at its unit as when it came: to be taken, by a clock whose alarms go upwards. */
const untaken = (
  { receivedAt, acute, ownerUnit, handlerId, status }: Referral,
  world: World,
  now: Instant,
): Decision => {
  const { rulebook, calendar } = world;
  const clock = startClock('acknowledge', { start: now, receivedAt, acute }, rulebook, calendar);
  return {
    patch: { handlerId: null, acknowledgedAt: null, status: 'received' },
    facts: [
      { kind: 'left-without-handler', data: { unit: ownerUnit, from: handlerId } },
      ...(status === 'received' ? [] : [{ kind: 'clocks-started', data: { acknowledge: withOffset(clock.dueAt) } }]),
    ],
    ...(status === 'received' ? {} : { start: [clock] }),
    mails: [{ template: 'referral-received', to: { unit: ownerUnit }, exempt: acute }],
  };
};

/** Gives it to somebody of its unit, those who are there today first. */
const handedOn = (referral: Referral, world: World, now: Instant): Decision => {
  const next = takerAt(referral.ownerUnit, world.organisation, localDay(now));
  if (!next) return untaken(referral, world, now);
  return {
    patch: { handlerId: next.id },
    facts: [{ kind: 'assigned', data: { to: next.id, from: referral.handlerId } }],
    mails: [{ template: 'assigned', to: { person: next.id }, exempt: referral.acute }],
  };
};

/**
 * Takes out of the hands of barred people what they had of a referral; nothing when they had nothing, so doing it again
 * does nothing. `world` is the referral's own, without them. Where nobody of the unit can have it, it waits there to be
 * taken: it never looks taken by somebody who cannot open it.
 */
export const standAside = (
  referral: Referral,
  tasks: readonly TaskInHand[],
  world: World,
  now: Referral['changedAt'],
): Decision => {
  const isBarred = (id: string | null): boolean => id !== null && referral.barred.includes(id);
  const { handlerId, reassessor, stayingPerson } = referral;
  const open = referral.closedAt === null;
  const handed: Decision = open && isBarred(handlerId) ? handedOn(referral, world, now) : { patch: {}, facts: [] };
  return {
    ...handed,
    patch: {
      ...handed.patch,
      ...(open && isBarred(stayingPerson) ? { stayingPerson: null } : {}),
      ...(open && isBarred(reassessor) ? { reassessor: null } : {}),
    },
    passed: tasks.filter(({ heldBy }) => isBarred(heldBy)),
  };
};

const LEADING: ReadonlySet<Role> = new Set([...HANDLERS, ...LEADERS]);
/**
 * Roles by which one may come upon any case: it moves, and opens in an emergency. Not an auditor's: whoever is looked into
 * must not be able to close the case to who looks.
 */
const COMING: ReadonlySet<Role> = new Set([...LEADING, ...DEPARTMENT_WIDE]);

type Held = Pick<Person['roles'][number], 'role' | 'unit'>;

const rolesOn = ({ validity, roles }: Person, day: LocalDay): readonly Held[] =>
  isValid(validity, day) ? roles.filter((one) => isValid(one.validity, day)) : [];

const whoever = ({ people }: Organisation, day: LocalDay, holds: (role: Held) => boolean): readonly Person[] =>
  [...people.values()].filter((person) => rolesOn(person, day).some(holds));

/** Who sees a case by their role: in the units concerned and above them, and those who serve the whole municipality. */
export const whoSees = (units: readonly string[], organisation: Organisation, day: LocalDay): readonly Person[] => {
  const concerned = new Set(units.flatMap((unit) => upwards(unit, organisation).map(({ id }) => id)));
  return whoever(
    organisation,
    day,
    ({ role, unit }) => DEPARTMENT_WIDE.has(role) || (concerned.has(unit) && LEADING.has(role)),
  );
};

/** Where whoever may come upon a case works: by their role, or at home for those who only stand in for somebody. */
const comingFrom = (organisation: Organisation, day: LocalDay): readonly (readonly [Person, string])[] => {
  const { people } = organisation;
  const standIns = [...people.values()].flatMap(({ substitute, absences }) =>
    [substitute, ...absences.map((one) => one.substitute)].flatMap((id) => people.get(id ?? '') ?? []),
  );
  return [
    ...[...people.values()].flatMap((person) =>
      rolesOn(person, day).flatMap(({ role, unit }) => (COMING.has(role) ? [[person, unit] as const] : [])),
    ),
    ...standIns.flatMap((person) => (isValid(person.validity, day) ? [[person, person.unit] as const] : [])),
  ];
};

/** Whom a unit may name as related, of one unit or of all. */
export const mayBeNamed = (at: string | null, organisation: Organisation, day: LocalDay): readonly Person[] => {
  const found = comingFrom(organisation, day).flatMap(([person, unit]) => (at === null || at === unit ? [person] : []));
  return [...new Set(found)];
};

/** Units where somebody may be named, in the order of their names. */
export const unitsToName = (organisation: Organisation, day: LocalDay): readonly Unit[] => {
  const held = new Set(comingFrom(organisation, day).map(([, unit]) => unit));
  return [...organisation.units.values()]
    .filter(({ id }) => held.has(id))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'da'));
};
