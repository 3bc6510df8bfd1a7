import { UNMASK_TASK } from './audit.ts';
import { CONFLICT_TASK } from './conflict-words.ts';
import type { Organisation, Person } from './organisation.ts';
import { centralIntake, isValid } from './organisation-tree.ts';
import { hasMoved, holdersAt, holdersOf, isThere, presentOrSubstitute, upwards } from './recipients.ts';
import { RESTRICTION_TASK } from './restriction-words.ts';
import { type NewTask, type Sought, TASK_KINDS, type TaskKind } from './tasks.ts';
import type { LocalDay } from './time.ts';
import { UNUSUAL_TASK } from './unusual-reading.ts';

type About = Pick<NewTask, 'kind' | 'unit' | 'except' | 'aboutPerson'> & { readonly handlerId: string | null };

/** These belong to one unit; leaders also speak for what lies below theirs. */
const OF_THE_UNIT: ReadonlySet<Sought> = new Set(['intake', 'duty-officer']);
/** These serve everybody, those of the unit's own department first. */
const OF_ALL: ReadonlySet<Sought> = new Set(['director', 'administrator']);

/** These are of no case, so whoever leads them need not be of its unit. */
const ABOUT_READER: ReadonlySet<TaskKind> = new Set([UNUSUAL_TASK, UNMASK_TASK, RESTRICTION_TASK]);
/** Who is asked about is nobody's to know but their leaders'. */
const ABOUT_COLLEAGUES: ReadonlySet<TaskKind> = new Set([...ABOUT_READER, CONFLICT_TASK]);

const candidates = (role: Sought, about: About, organisation: Organisation, day: LocalDay): readonly string[] => {
  const { people, units } = organisation;
  if (role === 'handler') {
    const handler = people.get(about.handlerId ?? '');
    return handler && !hasMoved(handler, about.unit, day) ? [handler.id] : [];
  }
  if (OF_ALL.has(role)) {
    const all = holdersAt(role, [...units.keys()], organisation, day);
    const department = units.get(about.unit)?.department;
    const near = all.filter((person) => units.get(person.unit)?.department === department);
    return [...near, ...all].map(({ id }) => id).filter((id) => people.has(id));
  }
  if (OF_THE_UNIT.has(role)) return holdersAt(role, [about.unit], organisation, day).map(({ id }) => id);
  return upwards(about.unit, organisation).flatMap((unit) =>
    holdersAt(role, [unit.id], organisation, day).map(({ id }) => id),
  );
};

/**
 * Nobody is asked about by those whom they lead: only what stands above the highest that they lead as, directors by each
 * other. A centre director's own reading, Tue 2026-11-03: a director, not the area manager below.
 */
const soughtFor = (
  { kind, except, aboutPerson }: About,
  { people }: Organisation,
  day: LocalDay,
): readonly Sought[] => {
  const seek: readonly Sought[] = TASK_KINDS[kind].seek;
  if (!ABOUT_READER.has(kind)) return seek;
  const asked = aboutPerson === undefined ? except : [aboutPerson];
  const about = (asked ?? []).flatMap((id) => people.get(id)?.roles ?? []);
  const roles = about.filter(({ validity }) => isValid(validity, day));
  const leadsAs = seek.findLastIndex((one) => roles.some(({ role }) => role === one));
  return seek.slice(Math.min(leadsAs + 1, seek.length - 1));
};

/** Whoever is there of those who are sought, or in the place of one; null for nobody. */
export const soughtPerson = (about: About, organisation: Organisation, day: LocalDay): Person | null => {
  for (const role of soughtFor(about, organisation, day)) {
    for (const id of candidates(role, about, organisation, day)) {
      const person = presentOrSubstitute(id, organisation, day);
      if (person && !about.except?.includes(person.id)) return person;
    }
  }
  return null;
};

/**
 * Where nobody who leads the reader is there: an administrator who is, for what the task shows is no content; else, and of
 * kinship at once, whoever leads them, away as they are. Never a colleague or a clerk: nobody's reading is theirs to ask about (decision 038).
 */
const lastAsked = (about: About, organisation: Organisation, day: LocalDay): Person | undefined => {
  const named = (roles: readonly Sought[]): string[] =>
    roles.flatMap((role) => candidates(role, about, organisation, day)).filter((id) => !about.except?.includes(id));
  const ids = [
    ...(ABOUT_READER.has(about.kind) ? named(['administrator']) : []).filter((id) => isThere(id, organisation, day)),
    ...named(soughtFor(about, organisation, day)),
    ...named(['administrator']),
  ];
  return organisation.people.get(ids[0] ?? '');
};

/** Where a unit has nobody within reach: those who lead the central intake, then whoever leads a department. */
const lastResort = (about: About, organisation: Organisation, day: LocalDay): Person | undefined => {
  if (ABOUT_COLLEAGUES.has(about.kind)) return lastAsked(about, organisation, day);
  const central = centralIntake(organisation, day).id;
  const people = [
    ...(['intake', 'team-leader', 'area-manager'] as const).flatMap((role) =>
      holdersOf(role, central, organisation, day),
    ),
    ...holdersOf('director', about.unit, organisation, day),
  ];
  const others = [...organisation.people.values()];
  // Whoever is barred from the case has no role in its world: they come after everybody who has one.
  const acting = others.filter(({ roles }) => roles.some(({ validity }) => isValid(validity, day)));
  const there = acting.filter(({ id }) => isThere(id, organisation, day));
  return [...people, ...there, ...acting, ...others].find(({ id }) => !about.except?.includes(id));
};

/**
 * The named person who gets a task on a local day: by the kind's own order, whoever stands in for an absent one
 * included, never the one whom it is about, and never nobody. Person id.
 */
export const taskPerson = (about: About, organisation: Organisation, day: LocalDay): string => {
  const person = soughtPerson(about, organisation, day) ?? lastResort(about, organisation, day);
  if (!person) throw new RangeError('organisation without people');
  return person.id;
};

/** Is whoever has it there, and one of those who are sought for it, or in the place of one? Whoever is keeps it. */
export const isStillSought = (
  personId: string,
  about: Omit<About, 'handlerId'>,
  organisation: Organisation,
  day: LocalDay,
): boolean => {
  const asked: About = { ...about, handlerId: null };
  const roles: readonly Sought[] = [...soughtFor(asked, organisation, day), 'administrator'];
  return (
    !about.except?.includes(personId) &&
    isThere(personId, organisation, day) &&
    roles.some((role) =>
      candidates(role, asked, organisation, day).some(
        (id) => id === personId || presentOrSubstitute(id, organisation, day)?.id === personId,
      ),
    )
  );
};

/** Person ids whose tasks this person sees to on a local day: their own, and of whoever they stand in for. */
export const seesTasksOf = (personId: string, organisation: Organisation, day: LocalDay): readonly string[] =>
  [...organisation.people.keys()].filter(
    (id) => id === personId || presentOrSubstitute(id, organisation, day)?.id === personId,
  );
