import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { OF_FILE } from './matrix.ts';
import type { LadderStep, OpeningHours, Organisation, Person, Unit, Validity } from './organisation.ts';
import { type Fault, organisationFaults } from './organisation-checks.ts';
import { type OrganisationShape, organisationShape, WEEKDAYS } from './organisation-shape.ts';
import { FROM_FILE } from './regulations.ts';
import { instant, type LocalDay, T } from './time.ts';

/** `line` counts from 1; `field` is a dotted path (`units.3.parent`), empty for the file as a whole. */
export type OrganisationError = { readonly line: number; readonly field: string; readonly message: string };

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** The nearest part of the document that exists: a missing field is reported where its parent stands. */
const nodeAt = (root: Node, path: readonly (string | number)[]): Node => {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return node;
  }
  return root;
};

const doubleKeys = (node: Node, path: readonly (string | number)[] = []): Fault[] => {
  if (node.type === 'array')
    return (node.children ?? []).flatMap((child, index) => doubleKeys(child, [...path, index]));
  if (node.type !== 'object') return [];
  const seen = new Set<string>();
  return (node.children ?? []).flatMap((property): Fault[] => {
    const [key, value] = property.children ?? [];
    if (!key || !value) return [];
    const name = String(key.value);
    const double = seen.has(name) ? [{ path: [...path, name], message: 'is there twice' }] : [];
    seen.add(name);
    return [...double, ...doubleKeys(value, [...path, name])];
  });
};

const day = (text: string | null): LocalDay | null => (text === null ? null : T.PlainDate.from(text));
const validity = (row: { validFrom: string | null; validUntil: string | null }): Validity => ({
  from: day(row.validFrom),
  until: day(row.validUntil),
});
const range = (text: string): { from: number; to: number } => {
  const from = Number(text.slice(0, 4));
  return { from, to: text.length > 4 ? Number(text.slice(5)) : from };
};
const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

const span = (text: string): { from: string; to: string } => ({ from: text.slice(0, 5), to: text.slice(6) });

type Week = OrganisationShape['openingHours'][string];
const hours = (week: Week): OpeningHours =>
  week === 'always'
    ? week
    : Object.fromEntries(
        WEEKDAYS.flatMap((name, at) => {
          const periods = (week[name] ?? []).toSorted().map(span);
          return periods.length === 0 ? [] : [[at + 1, periods] as const];
        }),
      );

const toUnit = (row: OrganisationShape['units'][number], all: OrganisationShape['openingHours']): Unit => {
  const { note: _note, validFrom: _from, validUntil: _until, ...rest } = row;
  return {
    ...rest,
    postalCodes: row.postalCodes.map(range),
    hours: hours(all[row.id] ?? all[row.kind] ?? (all.default as Week)),
    validity: validity(row),
  };
};

const toPerson = (row: OrganisationShape['people'][number]): Person => ({
  id: row.id,
  title: row.title,
  unit: row.unit,
  email: row.email,
  phone: row.phone,
  substitute: row.substitute,
  roles: row.roles.map((role) =>
    typeof role === 'string'
      ? { role, unit: row.unit, validity: { from: null, until: null } }
      : { role: role.role, unit: role.unit ?? row.unit, validity: validity(role) },
  ),
  absences: row.absences.map((absence) => ({
    from: T.PlainDate.from(absence.from),
    until: day(absence.until),
    substitute: absence.substitute,
  })),
  validity: validity(row),
});

const ladder = (steps: OrganisationShape['disputeLadder']): readonly LadderStep[] => steps;

const toOrganisation = (shape: OrganisationShape): Organisation => ({
  municipality: {
    ...shape.municipality,
    neighbours: shape.municipality.neighbours.map((row) => ({ ...row, postalCodes: row.postalCodes.map(range) })),
  },
  departments: byId(shape.departments),
  units: byId(shape.units.map((row) => toUnit(row, shape.openingHours))),
  people: byId(shape.people.map(toPerson)),
  closingDays: shape.closingDays,
  rota: shape.dutyRota.map(({ from, until, ...shift }, at) => ({
    ...shift,
    id: `${FROM_FILE}${at + 1}`,
    from: instant(from),
    until: instant(until),
  })),
  exceptions: shape.openingExceptions.map(({ periods, ...row }, at) => ({
    ...row,
    id: `${FROM_FILE}${row.from}-${at + 1}`,
    periods: periods.toSorted().map(span),
  })),
  matrix: shape.responsibilityMatrix.map(({ validFrom: _from, validUntil: _until, ...row }) => ({
    ...row,
    ...OF_FILE,
    validity: validity({ validFrom: _from, validUntil: _until }),
  })),
  ladder: ladder(shape.disputeLadder),
  acuteLadder: ladder(shape.acuteDisputeLadder),
});

/**
 * Reads an organisation file whole or not at all. Every fault names its line and field, so that an
 * administrator can mend the file without a developer. A unit's hours are those under its own id,
 * else those of its kind, else `default`.
 */
export function parseOrganisation(
  text: string,
): { readonly organisation: Organisation } | { readonly errors: readonly OrganisationError[] } {
  const broken: ParseError[] = [];
  const root = parseTree(text, broken, { disallowComments: true, allowTrailingComma: false });
  if (broken.length > 0 || !root)
    return {
      errors: broken.slice(0, 1).map((one) => ({
        line: lineAt(text, one.offset),
        field: '',
        message: `is not JSON: ${printParseErrorCode(one.error)}`,
      })),
    };
  const refuse = (faults: readonly Fault[]) => ({
    errors: faults
      .map(({ path, message }) => ({ line: lineAt(text, nodeAt(root, path).offset), field: path.join('.'), message }))
      .toSorted((a, b) => a.line - b.line),
  });
  const parsed = organisationShape.safeParse(JSON.parse(text));
  const shapeFaults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({
        path: [...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))].concat(
          issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [],
        ),
        message: issue.message,
      }));
  const faults = [...doubleKeys(root), ...shapeFaults];
  if (!parsed.success || faults.length > 0) return refuse(faults);
  const references = organisationFaults(parsed.data);
  return references.length > 0 ? refuse(references) : { organisation: toOrganisation(parsed.data) };
}
