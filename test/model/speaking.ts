/** Who speaks for a party, and who decides: the second model of rules.md, *Who speaks for a party*. Days are YYYY-MM-DD. */

type Span = { readonly from: string | null; readonly until: string | null };
/** Who works where, as plain data. */
export type Chart = {
  readonly units: readonly {
    readonly id: string;
    readonly parent: string | null;
    readonly department: string;
    readonly until: string | null;
    readonly successor: string | null;
  }[];
  readonly people: readonly (Span & {
    readonly id: string;
    readonly roles: readonly (Span & { readonly role: string; readonly unit: string })[];
    readonly substitute: string | null;
    readonly absences: readonly (Span & { readonly substitute: string | null })[];
  })[];
};

type Step = { readonly agree: readonly string[]; readonly decide: readonly string[] };
const CHIEFS: Step = { agree: ['area-manager', 'centre-director'], decide: ['buf-sof-coordinator'] };
const DIRECTORS: Step = { agree: ['director'], decide: ['director'] };
/** `data/organisation.json`: roles by step. */
const ORDINARY: Readonly<Record<number, Step>> = {
  1: { agree: ['caseworker', 'intake', 'duty-officer'], decide: [] },
  2: { agree: ['team-leader'], decide: ['buf-sof-coordinator'] },
  3: CHIEFS,
  4: DIRECTORS,
};
const ACUTE: Readonly<Record<number, Step>> = {
  2: { agree: ['team-leader', 'duty-officer'], decide: ['buf-sof-coordinator'] },
  3: CHIEFS,
  4: DIRECTORS,
};
const stepOf = (step: number, acute: boolean): Step => (acute ? ACUTE : ORDINARY)[step] ?? DIRECTORS;
const WHOLE_DEPARTMENT = ['director', 'buf-sof-coordinator'];

const holds = ({ from, until }: Span, day: string): boolean =>
  (from === null || from <= day) && (until === null || day < until);

const unitOf = (id: string, chart: Chart) => {
  const unit = chart.units.find((one) => one.id === id);
  if (!unit) throw new RangeError(`no unit ${id}`);
  return unit;
};

/** A closed unit is its successor. */
const unitToday = (id: string, chart: Chart, day: string): string => {
  const { until, successor } = unitOf(id, chart);
  return until !== null && until <= day && successor !== null ? unitToday(successor, chart, day) : id;
};

const departmentOf = (unit: string, chart: Chart): string[] =>
  chart.units.filter(({ department }) => department === unitOf(unit, chart).department).map(({ id }) => id);

const employed = (id: string, chart: Chart, day: string): boolean =>
  chart.people.some((person) => person.id === id && holds(person, day));

const holdersAt = (role: string, units: readonly string[], chart: Chart, day: string): string[] => {
  const all = chart.people.filter(({ roles }) =>
    roles.some((held) => held.role === role && units.includes(held.unit) && holds(held, day)),
  );
  const here = all.filter(({ id }) => employed(id, chart, day));
  return (here.length > 0 ? here : all).map(({ id }) => id);
};

/** The person, or whoever stands in for them; nobody when the chain ends or comes round. */
const standIn = (id: string, chart: Chart, day: string, seen: readonly string[] = []): string | null => {
  const person = chart.people.find((one) => one.id === id);
  if (!person || seen.includes(id)) return null;
  const absence = person.absences.find((one) => holds(one, day));
  if (holds(person, day) && !absence) return id;
  const next = absence?.substitute ?? person.substitute;
  return next === null ? null : standIn(next, chart, day, [...seen, id]);
};

/** Those who hold one of the roles, and those who stand in; nobody unless somebody can be reached. */
const there = (holders: readonly string[], chart: Chart, day: string): string[] => {
  const reached = holders.map((id) => standIn(id, chart, day)).filter((id) => id !== null);
  return reached.length === 0 ? [] : [...new Set([...holders, ...reached])];
};

/** Holders of one of the step's roles at the unit; if nobody, at its parents, nearest first; if still nobody, the next step's. */
export const speakersFor = (unit: string, step: number, acute: boolean, chart: Chart, day: string): string[] => {
  for (let on = step; on <= 4; on++) {
    const { agree } = stepOf(on, acute);
    for (let at: string | null = unitToday(unit, chart, day); at !== null; at = unitOf(at, chart).parent) {
      const level = at;
      const units = (role: string) => (WHOLE_DEPARTMENT.includes(role) ? departmentOf(level, chart) : [level]);
      const found = there(
        agree.flatMap((role) => holdersAt(role, units(role), chart, day)),
        chart,
        day,
      );
      if (found.length > 0) return found;
    }
  }
  return [];
};

/** Any holder of the deciding role in a party's department. */
export const decidersOf = (
  parties: readonly string[],
  step: number,
  acute: boolean,
  chart: Chart,
  day: string,
): string[] => {
  const units = parties.flatMap((unit) => departmentOf(unit, chart));
  const holders = stepOf(step, acute).decide.flatMap((role) => holdersAt(role, units, chart, day));
  return [...new Set([...holders, ...there(holders, chart, day)])];
};
