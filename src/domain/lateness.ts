import type { Fact } from './journal.ts';
import { isTimer } from './referral.ts';
import { type Instant, iso } from './time.ts';

/** A sweep comes more often than this: what is found later past its instant was held up by an outage. Milliseconds. */
const LATENESS_MS = 5 * 60 * 1000;

export const isLate = (planned: Instant, now: Instant): boolean =>
  now.epochMilliseconds - planned.epochMilliseconds > LATENESS_MS;

/**
 * Says in the journal that a timer was acted on late, after an outage. Of silence and of the ladder their own lines tell:
 * their clocks may have passed long before there was anything to do.
 */
export const lateFact = (clock: { readonly kind: string; readonly dueAt: Instant }, now: Instant): readonly Fact[] =>
  isTimer(clock.kind) && isLate(clock.dueAt, now)
    ? [{ kind: 'late-by-outage', data: { clock: clock.kind, planned: iso(clock.dueAt), until: iso(now) } }]
    : [];
