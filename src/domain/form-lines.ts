import type { FIELD_LABELS } from './field-labels.ts';

/** A line to look over: the field's name, its position in a list, what was answered. */
export type ReviewLine = {
  readonly field: keyof typeof FIELD_LABELS;
  readonly number: number | null;
  readonly value: string;
};

/** How a stored value reads on screen; null is left out of the review. */
export type Say = (field: string, value: unknown) => string | null;

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every answer of a part, in the order of the form, with rows of lists numbered from one. */
export const linesOf = (
  field: string,
  value: unknown,
  say: Say,
  number: number | null = null,
): readonly ReviewLine[] => {
  if (Array.isArray(value) && value.some(isGroup)) {
    return value.flatMap((item, at) => linesOf(field, item, say, value.length > 1 ? at + 1 : number));
  }
  if (isGroup(value)) {
    return Object.entries(value).flatMap(([key, inner]) => linesOf(`${field}.${key}`, inner, say, number));
  }
  const said = say(field, value);
  return said === null ? [] : [{ field: field as ReviewLine['field'], number, value: said }];
};
