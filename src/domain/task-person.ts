import type { Organisation, Person } from './organisation.ts';
import { centralIntake } from './organisation-tree.ts';
import { hasMoved, holdersAt, holdersOf, presentOrSubstitute, upwards } from './recipients.ts';
import { type NewTask, type Sought, TASK_KINDS } from './tasks.ts';
import type { LocalDay } from './time.ts';

type About = Pick<NewTask, 'kind' | 'unit' | 'except'> & { readonly handlerId: string | null };

/** These belong to one unit; leaders also speak for what lies below theirs. */
const OF_THE_UNIT: ReadonlySet<Sought> = new Set(['intake', 'duty-officer']);

const candidates = (role: Sought, about: About, organisation: Organisation, day: LocalDay): readonly string[] => {
  const { people, units } = organisation;
  if (role === 'handler') {
    const handler = people.get(about.handlerId ?? '');
    return handler && !hasMoved(handler, about.unit, day) ? [handler.id] : [];
  }
  if (role === 'administrator') {
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

const found = (about: About, organisation: Organisation, day: LocalDay): Person | null => {
  for (const role of TASK_KINDS[about.kind].seek) {
    for (const id of candidates(role, about, organisation, day)) {
      const person = presentOrSubstitute(id, organisation, day);
      if (person && person.id !== about.except) return person;
    }
  }
  return null;
};

/** Where a unit has nobody within reach: those who lead the central intake, then whoever leads a department. */
const lastResort = (about: About, organisation: Organisation, day: LocalDay): Person | undefined => {
  const central = centralIntake(organisation, day).id;
  const people = [
    ...(['intake', 'team-leader', 'area-manager'] as const).flatMap((role) =>
      holdersOf(role, central, organisation, day),
    ),
    ...holdersOf('director', about.unit, organisation, day),
    ...organisation.people.values(),
  ];
  return people.find(({ id }) => id !== about.except);
};

/**
 * The named person who gets a task on a local day: by the kind's own order, whoever stands in for an absent one
 * included, never the one whom it is about, and never nobody. Person id.
 */
export const taskPerson = (about: About, organisation: Organisation, day: LocalDay): string => {
  const person = found(about, organisation, day) ?? lastResort(about, organisation, day);
  if (!person) throw new RangeError('organisation without people');
  return person.id;
};

/** Person ids whose tasks this person sees to on a local day: their own, and of whoever they stand in for. */
export const seesTasksOf = (personId: string, organisation: Organisation, day: LocalDay): readonly string[] =>
  [...organisation.people.keys()].filter(
    (id) => id === personId || presentOrSubstitute(id, organisation, day)?.id === personId,
  );
