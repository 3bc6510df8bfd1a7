import fc from 'fast-check';
import { type Instant, T } from '#domain/time.ts';
import { atWall, dayAt, dayOf, lengthOfMonth, MINUTE } from './days.ts';

const FIRST = Date.UTC(2015, 0, 1);
const LAST = Date.UTC(2045, 11, 31);
const [FIRST_DAY, LAST_DAY] = [dayOf(FIRST), dayOf(LAST)];
const everyDay = Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_, n) => FIRST_DAY + n);

const isEdge = (index: number): boolean => {
  const { year, month, date, helligdag, closingDay, shift } = dayAt(index);
  const leapDay = month === 2 && date >= 28;
  return helligdag || closingDay || shift !== 'none' || leapDay || date === lengthOfMonth(year, month);
};
/** Days on which, or beside which, something is out of the ordinary. */
const edges = everyDay.filter((index) => [index - 1, index, index + 1].some(isEdge));
const shifts = everyDay.filter((index) => dayAt(index).shift !== 'none');
const NIGHT = 4 * 60;
/** Minutes after 00:00 around which the rules change their mind. */
const TURNS = [0, 2 * 60, 3 * 60, 8 * 60, 15 * 60, 16 * 60, 17 * 60, 24 * 60];
const near = fc.tuple(fc.constantFrom(...TURNS), fc.constantFrom(-60_000, -1000, 0, 1000, 60_000));

/**
 * Instants of 2015–2045 in milliseconds, whole seconds; half of them on days before, on and after what is out of the
 * ordinary: helligdage, closing days, month ends, leap days, both DST nights (each of their hours), midnights and openings.
 */
export const anyInstant: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: FIRST / 1000, max: LAST / 1000 }).map((second) => second * 1000),
  fc.tuple(fc.constantFrom(...edges), near).map(([day, [minutes, off]]) => atWall(day, minutes) + off),
  fc.tuple(fc.constantFrom(...edges), fc.nat(24 * 60 - 1)).map(([day, minutes]) => atWall(day, minutes)),
  fc.tuple(fc.constantFrom(...shifts), fc.nat(NIGHT)).map(([day, minutes]) => dayAt(day).midnight + minutes * MINUTE),
);

/** The same, on a whole minute. */
export const anyMinute: fc.Arbitrary<number> = anyInstant.map((at) => at - (at % MINUTE));

export const toInstant = (milliseconds: number): Instant => T.Instant.fromEpochMilliseconds(milliseconds);
export const inMs = (at: Instant): number => at.epochMilliseconds;
/** Both sides of a comparison as text that can be read when they differ. */
export const asText = (milliseconds: number): string => new Date(milliseconds).toISOString();
export const everyModelDay: readonly number[] = everyDay;
