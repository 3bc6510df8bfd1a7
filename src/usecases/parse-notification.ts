import { DomainError } from '#domain/errors.ts';
import { fieldErrors } from '#domain/field-errors.ts';
import type { World } from '#domain/intake.ts';
import { type NotificationForm, notificationForm } from '#domain/notification-form.ts';
import { type Instant, localDay } from '#domain/time.ts';

/** The form as stored. Throws INVALID with every refused field, in both languages. */
export const parseNotification = (
  input: unknown,
  world: World,
  options: { training: boolean; receivedAt: Instant },
): NotificationForm => {
  const parsed = notificationForm({
    training: options.training,
    on: localDay(options.receivedAt),
    organisation: world.organisation,
  }).safeParse(input);
  if (parsed.success) return parsed.data;
  throw new DomainError(
    'INVALID',
    { da: 'Underretningen kan ikke sendes endnu.', en: 'The notification cannot be sent yet.' },
    fieldErrors(parsed.error),
  );
};
