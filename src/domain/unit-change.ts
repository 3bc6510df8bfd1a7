import { z } from 'zod';

const text = z.string().trim().min(1, 'required').max(120);
/** As in the organisation's file: stays for good, so that history names it. */
const id = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'unit-id');
const day = z.iso.date('date');
const code = z.int('postal-code').min(0, 'postal-code').max(9999, 'postal-code');
const range = z.strictObject({ from: code, to: code }).refine(({ from, to }) => from <= to, 'before-first');
const age = z.int().min(0).max(150);
const ages = z.tuple([age, age]).refine(([from, to]) => from <= to, 'before-first');

/** What a new unit is called. Department, parent, kind, hours and what it may own are those of the unit it comes from. */
const fresh = {
  name: text,
  /** Made of the name on screen, so that what is wrong with that is said first. */
  id,
  phone: text,
  email: z.email('email').nullable(),
  /** May the name be told to a notifier? */
  nameIsNeutral: z.boolean(),
};
const area = { postalCodes: z.array(range).max(50), ages: ages.nullable() };

/** Everything that administrators may do to units; each takes place on a local day. */
export const unitChange = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('open'), on: day, like: id, unit: z.strictObject({ ...fresh, ...area }) }),
  z.strictObject({ what: z.literal('close'), on: day, unit: id, into: id }),
  z
    .strictObject({
      what: z.literal('merge'),
      on: day,
      units: z.array(id).min(1, 'required').max(20),
      /** One of the units, or another, that goes on; null: a new unit. */
      into: id.nullable(),
      unit: z.strictObject(fresh).nullable(),
    })
    .refine(({ into, unit }) => (into === null) !== (unit === null), { error: 'required', path: ['into'] }),
  z.strictObject({
    what: z.literal('split'),
    on: day,
    unit: id,
    /** The rule that says which part an open referral goes to. */
    by: z.enum(['area', 'age']),
    parts: z
      .array(z.strictObject({ ...fresh, ...area, people: z.array(z.string().min(1)).max(500) }))
      .min(2, 'too-few')
      .max(10),
    /** The part whose intake gets what the rule does not decide. */
    main: id,
    /** Needs whose row of the matrix names the unit, and the part that gets it; null: the rule chooses, child by child. */
    rows: z
      .array(z.strictObject({ need: z.string().min(1).max(120), part: id.nullable() }))
      .max(200)
      .optional(),
  }),
]);
export type UnitChange = z.output<typeof unitChange>;
