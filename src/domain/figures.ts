/**
 * Under this a count says who it is about: suppressed outside the unit that owns it (rules.md, *Figures*). Nørrebro's 3
 * hand-overs are 3 for its own leader and "under 5" for a coordinator; 0 is nobody and is told.
 */
export const SMALL = 5;

/** What is counted between units, then what is counted in hours at one. */
export const PAIR_FIGURES = ['moved', 'asked'] as const;
export const HOUR_FIGURES = ['provisional', 'unacknowledged'] as const;
export const FIGURES = [...PAIR_FIGURES, ...HOUR_FIGURES] as const;
export type Figure = (typeof FIGURES)[number];

/** Days back from now that figures are asked for. */
export const PERIODS = [30, 90, 365] as const;
export type Days = (typeof PERIODS)[number];

/** The count, or null: suppressed. `own`: the unit that owns it is the reader's. */
export const shownCount = (count: number, own: boolean): number | null =>
  own || count === 0 || count >= SMALL ? count : null;

/** A part of a count, or null where it, or what it leaves of the whole, is suppressed: 5 of 6 would tell of one. */
export const shownPart = (part: number, whole: number, own: boolean): number | null =>
  shownCount(whole - part, own) === null || shownCount(whole, own) === null ? null : shownCount(part, own);

type Cell = { readonly count: number; readonly own: boolean };

/**
 * The sum of cells, or null where it would tell a suppressed one by subtraction: exactly one is hidden, or all that are
 * hidden together are few.
 */
export const shownTotal = (cells: readonly Cell[]): number | null => {
  const hidden = cells.filter(({ count, own }) => shownCount(count, own) === null);
  const sum = (of: readonly Cell[]): number => of.reduce((all, { count }) => all + count, 0);
  return hidden.length === 0 || (hidden.length > 1 && sum(hidden) >= SMALL) ? sum(cells) : null;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long is left of a step, and how old a matter is: upper bounds in milliseconds, the last one open. */
export const LEFT = { over: 0, day: DAY_MS, 'three-days': 3 * DAY_MS, later: Number.POSITIVE_INFINITY } as const;
export const AGE = {
  week: 7 * DAY_MS,
  'two-weeks': 14 * DAY_MS,
  'four-weeks': 28 * DAY_MS,
  older: Number.POSITIVE_INFINITY,
} as const;

/** The first band whose bound the value does not pass. */
export const bandOf = <Band extends string>(bands: Readonly<Record<Band, number>>, value: number): Band => {
  const found = (Object.keys(bands) as Band[]).find((band) => value <= bands[band]);
  if (!found) throw new RangeError('the last band is open');
  return found;
};
