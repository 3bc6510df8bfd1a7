import { z } from 'zod';
import { ANONYMOUS_NOTIFIER, type Code, LEGAL_BASES, type LegalBasis, refusalOf } from './codes.ts';
import { parseCpr } from './cpr.ts';
import { blank, choice, line, lines, list, pastDay, wholeNumber, yesNo } from './form-fields.ts';
import type { Organisation } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { compareDays, type LocalDay } from './time.ts';

/**
 * `training` admits training CPRs. `on`, the local day of receipt, refuses days to come and codes out of use.
 * `organisation` refuses institutions and needs that it does not hold. The browser may leave out the last two.
 * `codes` are the lists that hold what notifiers and reasons are.
 */
export type FormOptions = {
  readonly training: boolean;
  readonly codes: { readonly notifiers: readonly Code<number>[]; readonly reasons: readonly Code[] };
  readonly on?: LocalDay;
  readonly organisation?: Organisation;
};

const refuse = (ctx: z.RefinementCtx, path: readonly (string | number)[], message: string): void =>
  ctx.addIssue({ code: 'custom', path: [...path], message });

const BASES = LEGAL_BASES.map((row) => row.code) as [LegalBasis, ...LegalBasis[]];

const cpr = ({ training, on }: FormOptions) =>
  line(20).transform((text, ctx) => {
    const parsed = parseCpr(text, { training });
    if ('error' in parsed) refuse(ctx, [], parsed.error);
    else if (on && parsed.birthOn && compareDays(parsed.birthOn, on) > 0) refuse(ctx, [], 'cpr-date');
    else return parsed.digits;
    return z.NEVER;
  });

const address = z.strictObject({
  street: blank(line(200)),
  postalCode: blank(line(10).regex(/^\d{4}$/, 'postal-code')),
  city: blank(line(100)),
});

const child = (options: FormOptions) =>
  z
    .strictObject({
      name: blank(line(200)),
      identity: choice(['known', 'unborn', 'unknown']).default('known'),
      cpr: cpr(options).optional(),
      address: address.optional(),
      protectedAddress: yesNo().default(false),
      /** Unit id of the school or daycare. */
      institution: line(80).nullable().default(null),
      /** Whole years, where no CPR tells the age. */
      ageEstimate: wholeNumber(0, 22).nullable().default(null),
    })
    .superRefine((value, ctx) => {
      if (value.identity === 'known' && value.cpr === undefined) refuse(ctx, ['cpr'], 'cpr-missing');
      if (value.identity !== 'known' && value.cpr !== undefined) refuse(ctx, ['cpr'], 'cpr-not-expected');
      if (value.identity === 'known' && value.name === undefined) refuse(ctx, ['name'], 'required');
      const { organisation, on } = options;
      if (!organisation || value.institution === null) return;
      const unit = organisation.units.get(value.institution);
      if (!unit || (on && !isValid(unit.validity, on))) refuse(ctx, ['institution'], 'institution-unknown');
    });

const family = z.strictObject({
  parents: list(
    z.strictObject({
      name: blank(line(200)),
      relation: blank(line(100)),
      custody: choice(['yes', 'no', 'unknown']).default('unknown'),
      phone: blank(line(30)),
    }),
    10,
  ).default([]),
  siblings: list(
    z.strictObject({ name: blank(line(200)), age: wholeNumber(0, 60).nullable().default(null) }),
    20,
  ).default([]),
  interpreter: yesNo().default(false),
  /** The language an interpreter must speak. */
  language: blank(line(100)),
});

const notifier = ({ on, codes }: FormOptions) =>
  z
    .strictObject({
      basis: choice(BASES),
      /** Statistics Denmark's code. */
      notifierCode: wholeNumber(1, 99),
      name: blank(line(200)),
      role: blank(line(200)),
      workEmail: blank(line(254).regex(z.regexes.email, 'email')),
      workPhone: blank(line(30).regex(/^\+?\d[\d ()-]{4,28}$/, 'phone')),
      /** For a letter, where there is no mail address. */
      postalAddress: blank(lines(300)),
      relation: blank(line(300)),
    })
    .superRefine((value, ctx) => {
      if (refusalOf(codes.notifiers, value.notifierCode, on)) refuse(ctx, ['notifierCode'], 'notifier-code');
      const anonymous = value.basis === 'anonymous';
      if (anonymous !== (value.notifierCode === ANONYMOUS_NOTIFIER)) refuse(ctx, ['notifierCode'], 'anonymous-code');
      if (!anonymous && value.name === undefined) refuse(ctx, ['name'], 'required');
      for (const field of ['name', 'workEmail', 'workPhone', 'postalAddress'] as const)
        if (anonymous && value[field] !== undefined) refuse(ctx, [field], 'anonymous-contact');
    });

/** A code that never was one is no answer of the page's; one out of use is told of the list, which is one field there. */
const reasons = ({ on, codes }: FormOptions) => {
  const code = z
    .string({ error: 'unknown-choice' })
    .refine((one) => codes.reasons.some((row) => row.code === one), 'unknown-choice');
  return list(code, codes.reasons.length)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'twice')
    .refine((chosen) => chosen.every((one) => refusalOf(codes.reasons, one, on) !== 'not-in-use'), 'not-in-use');
};

const concern = (options: FormOptions) =>
  z.strictObject({
    narrative: lines(20_000),
    observations: list(z.strictObject({ on: pastDay(options.on ?? null), text: lines(5000) }), 50).default([]),
    childsWords: blank(lines(5000)),
    wellbeing: blank(lines(5000)),
    strengths: blank(lines(5000)),
    reasons: reasons(options).default([]),
  });

const parentsInformed = ({ on }: FormOptions) =>
  z
    .strictObject({
      informed: yesNo(),
      on: blank(pastDay(on ?? null)),
      by: blank(line(200)),
      reaction: blank(lines(2000)),
      whyNot: blank(lines(2000)),
    })
    .superRefine((value, ctx) => {
      if (!value.informed && value.whyNot === undefined) refuse(ctx, ['whyNot'], 'why-not-missing');
    });

const acute = z
  .strictObject({
    marked: yesNo(),
    why: blank(lines(2000)),
    /** Who was called, and when. */
    called: blank(line(300)),
  })
  .superRefine((value, ctx) => {
    if (value.marked && value.why === undefined) refuse(ctx, ['why'], 'acute-why-missing');
  });

const violence = z.strictObject({
  suspected: yesNo(),
  kind: choice(['physical', 'psychological', 'sexual', 'witness', 'other']).optional(),
  /** Who is suspected; must never reach them. */
  whom: blank(line(300)),
  certainty: choice(['concrete', 'diffuse']).optional(),
});

const wholeForm = (options: FormOptions) =>
  z.strictObject({
    language: choice(['da', 'en']).default('da'),
    children: list(child(options), 10)
      .min(1, 'too-few')
      .superRefine((children, ctx) => {
        children.forEach(({ cpr: digits }, at) => {
          const first = children.findIndex((other) => other.cpr === digits);
          if (digits !== undefined && first < at) refuse(ctx, [at, 'cpr'], 'child-twice');
        });
      }),
    family: family.optional(),
    notifier: notifier(options),
    concern: concern(options),
    triedSoFar: list(z.strictObject({ measure: lines(1000), effect: blank(lines(1000)) }), 20).default([]),
    parentsInformed: parentsInformed(options).optional(),
    acute: acute.default({ marked: false }),
    violence: violence.optional(),
    honour: z.strictObject({ suspected: yesNo(), why: blank(lines(2000)) }).optional(),
    /** Id of a row of the responsibility matrix; null means `worry`. */
    need: line(80).nullable().default(null),
  });

const build = (options: FormOptions) =>
  wholeForm(options).superRefine((value, ctx) => {
    if (value.notifier.basis === 'professional' && !value.parentsInformed)
      refuse(ctx, ['parentsInformed', 'informed'], 'required');
    const { organisation, on } = options;
    if (!organisation || value.need === null) return;
    const listed = organisation.matrix.some(({ id, validity }) => id === value.need && (!on || isValid(validity, on)));
    if (!listed) refuse(ctx, ['need'], 'need-unknown');
  });

// Building the schema costs milliseconds, parsing microseconds, and a server asks with the same options all day.
let last: { readonly options: FormOptions; readonly form: ReturnType<typeof build> } | null = null;

const sameDay = (a: LocalDay | undefined, b: LocalDay | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && compareDays(a, b) === 0);

/**
 * The notification as submitted (groups: `domain/rules.md`, The form). A plain one needs seven fields: the
 * child's name and CPR, the notifier's basis, code and name, the narrative, and whether the parents know.
 * Unknown keys are refused; blank optional fields count as not given; CPRs come out as ten digits.
 */
export function notificationForm(options: FormOptions): ReturnType<typeof build> {
  const { training, on, organisation, codes } = options;
  const known = last?.options.organisation === organisation && last?.options.codes === codes;
  const same = last?.options.training === training && known;
  if (last && same && sameDay(last.options.on, on)) return last.form;
  const form = build(options);
  last = { options, form };
  return form;
}

/** As stored: defaults filled in, texts trimmed. */
export type NotificationForm = z.output<ReturnType<typeof notificationForm>>;
/** As sent by a program or a browser. */
export type NotificationInput = z.input<ReturnType<typeof notificationForm>>;
