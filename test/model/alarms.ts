/** When a clock alarms: the second model of rules.md, *Alarms*. Instants are milliseconds. */
import { type Count, dueOf, lastDay } from './clocks.ts';
import { atWall, dayOf, HOUR, isWorkday } from './days.ts';
import { afterRunning, isPausedAt, isPausedOn, type Pause, ranBetween } from './pauses.ts';

export type Alarm = { readonly name: string; readonly at: number };
const OPENS = 8 * 60;

const nthWorkday = (start: number, n: number, pauses: readonly Pause[]): number =>
  lastDay(start, { n, unit: 'workdays' }, pauses);
const lastWorkdayUpTo = (from: number): number => {
  let day = from;
  while (!isWorkday(day)) day--;
  return day;
};

/** Names that fall on one instant, most urgent last. */
const URGENCY = ['early', 'last-workday', 'quarter', 'half', 'last-open-day', 'last-day', 'end'];

/** The alarms of a clock up to and with its end, soonest first, one for each instant, none before there is a clock. */
export const alarmsOf = (
  start: number,
  count: Count,
  due: number = dueOf(start, count),
  pauses: readonly Pause[] = [],
): Alarm[] => {
  const all: Alarm[] = [{ name: 'end', at: due }];
  if (count.unit === 'elapsed hours') {
    const length = ranBetween(start, due, pauses);
    all.push({ name: 'quarter', at: afterRunning(start, length / 4, pauses) });
    all.push({ name: 'half', at: afterRunning(start, length / 2, pauses) });
  } else if (count.unit === 'workdays') {
    const half = Math.ceil(count.n / 2);
    if (half !== count.n) all.push({ name: 'half', at: atWall(nthWorkday(start, half, pauses), OPENS) });
    all.push({ name: 'last-day', at: atWall(nthWorkday(start, count.n, pauses), OPENS) });
  } else {
    const end = dayOf(due);
    // ⌈a fifth⌉ without fractions: the smallest whole number that is five times at least as much.
    let early = 0;
    let days = 0;
    for (let day = dayOf(start) + 1; day <= end; day++) if (!isPausedOn(day, pauses)) days++;
    while (early * 5 < days) early++;
    all.push({ name: 'early', at: atWall(end - early, OPENS) });
    all.push({ name: 'last-workday', at: atWall(lastWorkdayUpTo(end - 1), OPENS) });
    all.push({ name: 'last-open-day', at: atWall(lastWorkdayUpTo(end), OPENS) });
  }
  const latest = new Map<number, Alarm>();
  for (const alarm of all.toSorted((a, b) => URGENCY.indexOf(a.name) - URGENCY.indexOf(b.name))) {
    latest.set(alarm.at, alarm);
  }
  return [...latest.values()]
    .filter(({ name, at }) => name === 'end' || (start < at && at < due && !isPausedAt(at, pauses)))
    .toSorted((a, b) => a.at - b.at);
};

/** The first alarm after `after` of a clock that has ended without being met. */
export const nextChase = (due: number, unit: Count['unit'], after: number): number => {
  if (unit === 'elapsed hours') {
    let at = due + 4 * HOUR;
    while (at <= after) at += 4 * HOUR;
    return at;
  }
  let day = dayOf(due);
  while (!isWorkday(day) || atWall(day, OPENS) <= Math.max(due, after)) day++;
  return atWall(day, OPENS);
};
