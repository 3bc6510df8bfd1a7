import { z } from 'zod';
import { DomainError, type FieldError } from './errors.ts';
import { refusedField } from './field-errors.ts';
import { line, lines, list, wholeNumber } from './form-fields.ts';
import { personalDataIn } from './personal-data.ts';

const unit = line(80);

/** What a BUF-SOF coordinator writes of a dispute that has ended, for those that come after: nothing of anybody. */
export const precedentForm = z.strictObject({
  /** Code of the matrix, where the need has one. */
  need: line(120).nullable(),
  /** The need in general words. */
  needText: line(200),
  ages: z
    .strictObject({ from: wholeNumber(0, 150), to: wholeNumber(0, 150) })
    .refine(({ from, to }) => from <= to, { error: 'end-before-start', path: ['to'] })
    .nullable(),
  units: list(unit, 20).min(1, 'required'),
  outcome: unit,
  basis: line(300),
  reason: lines(2_000),
});
export type PrecedentForm = z.output<typeof precedentForm>;

export type Precedent = PrecedentForm & { readonly id: string; readonly writtenAt: string };

const WRITTEN = ['needText', 'basis', 'reason'] as const satisfies readonly (keyof PrecedentForm)[];

/** Throws INVALID, naming each field that seems to hold personal data. `names` are those of the people in the case. */
export const demandImpersonal = (form: PrecedentForm, names: readonly string[]): void => {
  const fields = WRITTEN.flatMap((path): FieldError[] => {
    const found = personalDataIn(form[path], names);
    return found ? [refusedField(path, found)] : [];
  });
  if (fields.length > 0) throw new DomainError('INVALID', fields[0], fields);
};

/** What is known of a dispute that an earlier decision may be like. */
export type DisputeFacts = {
  readonly need: string | null;
  /** Whole years; unborn is 0. */
  readonly age: number | null;
  /** The parties, and the units that they say it is. */
  readonly units: readonly string[];
  readonly bases: readonly string[];
};

/** In what an earlier decision is like a dispute. */
export type Likeness = {
  readonly need: boolean;
  readonly age: boolean;
  readonly units: readonly string[];
  readonly basis: boolean;
};

/** The same need outweighs all the rest together; two of the same units outweigh age and law. */
export const WEIGHTS = { need: 8, unit: 2, age: 2, basis: 1 } as const;
/** More parties than two make no dispute more alike. */
const UNITS_COUNTED = 2;
/** Less than one need, two units, or a unit and the age is chance. */
export const ALIKE = 4;

const paragraphs = (basis: string): readonly string[] =>
  [...basis.toLowerCase().matchAll(/§+\s*(\d+)\s*([a-z])?(?![a-zæøå])/g)].map(([, n, letter = '']) => `${n}${letter}`);

const sameBasis = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase() || paragraphs(a).some((one) => paragraphs(b).includes(one));

export const likeness = (precedent: PrecedentForm, facts: DisputeFacts): Likeness => {
  const { need, ages, units, outcome, basis } = precedent;
  const theirs = new Set([...units, outcome]);
  return {
    need: need !== null && need === facts.need,
    age: ages !== null && facts.age !== null && ages.from <= facts.age && facts.age <= ages.to,
    units: [...new Set(facts.units)].filter((one) => theirs.has(one)),
    basis: facts.bases.some((one) => sameBasis(one, basis)),
  };
};

export const pointsOf = ({ need, age, units, basis }: Likeness): number =>
  (need ? WEIGHTS.need : 0) +
  WEIGHTS.unit * Math.min(units.length, UNITS_COUNTED) +
  (age ? WEIGHTS.age : 0) +
  (basis ? WEIGHTS.basis : 0);

export type Alike<P extends Precedent> = { readonly precedent: P; readonly like: Likeness; readonly points: number };

/**
 * The earlier decisions most like a dispute, the most alike first, of equal ones the newest. Total over any order of
 * what it is given. Worked: the same need (8) stands above the same two units (4), age (2) and paragraph (1).
 */
export const closest = <P extends Precedent>(
  precedents: readonly P[],
  facts: DisputeFacts,
  most: number,
): readonly Alike<P>[] =>
  precedents
    .map((precedent): Alike<P> => {
      const like = likeness(precedent, facts);
      return { precedent, like, points: pointsOf(like) };
    })
    .filter(({ points }) => points >= ALIKE)
    .toSorted(
      (a, b) =>
        b.points - a.points ||
        b.precedent.writtenAt.localeCompare(a.precedent.writtenAt) ||
        a.precedent.id.localeCompare(b.precedent.id),
    )
    .slice(0, most);
