import { chaserAfter } from './alarms.ts';
import { atLocal, type Instant, localDay } from './time.ts';
import type { World } from './world.ts';

const EACH_WORKDAY = { n: 1, unit: 'workdays' } as const;

/**
 * When an open task is told anew: at opening time of the first workday after the local day of `now`. Raised or told on
 * Fri 2026-11-06 at whatever hour, Mon 9th 08:00; raised before opening time, its own notice leaves with the opening.
 */
export const nextTaskReminder = ({ calendar, rulebook }: World, now: Instant): Instant => {
  const tomorrow = atLocal(localDay(now).add({ days: 1 }), '00:00');
  return chaserAfter(tomorrow, EACH_WORKDAY, calendar, tomorrow, rulebook.alarms.opensAt);
};
