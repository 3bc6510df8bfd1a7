import { addDays, type Calendar, type SkippedDay, skipReason } from './calendar.ts';
import type { Reason } from './errors.ts';
import type { DayUnit, PeriodUnit } from './rulebook.ts';
import {
  atLocal,
  compareDays,
  endOfDay,
  type Instant,
  instant,
  isAfter,
  isBefore,
  type LocalDay,
  later,
  latest,
  localDay,
  T,
} from './time.ts';

/**
 * A time in which a clock stands still, half-open, as its derivation keeps it: ISO 8601 with offset. `until` is the end
 * that was set, or the instant at which somebody let it run again before.
 */
export type Pause = { readonly from: string; readonly until: string };

const MIDNIGHT = '00:00';

/** Does any of the day lie within a pause? A pause until Friday 00:00 leaves the Friday alone. */
export const isPausedOn = (day: LocalDay, pauses: readonly Pause[]): boolean =>
  pauses.some(
    ({ from, until }) =>
      isBefore(instant(from), atLocal(day.add({ days: 1 }), MIDNIGHT)) &&
      isAfter(instant(until), atLocal(day, MIDNIGHT)) &&
      from !== until,
  );

export const isPausedAt = (at: Instant, pauses: readonly Pause[]): boolean =>
  pauses.some(({ from, until }) => !isBefore(at, instant(from)) && isBefore(at, instant(until)));

/**
 * The instant at which a clock of hours has run for `milliseconds` since `start`; paused time does not run. Four hours
 * from Mon 2026-11-02 10:00, paused 11:00–12:30, end at 15:30.
 */
export const afterRunning = (start: Instant, milliseconds: number, pauses: readonly Pause[]): Instant => {
  if (pauses.length === 0) return later(start, milliseconds);
  let at = start;
  let left = milliseconds;
  for (const pause of pauses.toSorted((a, b) => T.Instant.compare(a.from, b.from))) {
    const [from, until] = [latest(instant(pause.from), at), instant(pause.until)];
    const ran = from.epochMilliseconds - at.epochMilliseconds;
    if (ran >= left) break;
    if (!isAfter(until, from)) continue;
    left -= ran;
    at = until;
  }
  return later(at, left);
};

/** Milliseconds for which a clock of hours has run in [start, end). */
export const ranBetween = (start: Instant, end: Instant, pauses: readonly Pause[]): number => {
  const within = pauses.map(({ from, until }) => {
    const begins = latest(instant(from), start);
    const ends = isBefore(instant(until), end) ? instant(until) : end;
    return Math.max(0, ends.epochMilliseconds - begins.epochMilliseconds);
  });
  return within.reduce((left, paused) => left - paused, end.epochMilliseconds - start.epochMilliseconds);
};

const PAUSED: Reason = { da: 'fristen var sat på pause', en: 'the clock was paused' };

/**
 * Counts as `addDays` does, past days that are paused, wholly or in part. Five workdays from Mon 2026-11-02, paused
 * Wed 4th 14:00–Fri 6th 08:00: Tue 3rd, Mon 9th, 10th, 11th, due Thu 12th.
 */
export const addUnpausedDays = (
  calendar: Calendar,
  start: LocalDay,
  n: number,
  unit: DayUnit,
  pauses: readonly Pause[],
): ReturnType<typeof addDays> => {
  if (pauses.length === 0) return addDays(calendar, start, n, unit);
  const counted: LocalDay[] = [];
  const skipped: SkippedDay[] = [];
  let day = start;
  while (counted.length < n) {
    day = day.add({ days: 1 });
    const reason = skipReason(calendar, day, unit) ?? (isPausedOn(day, pauses) ? PAUSED : null);
    if (reason) skipped.push({ day, reason });
    else counted.push(day);
  }
  return { due: day, counted, skipped };
};

/** Are more than `most` days paused that would have counted, each once? Not counted further, however far a pause reaches. */
export const restsLonger = (calendar: Calendar, unit: DayUnit, pauses: readonly Pause[], most: number): boolean => {
  const found = new Set<string>();
  for (const pause of pauses) {
    const last = localDay(instant(pause.until));
    for (let day = localDay(instant(pause.from)); compareDays(day, last) <= 0; day = day.add({ days: 1 })) {
      if (isPausedOn(day, [pause]) && !skipReason(calendar, day, unit)) found.add(day.toString());
      if (found.size > most) return true;
    }
  }
  return false;
};

/**
 * An end before which a shortened clock does not end, whatever its period says: `until`, later by what the clock has rested
 * since `since`. Instants in ISO 8601, to the millisecond.
 */
export type Floor = { readonly since: string; readonly until: string };

/**
 * When a floor lets the clock end: of hours later by the paused time, of days by the days paused wholly or in part that
 * would have counted. Never within a pause: then on the first day that counts again. `start` is the clock's day zero.
 * Until Sun 2026-11-08, paused Thu 5th 14:00–Fri 6th 08:00: Tue 10th.
 */
export const floorEnd = (
  calendar: Calendar,
  unit: PeriodUnit,
  start: LocalDay,
  floor: Floor,
  pauses: readonly Pause[],
): Instant => {
  const [since, until] = [instant(floor.since), instant(floor.until)];
  if (unit === 'elapsed hours') {
    return afterRunning(since, until.epochMilliseconds - since.epochMilliseconds, pauses);
  }
  if (unit === 'months') return until;
  const earlier = pauses.filter((pause) => !isAfter(instant(pause.until), since));
  const others = pauses.filter((pause) => !earlier.includes(pause));
  const last = localDay(until);
  let rested = 0;
  for (let day = localDay(since); compareDays(day, last) <= 0; day = day.add({ days: 1 })) {
    const counts = compareDays(day, start) > 0 && !skipReason(calendar, day, unit);
    if (counts && isPausedOn(day, others) && !isPausedOn(day, earlier)) rested += 1;
  }
  if (rested === 0 && isPausedAt(until, others)) rested = 1;
  return rested === 0 ? until : endOfDay(addUnpausedDays(calendar, last, rested, unit, pauses).due);
};
