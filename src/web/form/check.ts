import type { FieldError } from '#domain/errors.ts';
import { fieldErrors } from '#domain/field-errors.ts';
import { notificationForm } from '#domain/notification-form.ts';
import { type Instant, localDay } from '#domain/time.ts';
import { toInput } from './to-input.ts';
import type { FormValues } from './values.ts';

/** The same rules as the server's, but for what only its data can tell. */
export const checkForm = (
  values: FormValues,
  options: { training: boolean; receivedAt: Instant },
): readonly FieldError[] => {
  const parsed = notificationForm({ training: options.training, on: localDay(options.receivedAt) }).safeParse(
    toInput(values),
  );
  return parsed.success ? [] : fieldErrors(parsed.error);
};
