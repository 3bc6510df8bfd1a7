/**
 * Paused time, as the docstrings of src/domain/pause.ts define it: an hour clock stands still while it lasts; a day clock
 * passes over every day of which any part lies in it; nothing alarms in it. Instants are milliseconds.
 */
import { dayAt, MINUTE } from './days.ts';

export type Pause = { readonly from: number; readonly until: number };

export const isPausedAt = (at: number, pauses: readonly Pause[]): boolean =>
  pauses.some(({ from, until }) => from <= at && at < until);

export const isPausedOn = (day: number, pauses: readonly Pause[]): boolean => {
  const [midnight, next] = [dayAt(day).midnight, dayAt(day + 1).midnight];
  return pauses.some(({ from, until }) => from < until && from < next && midnight < until);
};

/** The next minute, or an end of a pause before it. */
const nextStop = (at: number, pauses: readonly Pause[]): number => {
  const ends = pauses.flatMap(({ from, until }) => [from, until]).filter((end) => end > at);
  return Math.min(at - (at % MINUTE) + MINUTE, ...ends);
};

/** When a clock of hours has run for so long, minute by minute. */
export const afterRunning = (start: number, milliseconds: number, pauses: readonly Pause[]): number => {
  let at = start;
  let left = milliseconds;
  for (;;) {
    const step = nextStop(at, pauses) - at;
    if (!isPausedAt(at, pauses)) {
      if (left <= step) break;
      left -= step;
    }
    at += step;
  }
  // What is left may end at the very minute in which a pause begins; it has run by then.
  return at + left;
};

/** For how long a clock of hours has run. */
export const ranBetween = (start: number, end: number, pauses: readonly Pause[]): number => {
  let ran = 0;
  for (let at = start; at < end; at = Math.min(nextStop(at, pauses), end)) {
    if (!isPausedAt(at, pauses)) ran += Math.min(nextStop(at, pauses), end) - at;
  }
  return ran;
};
