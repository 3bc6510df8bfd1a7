import type { Calendar } from './calendar.ts';
import { nextOpening } from './opening-hours.ts';
import type { Unit } from './organisation.ts';
import type { Instant } from './time.ts';

/**
 * When a mail to a unit or its people may leave. `exempt`: it belongs to the 24-hour clock or to an acute
 * matter, which quiet hours never hold. Friday 2026-11-06 20:00 for a case unit → Monday 2026-11-09 08:00.
 */
export const deliverAt = (mail: {
  readonly unit: Pick<Unit, 'id' | 'hours'>;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly exempt: boolean;
}): Instant => (mail.exempt ? mail.now : nextOpening(mail.unit, mail.calendar, mail.now));
