import { z } from 'zod';
import type { FieldError, Reason } from '#domain/errors.ts';
import { pastDay } from '#domain/form-fields.ts';
import { atLocal, type Instant, isAfter, iso, local, localDay, T } from '#domain/time.ts';
import { wholeDay } from './date-field.tsx';
import { refusalsBy } from './use-refusals.ts';

/** A moment that has been, as typed: a day in three fields and a time of day, both local. */
export type MomentValues = { on: string; time: string };

const LABELS: Readonly<Record<string, Reason>> = {
  on: { da: 'Dagen', en: 'The day' },
  time: { da: 'Klokkeslættet', en: 'The time of day' },
};

/** `9.30`, `09:30` or `0930`. */
export const TIME = /^([01]?\d|2[0-3])[.:]?([0-5]\d)$/;

export const momentOf = (at: Instant): MomentValues => {
  const there = local(at);
  return {
    on: there.toPlainDate().toString(),
    time: there.toPlainTime().toString({ smallestUnit: 'minute' }).replace(':', '.'),
  };
};

const timeOfDay = z.string().trim().min(1, 'required').regex(TIME, 'wrong-form');

const parse = ({ on, time }: MomentValues): Instant | null => {
  const match = TIME.exec(time.trim());
  try {
    return match ? atLocal(T.PlainDate.from(wholeDay(on)), `${match[1]?.padStart(2, '0')}:${match[2]}`) : null;
  } catch {
    return null;
  }
};

type Moment = { readonly at: Instant; readonly wire: string } | readonly FieldError[];

const read = (values: MomentValues, schema: z.ZodType): Moment => {
  const problems = refusalsBy(schema, { on: wholeDay(values.on), time: values.time }, LABELS);
  const at = parse(values);
  return problems.length === 0 && at ? { at, wire: iso(at) } : problems;
};

/** An ISO instant not after `now`, or what is wrong with the two fields. */
export const readMoment = (values: MomentValues, now: Instant): Moment => {
  const schema = z
    .object({
      on: z
        .string()
        .min(1, 'required')
        .pipe(pastDay(localDay(now))),
      time: timeOfDay,
    })
    .superRefine((typed, ctx) => {
      const at = parse(typed);
      if (at && isAfter(at, now)) ctx.addIssue({ code: 'custom', path: ['time'], message: 'future' });
    });
  return read(values, schema);
};

/** An ISO instant after `now`, or what is wrong with the two fields. */
export const readAhead = (values: MomentValues, now: Instant): Moment => {
  const schema = z
    .object({
      on: z
        .string()
        .min(1, 'required')
        .pipe(z.iso.date({ error: 'date' })),
      time: timeOfDay,
    })
    .superRefine((typed, ctx) => {
      const at = parse(typed);
      if (at && !isAfter(at, now)) ctx.addIssue({ code: 'custom', path: ['on'], message: 'not-ahead' });
    });
  return read(values, schema);
};
