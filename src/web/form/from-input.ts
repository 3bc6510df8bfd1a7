import { EMPTY, type FormValues, FRESH } from './values.ts';

type Raw = Readonly<Record<string, unknown>>;
const isGroup = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

const yesNo = (value: unknown): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : '');

/**
 * A stored draft laid over the empty form: the same shape comes out whatever was saved, and what does not fit
 * is left out. Numbers and answers become the texts that the controls hold.
 */
const over = (empty: unknown, given: unknown, row: Readonly<Record<string, unknown>>, path: string): unknown => {
  if (Array.isArray(empty)) {
    if (!Array.isArray(given)) return empty;
    const fresh = row[path];
    return fresh === undefined
      ? given.filter((item) => typeof item === 'string')
      : given.map((item) => over(fresh, item, row, path));
  }
  if (isGroup(empty)) {
    const raw = isGroup(given) ? given : {};
    return Object.fromEntries(
      Object.entries(empty).map(([key, value]) => [
        key,
        over(value, raw[key], row, path === '' ? key : `${path}.${key}`),
      ]),
    );
  }
  if (typeof empty === 'boolean') return given === true;
  if (typeof given === 'boolean') return yesNo(given);
  return typeof given === 'string' || typeof given === 'number' ? String(given) : empty;
};

const ROWS: Raw = {
  children: FRESH.child,
  'family.parents': FRESH.parent,
  'family.siblings': FRESH.sibling,
  'concern.observations': FRESH.observation,
  triedSoFar: FRESH.tried,
};

export const fromInput = (stored: unknown, base: FormValues = EMPTY): FormValues => {
  const values = over(base, stored, ROWS, '') as FormValues;
  return values.children.length > 0 ? values : { ...values, children: [FRESH.child] };
};
