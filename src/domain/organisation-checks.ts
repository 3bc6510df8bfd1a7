import type { OrganisationShape } from './organisation-shape.ts';
import { T } from './time.ts';

/** What is wrong and where; `path` is the path in the JSON document. */
export type Fault = { readonly path: readonly (string | number)[]; readonly message: string };

type Named = { readonly id: string };
const ids = (rows: readonly Named[]): ReadonlySet<string> => new Set(rows.map((row) => row.id));

const duplicates = (list: string, rows: readonly Named[]): Fault[] =>
  rows.flatMap((row, at) =>
    rows.findIndex((other) => other.id === row.id) === at
      ? []
      : [{ path: [list, at, 'id'], message: `"${row.id}" is there twice` }],
  );

/** A unit must not be above itself, nor its own successor in the end: both chains are walked at run time. */
const cycles = (units: OrganisationShape['units'], field: 'parent' | 'successor'): Fault[] => {
  const next = new Map(units.map((unit) => [unit.id, unit[field]]));
  return units.flatMap((unit, at) => {
    const seen = new Set<string>();
    let step = next.get(unit.id) ?? null;
    while (step !== null && step !== unit.id && !seen.has(step)) {
      seen.add(step);
      step = next.get(step) ?? null;
    }
    return step === unit.id ? [{ path: ['units', at, field], message: `"${unit.id}" ends in itself` }] : [];
  });
};

type Span = { readonly validFrom: string | null; readonly validUntil: string | null };
const backwards = (path: readonly (string | number)[], span: Span): Fault[] =>
  span.validFrom !== null && span.validUntil !== null && span.validUntil <= span.validFrom
    ? [{ path: [...path, 'validUntil'], message: 'must be after validFrom' }]
    : [];
const overlap = (a: Span, b: Span): boolean =>
  (a.validUntil === null || (b.validFrom ?? '') < a.validUntil) &&
  (b.validUntil === null || (a.validFrom ?? '') < b.validUntil);

/** Routing ends in the central intake and the night in the duty unit, so there must be one of each, and one only. */
const singles = (units: OrganisationShape['units']): Fault[] =>
  (['intake', 'duty-unit'] as const).flatMap((kind): Fault[] => {
    const found = units
      .map((unit, at) => ({ unit, at }))
      .filter(({ unit }) => unit.kind === kind && unit.mayOwn.includes('notification'));
    if (found.length === 0)
      return [{ path: ['units'], message: `has no unit of kind "${kind}" that may own a notification` }];
    return found.flatMap(({ unit, at }, index) =>
      found.slice(0, index).some((other) => overlap(other.unit, unit))
        ? [{ path: ['units', at, 'kind'], message: `is a second "${kind}" that may own a notification` }]
        : [],
    );
  });

const unitFaults = (shape: OrganisationShape): Fault[] => {
  const departments = ids(shape.departments);
  const units = ids(shape.units);
  return shape.units.flatMap((unit, at): Fault[] => {
    const path = ['units', at] as const;
    const faults: Fault[] = backwards(path, unit);
    if (!departments.has(unit.department))
      faults.push({ path: [...path, 'department'], message: `no department "${unit.department}"` });
    for (const field of ['parent', 'successor'] as const) {
      const other = unit[field];
      if (other !== null && !units.has(other)) faults.push({ path: [...path, field], message: `no unit "${other}"` });
    }
    return faults;
  });
};

const personFaults = (shape: OrganisationShape): Fault[] => {
  const units = ids(shape.units);
  const people = ids(shape.people);
  return shape.people.flatMap((person, at): Fault[] => {
    const path = ['people', at] as const;
    const faults: Fault[] = backwards(path, person);
    if (!units.has(person.unit)) faults.push({ path: [...path, 'unit'], message: `no unit "${person.unit}"` });
    person.roles.forEach((role, index) => {
      if (typeof role === 'string') return;
      faults.push(...backwards([...path, 'roles', index], role));
      if (role.unit !== undefined && !units.has(role.unit))
        faults.push({ path: [...path, 'roles', index, 'unit'], message: `no unit "${role.unit}"` });
    });
    const substitutes = [
      { path: [...path, 'substitute'], id: person.substitute },
      ...person.absences.map((absence, index) => ({
        path: [...path, 'absences', index, 'substitute'],
        id: absence.substitute,
      })),
    ];
    for (const substitute of substitutes) {
      if (substitute.id === null) continue;
      if (!people.has(substitute.id)) faults.push({ path: substitute.path, message: `no person "${substitute.id}"` });
      // Two people may stand in for each other; nobody can stand in for themselves.
      if (substitute.id === person.id)
        faults.push({ path: substitute.path, message: `"${person.id}" cannot stand in for themselves` });
    }
    person.absences.forEach((absence, index) => {
      if (absence.until !== null && absence.until <= absence.from)
        faults.push({ path: [...path, 'absences', index, 'until'], message: 'must be after from' });
    });
    return faults;
  });
};

const ladderFaults = (list: 'disputeLadder' | 'acuteDisputeLadder', shape: OrganisationShape): Fault[] =>
  shape[list].flatMap((step, at, all) =>
    at > 0 && step.step !== (all[at - 1]?.step ?? 0) + 1
      ? [{ path: [list, at, 'step'], message: 'must follow the step before it' }]
      : [],
  );

const exceptionFaults = ({ openingExceptions, units }: OrganisationShape): Fault[] => {
  const known = ids(units);
  return openingExceptions.flatMap((row, at): Fault[] => [
    ...(row.to < row.from ? [{ path: ['openingExceptions', at, 'to'], message: 'must not be before from' }] : []),
    ...row.units.flatMap((unit, index) =>
      known.has(unit) ? [] : [{ path: ['openingExceptions', at, 'units', index], message: `no unit "${unit}"` }],
    ),
  ]);
};

const rotaFaults = ({ dutyRota, units, people }: OrganisationShape): Fault[] => {
  const [unitIds, personIds] = [ids(units), ids(people)];
  return dutyRota.flatMap((shift, at): Fault[] => [
    ...(unitIds.has(shift.unit) ? [] : [{ path: ['dutyRota', at, 'unit'], message: `no unit "${shift.unit}"` }]),
    ...(personIds.has(shift.person)
      ? []
      : [{ path: ['dutyRota', at, 'person'], message: `no person "${shift.person}"` }]),
    ...(T.Instant.compare(shift.until, shift.from) > 0
      ? []
      : [{ path: ['dutyRota', at, 'until'], message: 'must be after from' }]),
  ]);
};

/** Everything that the shape alone cannot tell: references, doubles, circles, periods that end before they begin. */
export function organisationFaults(shape: OrganisationShape): Fault[] {
  const units = ids(shape.units);
  const kinds = new Set(shape.units.map((unit) => unit.kind));
  return [
    ...duplicates('departments', shape.departments),
    ...duplicates('units', shape.units),
    ...duplicates('people', shape.people),
    ...duplicates('responsibilityMatrix', shape.responsibilityMatrix),
    ...unitFaults(shape),
    ...cycles(shape.units, 'parent'),
    ...cycles(shape.units, 'successor'),
    ...singles(shape.units),
    ...personFaults(shape),
    ...shape.responsibilityMatrix.flatMap((row, at) => [
      ...backwards(['responsibilityMatrix', at], row),
      ...(units.has(row.unit)
        ? []
        : [{ path: ['responsibilityMatrix', at, 'unit'], message: `no unit "${row.unit}"` }]),
    ]),
    ...Object.keys(shape.openingHours)
      .filter((key) => key !== 'default' && !units.has(key) && !kinds.has(key))
      .map((key) => ({ path: ['openingHours', key], message: `no unit and no kind of unit "${key}"` })),
    ...exceptionFaults(shape),
    ...rotaFaults(shape),
    ...ladderFaults('disputeLadder', shape),
    ...ladderFaults('acuteDisputeLadder', shape),
  ];
}
