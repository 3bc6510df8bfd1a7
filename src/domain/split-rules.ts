import type { MatrixRow, Organisation } from './organisation.ts';
import type { RoutingInput } from './routing-facts.ts';
import { compareDays, type LocalDay } from './time.ts';
import { partFor, type UnitPlan } from './unit-plan.ts';
import { endsAfter } from './validity.ts';

const names = ({ unit, validity }: MatrixRow, units: readonly string[], on: LocalDay): boolean =>
  units.includes(unit) && endsAfter(validity.until, on);

/** Needs of which a row of the matrix names one of the units on the day or later, each once. */
export const needsOf = (matrix: readonly MatrixRow[], units: readonly string[], on: LocalDay) => [
  ...new Map(matrix.filter((row) => names(row, units, on)).map(({ id, need }) => [id, { id, need }])).values(),
];

/**
 * The matrix from the day of a split on. A row given to a part ends, and the same row begins there; every other goes on
 * naming the unit that was split, and the child's address or age chooses the part (`partsFor`). `changeId`: of the change.
 *
 * `school-place` → the part *Syd* on 1 December: the old row until 1 December, the new one from it.
 */
export const matrixAfter = (
  matrix: readonly MatrixRow[],
  { on, closing, split }: UnitPlan,
  changeId: string,
): readonly MatrixRow[] =>
  matrix.flatMap((row): readonly MatrixRow[] => {
    const part = names(row, closing, on) ? split?.rows[row.id] : undefined;
    if (part === undefined) return [row];
    const { from } = row.validity;
    if (from !== null && compareDays(from, on) >= 0) return [{ ...row, unit: part, change: changeId }];
    return [
      { ...row, validity: { from, until: on }, endedBy: changeId },
      { ...row, unit: part, validity: { from: on, until: row.validity.until }, change: changeId },
    ];
  });

/**
 * Where a child belongs of each unit that was split, by that split's own rule: what names the old unit means that part,
 * and the main one where the rule names none.
 */
export const partsFor = (
  { child: { postalCode, age } }: Pick<RoutingInput, 'child'>,
  organisation: Organisation,
): Readonly<Record<string, string>> => {
  const facts = { postalCode, age: age === 'unborn' ? 0 : age };
  return Object.fromEntries(
    (organisation.splits ?? []).flatMap(({ unit, ...split }) => {
      const part = partFor(split, facts, organisation);
      return part === null ? [] : [[unit, part] as const];
    }),
  );
};
