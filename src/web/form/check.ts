import { z } from 'zod';
import type { FieldError } from '#domain/errors.ts';
import { fieldErrors } from '#domain/field-errors.ts';
import { FIELD_LABELS } from '#domain/field-labels.ts';
import { line, yesNo } from '#domain/form-fields.ts';
import { type FormOptions, notificationForm } from '#domain/notification-form.ts';
import { type Instant, localDay } from '#domain/time.ts';
import { toInput } from './to-input.ts';
import { oncePerField } from './use-refusals.ts';
import type { FormValues } from './values.ts';

type CheckOptions = {
  readonly training: boolean;
  readonly receivedAt: Instant;
  readonly codes: FormOptions['codes'];
  /** At the door a professional is answered by mail only. */
  readonly mailDemanded?: boolean;
};

const needed = z.object({ name: line(200) });
const known = needed.extend({ identity: z.literal('known') });
const reachable = needed.extend({ workEmail: line(254) });
const notKnown = z.object({ identity: z.enum(['unborn', 'unknown']) });
const always = z.looseObject({});

/**
 * What the form's own rules tell only once everything else is in order: names, and whether the parents know. Asked
 * here for itself, so that a step can say at once all that it lacks.
 */
const conditional = (
  { children, notifier, parentsInformed }: FormValues,
  { mailDemanded = false }: CheckOptions,
): readonly FieldError[] => {
  const schema = z.object({
    children: z.array(z.discriminatedUnion('identity', [known, notKnown])),
    notifier: notifier.basis === 'anonymous' ? always : mailDemanded ? reachable : needed,
    parentsInformed: notifier.basis === 'professional' ? z.object({ informed: yesNo() }) : always,
  });
  const informed = parentsInformed.informed === '' ? undefined : parentsInformed.informed === 'yes';
  const parsed = schema.safeParse({ children, notifier, parentsInformed: { informed } });
  return parsed.success ? [] : fieldErrors(parsed.error);
};

const FIELDS = Object.keys(FIELD_LABELS);
const placeOf = (path: string): readonly number[] => {
  const parts = path.split('.');
  return parts.map((part, at) => {
    if (/^\d+$/.test(part)) return Number(part);
    return FIELDS.indexOf(
      parts
        .slice(0, at + 1)
        .filter((one) => !/^\d+$/.test(one))
        .join('.'),
    );
  });
};

/** In the order in which the fields stand on the page. */
const inFormOrder = (a: FieldError, b: FieldError): number => {
  const [one, other] = [placeOf(a.path), placeOf(b.path)];
  const at = one.findIndex((place, index) => place !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? -1);
};

/** The same rules as the server's, but for what only its data can tell. One problem per field. */
export const checkForm = (values: FormValues, options: CheckOptions): readonly FieldError[] => {
  const schema = notificationForm({
    training: options.training,
    on: localDay(options.receivedAt),
    codes: options.codes,
  });
  const parsed = schema.safeParse(toInput(values));
  const found = parsed.success ? [] : fieldErrors(parsed.error);
  return oncePerField([...found, ...conditional(values, options)]).toSorted(inFormOrder);
};
