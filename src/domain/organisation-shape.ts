import { z } from 'zod';
import { ROLES } from './organisation.ts';

const text = z.string().trim().min(1).max(500);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/i, 'must be an id of letters, digits and hyphens');
const day = z.iso.date('must be a date, YYYY-MM-DD').nullable();
const role = z.enum(ROLES);
const ages = z
  .tuple([z.number().int().min(0).max(150), z.number().int().min(0).max(150)])
  .refine(([from, to]) => from <= to, 'must be [lowest, highest]');

const postalCodes = z.string().refine((value) => {
  const match = /^(\d{4})(?:-(\d{4}))?$/.exec(value);
  return match !== null && (match[2] === undefined || Number(match[1]) <= Number(match[2]));
}, 'must be a postal code such as "2200" or a range such as "1500-1799"');

const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const period = z
  .string()
  .refine((value) => new RegExp(`^${clock}-(?:${clock}|24:00)$`).test(value), 'must be a period such as "08:00-16:00"')
  .refine((value) => value.slice(0, 5) < value.slice(6), 'must begin before it ends');
const periods = z
  .array(period)
  .refine(
    (list) => list.toSorted().every((one, at, all) => at === 0 || (all[at - 1] as string).slice(6) <= one.slice(0, 5)),
    'periods of one day must not overlap',
  );

/** Day names of the file in the order of ISO weekdays, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const week = z
  .strictObject({
    mon: periods.optional(),
    tue: periods.optional(),
    wed: periods.optional(),
    thu: periods.optional(),
    fri: periods.optional(),
    sat: periods.optional(),
    sun: periods.optional(),
  })
  .refine(
    (days) => Object.values(days).some((list) => list !== undefined && list.length > 0),
    'must be open at some time of the week',
  );

const validity = { validFrom: day.default(null), validUntil: day.default(null) };

const unit = z.strictObject({
  id,
  parent: id.nullable().default(null),
  department: id,
  kind: id,
  name: text,
  short: text.nullable().default(null),
  note: text.optional(),
  area: id.nullable().default(null),
  areas: z.array(id).default([]),
  postalCodes: z.array(postalCodes).default([]),
  ages: ages.nullable().default(null),
  mayOwn: z.array(z.enum(['notification', 'inquiry'])),
  phone: text,
  email: z.email().nullable().default(null),
  nameIsNeutral: z.boolean(),
  successor: id.nullable().default(null),
  ...validity,
});

const person = z.strictObject({
  id,
  title: text,
  unit: id,
  roles: z.array(z.union([role, z.strictObject({ role, unit: id.optional(), ...validity })])).min(1),
  email: z.email(),
  phone: text,
  substitute: id.nullable().default(null),
  absences: z
    .array(z.strictObject({ from: z.iso.date(), until: day.default(null), substitute: id.nullable().default(null) }))
    .default([]),
  ...validity,
});

const counting = z.enum(['workdays', 'elapsed hours']);
const step = z.strictObject({
  step: z.number().int().min(1),
  name: text,
  agree: z.array(role).min(1),
  decide: z.array(role),
  within: z.number().int().min(1),
  counting,
  meeting: text.nullable().default(null),
  thenEvery: z
    .strictObject({ every: z.number().int().min(1), counting })
    .nullable()
    .default(null),
});

const closingDay = z
  .string()
  .regex(/^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2\d))$/, {
    error: 'must be a day of the year, MM-DD',
  });

/** The organisation file as written: see `training/organisation.json`. References are checked elsewhere. */
export const organisationShape = z.strictObject({
  about: z.string().optional(),
  municipality: z.strictObject({
    code: z.string().regex(/^\d{4}$/, 'must be four digits'),
    name: text,
    neighbours: z
      .array(z.strictObject({ code: z.string().regex(/^\d{4}$/), name: text, postalCodes: z.array(postalCodes) }))
      .default([]),
  }),
  departments: z.array(z.strictObject({ id, name: text, nameEn: text, phone: text })).min(1),
  units: z.array(unit).min(1),
  openingHours: z
    .record(z.string(), z.union([z.literal('always'), week], 'must be "always" or periods per weekday'))
    .refine((hours) => hours.default !== undefined, 'must have "default"'),
  closingDays: z.array(closingDay).default([]),
  openingExceptions: z
    .array(
      z.strictObject({
        units: z.array(id).min(1),
        from: z.iso.date(),
        to: z.iso.date(),
        periods,
        reason: text,
        source: text,
      }),
    )
    .default([]),
  dutyRota: z
    .array(
      z.strictObject({
        unit: id,
        person: id,
        from: z.iso.datetime({ offset: true }),
        until: z.iso.datetime({ offset: true }),
        phone: text.nullable().default(null),
      }),
    )
    .default([]),
  roles: z.array(role).optional(),
  disputeLadder: z.array(step).min(1),
  acuteDisputeLadder: z.array(step).min(1),
  people: z.array(person),
  responsibilityMatrix: z.array(
    z.strictObject({ id, need: text, ages: ages.nullable().default(null), unit: id, basis: text, ...validity }),
  ),
});
export type OrganisationShape = z.output<typeof organisationShape>;
