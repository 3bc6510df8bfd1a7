import { DomainError } from '#domain/errors.ts';
import { fieldErrors } from '#domain/field-errors.ts';
import { type NotificationForm, notificationForm } from '#domain/notification-form.ts';
import { type Instant, localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';

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
    codes: world.rulebook.codes,
  }).safeParse(input);
  if (parsed.success) return parsed.data;
  throw new DomainError(
    'INVALID',
    { da: 'Underretningen kan ikke sendes endnu.', en: 'The notification cannot be sent yet.' },
    fieldErrors(parsed.error),
  );
};
