import type { MatrixRow, Organisation } from './organisation.ts';
import { areaOf, descendants, isValid, unitOf } from './organisation-tree.ts';
import { withinAges } from './routing-facts.ts';
import type { LocalDay } from './time.ts';

/** The need that the matrix leaves to the address: rules 4-6 route it, so nobody decides a row of it. */
export const WORRY = 'worry';
/** The row that says whose a known disability is. */
export const DISABILITY = 'equipment';

/** What a row of the organisation's file lacks. */
export const OF_FILE = { needEn: null, change: null, endedBy: null, precedent: null } as const;

type Matrix = readonly MatrixRow[];

/** The need's row on a day, whatever the age. */
export const rowOn = (matrix: Matrix, need: string, on: LocalDay): MatrixRow | undefined =>
  matrix.find((row) => row.id === need && isValid(row.validity, on));

/** The row that answers for a child: none where the need's row does not cover the age. No need is *worry*. */
export const rowFor = (matrix: Matrix, need: string | null, age: number | null, on: LocalDay): MatrixRow | null => {
  const row = rowOn(matrix, need ?? WORRY, on);
  return row && withinAges(row.ages, age) ? row : null;
};

/** Two people have decided something of it: made the row, or ended it. */
const isDecided = ({ change, endedBy }: MatrixRow): boolean => change !== null || endedBy !== null;

const same = (a: MatrixRow, b: MatrixRow): boolean =>
  JSON.stringify([a.need, a.ages, a.unit, a.basis, a.validity]) ===
  JSON.stringify([b.need, b.ages, b.unit, b.basis, b.validity]);

/**
 * The matrix after a new organisation file. A need on which two people have decided here keeps all its rows: a file does
 * not undo what took four eyes, neither by leaving the need out nor by saying something else of it. `kept` are the needs
 * of which the file says something else, for whoever imports it to see.
 */
export const withFileMatrix = (
  was: Matrix,
  file: Matrix,
): { readonly matrix: Matrix; readonly kept: readonly string[] } => {
  const decided = new Set(was.filter(isDecided).map(({ id }) => id));
  const ours = was.filter(({ id }) => decided.has(id));
  const saidOtherwise = (need: string): boolean => {
    const theirs = file.filter(({ id }) => id === need);
    const own = ours.filter(({ id }) => id === need);
    return theirs.length !== own.length || !theirs.every((row) => own.some((other) => same(row, other)));
  };
  return {
    matrix: [...file.filter(({ id }) => !decided.has(id)), ...ours],
    kept: [...decided].filter(saidOtherwise),
  };
};

/**
 * The unit that a row made from a decision should name. What was decided of one family's area holds for the others by
 * theirs: Børnefamilieenhed Nørrebro stands for Borgercenter Børn og Unge, where the area chooses the unit.
 */
export const unitForRow = (organisation: Organisation, outcome: string): string => {
  const unit = unitOf(organisation, outcome);
  if (areaOf(unit) === null || unit.parent === null) return unit.id;
  const siblings = descendants(organisation, unit.parent).filter((one) => areaOf(one) !== null);
  return siblings.length > 1 ? unit.parent : unit.id;
};
