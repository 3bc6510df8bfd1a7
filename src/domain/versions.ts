import { refuseField } from './field-errors.ts';

type Versioned = { readonly id: string; readonly from: string | null };

/**
 * The versions with one that begins on `from`: a copy of the newest, changed. One that begins on that very day and has
 * not begun is changed itself; none may begin before one that is planned, which would not know of it.
 */
export const withVersion = <V extends Versioned>(
  versions: readonly V[],
  prefix: string,
  from: string,
  change: (base: V) => V,
): readonly V[] => {
  const base = versions.at(-1);
  if (!base) throw new RangeError('no version to change');
  if (base.from !== null && from < base.from) refuseField('change.from', 'before-planned');
  if (base.from === from) return [...versions.slice(0, -1), change(base)];
  return [...versions, { ...change(base), id: `${prefix}-${from}`, from }];
};
