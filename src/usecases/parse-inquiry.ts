import { z } from 'zod';
import { ACT_LABELS } from '#domain/act-labels.ts';
import { parseCpr } from '#domain/cpr.ts';
import { DomainError } from '#domain/errors.ts';
import { fieldErrors } from '#domain/field-errors.ts';
import { FIELD_LABELS } from '#domain/field-labels.ts';
import { blank, choice, line, lines, wholeNumber, yesNo } from '#domain/form-fields.ts';

/** The one child is asked about in the words of the notification's. */
const LABELS = {
  ...ACT_LABELS,
  ...Object.fromEntries(
    Object.entries(FIELD_LABELS).map(([path, label]) => [path.replace(/^children\b/, 'child'), label]),
  ),
};

const form = (training: boolean) =>
  z.strictObject({
    child: z
      .strictObject({
        name: blank(line(200)),
        identity: choice(['known', 'unborn', 'unknown']).default('known'),
        cpr: line(20)
          .transform((text, ctx) => {
            const parsed = parseCpr(text, { training });
            if (!('error' in parsed)) return parsed.digits;
            ctx.addIssue({ code: 'custom', message: parsed.error });
            return z.NEVER;
          })
          .optional(),
        address: z
          .strictObject({
            street: blank(line(200)),
            postalCode: blank(line(10).regex(/^\d{4}$/, 'postal-code')),
            city: blank(line(100)),
          })
          .optional(),
        protectedAddress: yesNo().default(false),
        institution: line(80).nullable().default(null),
        ageEstimate: wholeNumber(0, 22).nullable().default(null),
      })
      .refine((c) => (c.identity === 'known') === (c.cpr !== undefined), { path: ['cpr'], message: 'cpr-missing' }),
    need: line(80).nullable().default(null),
    acute: yesNo().default(false),
    /** What is needed, in words. */
    text: lines(20_000),
  });

export type InquiryForm = z.output<ReturnType<typeof form>>;

/** An inquiry as stored. Throws INVALID with every refused field. */
export const parseInquiry = (input: unknown, training: boolean): InquiryForm => {
  const parsed = form(training).safeParse(input);
  if (parsed.success) return parsed.data;
  throw new DomainError(
    'INVALID',
    { da: 'Forespørgslen kan ikke registreres endnu.', en: 'The inquiry cannot be registered yet.' },
    fieldErrors(parsed.error, LABELS),
  );
};
