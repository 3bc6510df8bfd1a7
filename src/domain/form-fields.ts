import { z } from 'zod';
import { compareDays, type LocalDay, T } from './time.ts';

/*
 * Messages are codes of `field-errors.ts`, never sentences: the sentence in both languages is made there,
 * with the field's name, and never repeats what was typed.
 */

// Direction marks can make a text read differently from what is stored.
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;
const CONTROL = /\p{Cc}/u;
const LINE = /[\n\r\t]/g;
const clean = (text: string): boolean => text.isWellFormed() && !CONTROL.test(text) && !DIRECTION.test(text);
const cleanLines = (text: string): boolean => clean(text.replaceAll(LINE, ' '));

const typed = (code: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? 'required' : code;

/** One line, trimmed, at least one character. */
export const line = (max: number) =>
  z
    .string({ error: typed('not-text') })
    .trim()
    .min(1, 'required')
    .max(max, 'too-long')
    .refine(clean, 'control-characters');

/** Several lines, trimmed, at least one character; line breaks and tabs are kept. */
export const lines = (max: number) =>
  z
    .string({ error: typed('not-text') })
    .trim()
    .min(1, 'required')
    .max(max, 'too-long')
    .refine(cleanLines, 'control-characters');

/** A field left blank counts as not given. */
export const blank = <Field extends z.ZodType<string, string>>(field: Field) =>
  z
    .union([
      z
        .string()
        .trim()
        .length(0)
        .transform(() => undefined),
      field,
    ])
    .optional();

export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: typed('unknown-choice') });
export const yesNo = () => z.boolean({ error: typed('not-yes-no') });
export const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z.array(item, { error: typed('not-list') }).max(max, 'too-many');
export const wholeNumber = (min: number, max: number) =>
  z
    .number({ error: typed('not-number') })
    .int('not-number')
    .min(min, 'out-of-range')
    .max(max, 'out-of-range');

const real = (text: string): LocalDay | null => {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? T.PlainDate.from(text) : null;
  } catch {
    return null;
  }
};

/** A day that has been, `YYYY-MM-DD`; `today` null: any day. */
export const pastDay = (today: LocalDay | null) =>
  z
    .string({ error: typed('not-text') })
    .refine((text) => real(text) !== null, { message: 'date', abort: true })
    .refine((text) => {
      const day = real(text);
      return !day || (day.year >= 1900 && (!today || compareDays(day, today) <= 0));
    }, 'future-date');
