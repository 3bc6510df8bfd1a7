/** When a clock is due, counted day by day: the second model of rules.md, *Counting time*. Instants are milliseconds. */
import { dayAt, dayOf, HOUR, isHverdag, isWorkday, lastSecond, lengthOfMonth } from './days.ts';
import { afterRunning, isPausedOn, type Pause } from './pauses.ts';

export type Count = {
  readonly n: number;
  readonly unit: 'elapsed hours' | 'hverdage' | 'workdays' | 'days' | 'months';
};

const QUALIFIES = { hverdage: isHverdag, workdays: isWorkday, days: () => true };

/** The local day on which a clock in days or months ends. */
export const lastDay = (start: number, { n, unit }: Count, pauses: readonly Pause[] = []): number => {
  let day = dayOf(start);
  if (unit === 'elapsed hours') throw new RangeError('a clock in hours ends at an instant');
  if (unit === 'months') {
    const from = dayAt(day).date;
    for (let month = 0; month < n; month++) {
      // To the first of the next month.
      do day++;
      while (dayAt(day).date !== 1);
    }
    const { year, month } = dayAt(day);
    return day + Math.min(from, lengthOfMonth(year, month)) - 1;
  }
  for (let counted = 0; counted < n; ) {
    day++;
    if (QUALIFIES[unit](day) && !isPausedOn(day, pauses)) counted++;
  }
  return day;
};

export const dueOf = (start: number, count: Count, pauses: readonly Pause[] = []): number =>
  count.unit === 'elapsed hours'
    ? afterRunning(start, count.n * HOUR, pauses)
    : lastSecond(lastDay(start, count, pauses));
