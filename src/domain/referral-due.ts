import { type RunningClock, TIMER_KINDS } from './referral.ts';
import { type Instant, instant, isBefore } from './time.ts';

/** Stands in `next_due_at` when no duty runs, so that such referrals sort last. */
export const NEVER: Instant = instant('9999-12-31T00:00:00Z');

/** The system's own timers, the receipt, which it sends, and the answer to a hand-over are not the owner's next duty. */
export const NOT_DUTIES: readonly string[] = [...TIMER_KINDS, 'receipt', 'handover'];
export const isDuty = (kind: string): boolean => !NOT_DUTIES.includes(kind);

/** The soonest duty that the owner's side has; NEVER when there is none. */
export const nextDue = (clocks: readonly Pick<RunningClock, 'kind' | 'dueAt'>[]): Instant =>
  clocks.filter((c) => isDuty(c.kind)).reduce((soonest, c) => (isBefore(c.dueAt, soonest) ? c.dueAt : soonest), NEVER);
