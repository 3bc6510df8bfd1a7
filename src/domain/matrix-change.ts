import { z } from 'zod';
import { DomainError, type Reason } from './errors.ts';
import { refusedField, refuseField } from './field-errors.ts';
import { rowOn, WORRY } from './matrix.ts';
import type { MatrixRow, Organisation } from './organisation.ts';
import { currentUnit, descendants } from './organisation-tree.ts';
import { withinAges } from './routing-facts.ts';
import { type Instant, type LocalDay, localDay, T } from './time.ts';

const text = z.string().trim().min(1, 'required').max(500);
const label = z.string().trim().min(1, 'required').max(120);
const day = z.iso.date('date');
const id = z.string().min(1, 'required').max(120);
const year = z.int().min(0).max(150);
const ages = z
  .strictObject({ from: year, to: year })
  .refine(({ from, to }) => from <= to, { error: 'end-before-start', path: ['to'] });

/** What two people may change of the responsibility matrix; `from` and `until` are local days. */
export const matrixChange = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('matrix-row'),
    /** Code of a need that the matrix knows; null: a new one. */
    need: id.nullable(),
    da: label,
    en: label,
    ages: ages.nullable(),
    unit: id,
    basis: text,
    from: day,
    source: text,
    /** The earlier decision that it is made from. */
    precedent: z.uuid().nullable(),
  }),
  z.strictObject({ what: z.literal('end-matrix-row'), need: id, until: day, source: text }),
]);
export type MatrixChange = z.output<typeof matrixChange>;
type NewRow = Extract<MatrixChange, { what: 'matrix-row' }>;
type Ended = Extract<MatrixChange, { what: 'end-matrix-row' }>;

type Matrix = readonly MatrixRow[];

const SPELT: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa' };

/** A need's code from its name: `Hjælp i hjemmet` → `hjaelp-i-hjemmet`; it stands in the form, the file and the routing. */
const codeOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[æøå]/g, (letter) => SPELT[letter] ?? letter)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);

const demandLater = (path: string, on: string, today: LocalDay): LocalDay => {
  if (on <= today.toString()) refuseField(path, 'not-tomorrow');
  return T.PlainDate.from(on);
};

/** Somebody of it must be able to own what it is given: else the row would be advice that nobody follows. */
const demandUnit = (organisation: Organisation, unit: string, on: LocalDay): void => {
  if (!organisation.units.has(unit)) refuseField('change.unit', 'unknown-choice');
  const named = currentUnit(organisation, unit, on);
  if (!named) refuseField('change.unit', 'unit-closed');
  const all = named ? [named, ...descendants(organisation, named.id)] : [];
  if (!all.some((one) => one.mayOwn.length > 0)) refuseField('change.unit', 'may-not-own');
};

const beginsLater = (row: MatrixRow, than: LocalDay): boolean =>
  row.validity.from !== null && T.PlainDate.compare(row.validity.from, than) >= 0;

/** What runs then ends then; a row's own past stays as it was. */
const endedOn = (row: MatrixRow, on: LocalDay, changeId: string): MatrixRow => ({
  ...row,
  validity: { from: row.validity.from, until: on },
  endedBy: changeId,
});

const OLDEST = 150;
/** `[0, 5]` and up: whole years that the ages cover; null is every age. */
const yearsOf = (ages: MatrixRow['ages']): readonly number[] =>
  Array.from({ length: OLDEST + 1 }, (_, year) => year).filter((year) => withinAges(ages, year));

/** 0–5, 18: as runs of years. */
const runsOf = (all: readonly number[]): string => {
  const begins = all.filter((one) => !all.includes(one - 1));
  const ends = all.filter((one) => !all.includes(one + 1));
  return begins.map((from, n) => (from === ends[n] ? `${from}` : `${from}–${ends[n]}`)).join(', ');
};

/**
 * What was decided of one child says nothing of ages that it does not name: a row made from it may not end the need's
 * row for them, unseen, with one click. Whoever means it proposes the row by hand. Row 0–17, precedent 6–17: refused for
 * 0–5. (`docs/decisions/022`.)
 */
const demandAllAges = (running: MatrixRow | undefined, row: MatrixRow): void => {
  if (!running || row.precedent === null) return;
  const left = yearsOf(running.ages).filter((year) => !withinAges(row.ages, year));
  if (left.length === 0) return;
  const { path, code, da, en } = refusedField('change.ages', 'ages-left-out');
  const [inDanish, inEnglish] = [`${da} (${runsOf(left)} år)`, `${en} (${runsOf(left)} years)`];
  throw new DomainError('INVALID', { da: inDanish, en: inEnglish }, [{ path, code, da: inDanish, en: inEnglish }]);
};

const withRow = (
  matrix: Matrix,
  change: NewRow,
  changeId: string,
  organisation: Organisation,
  now: Instant,
): Matrix => {
  const { da, en, unit, basis, precedent } = change;
  const from = demandLater('change.from', change.from, localDay(now));
  demandUnit(organisation, unit, from);
  const need = change.need ?? codeOf(da);
  if (need === '' || need === WORRY) refuseField(change.need === null ? 'change.da' : 'change.need', 'unknown-choice');
  const known = matrix.filter((row) => row.id === need);
  if (change.need === null && known.length > 0) refuseField('change.da', 'known-already');
  if (change.need !== null && known.length === 0) refuseField('change.need', 'unknown-choice');
  if (known.some((row) => beginsLater(row, from))) refuseField('change.from', 'before-planned');
  const running = rowOn(matrix, need, from);
  const row: MatrixRow = {
    id: need,
    need: da,
    needEn: en,
    ages: change.ages ? [change.ages.from, change.ages.to] : null,
    unit,
    basis,
    validity: { from, until: null },
    change: changeId,
    endedBy: null,
    precedent,
  };
  demandAllAges(running, row);
  const say = ({ ages, unit: whose, basis: by }: MatrixRow): string => JSON.stringify([ages, whose, by]);
  if (running && say(running) === say(row) && running.need === da) refuseField('change.unit', 'nothing-changed');
  return [...matrix.map((one) => (one === running ? endedOn(one, from, changeId) : one)), row];
};

const withoutRow = (matrix: Matrix, change: Ended, changeId: string, now: Instant): Matrix => {
  const until = demandLater('change.until', change.until, localDay(now));
  const running = rowOn(matrix, change.need, until);
  if (change.need === WORRY || !running) return refuseField('change.need', 'unknown-choice');
  return matrix.map((row) => (row === running ? endedOn(row, until, changeId) : row));
};

/**
 * The matrix with one change. It begins tomorrow or later, so that no referral that has come was routed by another
 * matrix than the one that is shown for its day; a row that holds for the need ends when the new one begins. Pure, so
 * that the dry run and the confirmation do the same. Throws INVALID, naming the field (`change.from`).
 */
export const applyMatrix = (
  organisation: Organisation,
  change: MatrixChange,
  changeId: string,
  now: Instant,
): { readonly matrix: Matrix; readonly need: string; readonly on: LocalDay } => {
  const { matrix } = organisation;
  if (change.what === 'end-matrix-row') {
    const changed = withoutRow(matrix, change, changeId, now);
    return { matrix: changed, need: change.need, on: T.PlainDate.from(change.until) };
  }
  const changed = withRow(matrix, change, changeId, organisation, now);
  return { matrix: changed, need: changed.at(-1)?.id ?? '', on: T.PlainDate.from(change.from) };
};

/** A proposed change as one line, in both languages; `unitName` and `needName` tell names, `day` writes local days. */
export const matrixChangeInWords = (
  change: MatrixChange,
  unitName: (id: string) => string,
  needName: (code: string) => Reason,
  day: (iso: string) => Reason,
): Reason => {
  if (change.what === 'end-matrix-row') {
    const [name, until] = [needName(change.need), day(change.until)];
    return {
      da: `Ansvarsmatricen: ${name.da} står der ikke længere fra ${until.da}.`,
      en: `Responsibility matrix: ${name.en} is no longer in it from ${until.en}.`,
    };
  }
  const { da, en, ages, unit, basis, from } = change;
  const [range, who] = [ages ? `, ${ages.from}–${ages.to}` : '', unitName(unit)];
  return {
    da: `Ansvarsmatricen: ${da}${range && `${range} år`} → ${who} (${basis}). Fra ${day(from).da}.`,
    en: `Responsibility matrix: ${en}${range && `${range} years`} → ${who} (${basis}). From ${day(from).en}.`,
  };
};
