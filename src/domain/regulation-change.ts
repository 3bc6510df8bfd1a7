import { z } from 'zod';
import { SENTENCE_CODES } from './feedback-sentences.ts';
import { POLICY_KINDS, STARTED, TOPICS } from './rulebook.ts';

const text = z.string().trim().min(1, 'required').max(500);
const label = z.string().trim().min(1, 'required').max(120);
const day = z.iso.date('date');
const year = z.int().min(1900).max(2200);
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const time = z.string().regex(new RegExp(`^${clock}$`), 'time');
const count = (most: number) => z.int().min(1).max(most);

/** Not the whole, which is the end itself. */
const part = z.int().min(2).max(30);

const monthDay =
  /^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2\d))$/;
const isDay = (on: string): boolean => monthDay.test(on) || day.safeParse(on).success;

const period = z.strictObject({
  n: count(400),
  unit: z.enum(['elapsed hours', 'months', 'hverdage', 'workdays', 'days']),
});
const status = z.enum(['law', 'recalled', 'policy']);
const dutyKind = z.enum(['assess-24h', 'receipt', 'investigation', 'follow-up']);
const codeList = z.enum(['notifiers', 'reasons', 'measures']);
/** Of the notifiers it is a number, written as text. */
const code = z.string().min(1, 'required').max(120);
const policyKind = z.enum(POLICY_KINDS);
const paragraph = z.string().regex(/^§ \d{1,3}(?: [a-z])?$/, 'paragraph');
/** Move clocks that run already, too? Those of the law stay, whatever is answered. */
const applyToOpen = z.boolean();

const opening = z
  .strictObject({ from: time, to: z.string().regex(new RegExp(`^(?:${clock}|24:00)$`), 'time') })
  .refine(({ from, to }) => from < to, { error: 'end-before-start', path: ['to'] });
const openings = z
  .array(opening)
  .max(6)
  .refine(
    (list) =>
      list
        .toSorted((a, b) => (a.from < b.from ? -1 : 1))
        .every((one, at, all) => at === 0 || (all[at - 1]?.to ?? '') <= one.from),
    'overlap',
  );

/** Everything about law, policy and calendar that administrators may change; `from` is a local day. */
export const regulationChange = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('policy-period'),
    clock: policyKind,
    from: day,
    period,
    acute: period.nullable(),
    source: text,
    applyToOpen,
  }),
  z.strictObject({
    what: z.literal('policy-limits'),
    from: day,
    returnCheckOpeningHours: count(80),
    leastOpeningHours: count(12),
    callAfterMinutes: count(240),
    pauseAtMost: z.strictObject({ days: count(400), hours: count(400) }),
    source: text,
  }),
  z.strictObject({
    what: z.literal('law-period'),
    duty: dutyKind,
    from: day,
    period,
    again: period.nullable(),
    paragraph: text,
    status,
    source: text,
  }),
  z.strictObject({
    what: z.literal('correct-text'),
    version: z.string().min(1).max(80),
    rule: z.union([dutyKind, policyKind]),
    paragraph: text.nullable(),
    status,
    source: text,
  }),
  z.strictObject({
    what: z.literal('correct-reference'),
    version: z.string().min(1).max(80),
    topic: z.enum(TOPICS),
    paragraph: text,
    status,
    source: text,
  }),
  z.strictObject({
    what: z.literal('add-code'),
    list: codeList,
    /** Only notifiers have a number that others have given. */
    number: z.int().min(1).max(99).nullable(),
    group: z.enum(['child', 'parents', 'other', 'supportive', 'placement']).nullable(),
    paragraph: text.nullable(),
    da: label,
    en: label,
    from: day,
    source: text,
  }),
  z.strictObject({ what: z.literal('end-code'), list: codeList, code, until: day, source: text }),
  z.strictObject({
    what: z.literal('correct-code'),
    list: codeList,
    code,
    paragraph: text.nullable(),
    da: label,
    en: label,
    source: text,
  }),
  z.strictObject({
    what: z.literal('feedback-words'),
    from: day,
    vocabulary: z.record(z.enum(STARTED), z.boolean()),
    municipalities: z.boolean(),
    status,
    source: text,
  }),
  z.strictObject({
    what: z.literal('feedback-sentence'),
    from: day,
    sentence: z.enum(SENTENCE_CODES),
    da: text,
    en: text,
    status,
    source: text,
  }),
  z.strictObject({
    what: z.literal('receipt-policy'),
    from: day,
    sent: z.enum(['at-once', 'on-acknowledgement']),
    /** Before the law's six. */
    hverdage: count(5),
    at: time,
    source: text,
  }),
  z.strictObject({
    what: z.literal('reassessed-measures'),
    from: day,
    paragraphs: z.array(paragraph).min(1, 'required').max(50),
    status,
    source: text,
  }),
  z.strictObject({
    what: z.literal('alarms'),
    clock: z.union([dutyKind, policyKind]).nullable(),
    from: day,
    opensAt: time,
    chaseWorkdays: count(20),
    chaseHours: count(72),
    /** One part in so many of the time: a clock in hours, of workdays, of other days. */
    parts: z
      .strictObject({ quarter: part, half: part, workdays: part, days: part })
      .refine(({ quarter, half }) => quarter > half, { error: 'out-of-range', path: ['quarter'] })
      .optional(),
    source: text,
  }),
  z.strictObject({
    what: z.literal('closing-day'),
    on: z.string().refine(isDay, 'month-day'),
    da: text,
    en: text,
    from: day,
    until: day.nullable(),
    source: text,
    applyToOpen,
  }),
  z.strictObject({ what: z.literal('end-closing-day'), on: z.string(), until: day, source: text, applyToOpen }),
  z.strictObject({
    what: z.literal('holiday'),
    da: text,
    en: text,
    on: z.union([
      z.strictObject({ easter: z.int().min(-60).max(100) }),
      z.strictObject({ fixed: z.string().regex(monthDay, 'month-day') }),
    ]),
    from: year,
    source: text,
    applyToOpen,
  }),
  z.strictObject({ what: z.literal('end-holiday'), id: z.string(), until: year, source: text, applyToOpen }),
  z
    .strictObject({
      what: z.literal('opening-exception'),
      units: z.array(z.string().min(1).max(80)).min(1).max(200),
      from: day,
      to: day,
      periods: openings,
      reason: text,
      source: text,
    })
    .refine(({ from, to }) => from <= to, { error: 'end-before-start', path: ['to'] }),
  z.strictObject({ what: z.literal('end-exception'), id: z.string(), to: day, source: text }),
]);
export type RegulationChange = z.output<typeof regulationChange>;
export type Change<What extends RegulationChange['what']> = Extract<RegulationChange, { what: What }>;

/** Was it asked that clocks which run already follow? */
export const appliesToOpen = (change: RegulationChange): boolean => 'applyToOpen' in change && change.applyToOpen;
