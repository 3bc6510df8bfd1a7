import type { Instant } from './time.ts';

const HOUR = 60;
const ACUTE = 5;

/** The last whole step of so many minutes; whole hours of Copenhagen are whole hours of UTC. */
const floor = (at: Instant, minutes: number): Instant =>
  at.round({ smallestUnit: 'minute', roundingIncrement: minutes, roundingMode: 'floor' });

/** The hour that had begun: where an instant serves for nothing finer, no minute is kept. */
export const hourBegun = (at: Instant): Instant => floor(at, HOUR);

/**
 * The two instants of an anonymous notification; the one at which it came is kept nowhere. `receivedAt`, the hour that had
 * begun: the periods of the law run from it and never become longer by the rounding. `knownAt`, when the hour is over, and
 * for an acute matter the next five minutes: what is stored and sent carries that instant, mails leave then.
 * 3 November 2026 10:23 → received 10:00, known 11:00, acute 10:25.
 */
export const quietTimes = (
  at: Instant,
  { acute }: { readonly acute: boolean },
): { readonly receivedAt: Instant; readonly knownAt: Instant } => {
  const step = acute ? ACUTE : HOUR;
  return { receivedAt: hourBegun(at), knownAt: floor(at, step).add({ minutes: step }) };
};
