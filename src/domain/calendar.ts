import type { Reason } from './errors.ts';
import type { Decided, HolidayRule } from './holidays.ts';
import { kept } from './kept.ts';
import type { DayUnit } from './rulebook.ts';
import { type Instant, iso, type LocalDay, T } from './time.ts';

/**
 * A municipal closing day: `MM-DD` each year or one day `YYYY-MM-DD`. Half-open in local days: counts on days from
 * `from` on, no longer on `until`. Without a name the words are empty.
 */
export type ClosingDay = Reason &
  Decided<string | null> & {
    readonly on: string;
    readonly from: string | null;
    readonly until: string | null;
    readonly source: string;
  };

/**
 * Units are open otherwise on each local day from `from` to `to`, both included: in these periods (`HH:MM`), or closed
 * when there are none. It holds on holidays and closing days too; of two for the same day the later in the list holds.
 */
export type OpeningException = {
  readonly id: string;
  readonly units: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly periods: readonly { readonly from: string; readonly to: string }[];
  readonly reason: string;
  readonly source: string;
};

/** Which local days count, and on which days units are open otherwise than in an ordinary week. */
export type Calendar = {
  readonly holidays: readonly HolidayRule[];
  readonly closingDays: readonly ClosingDay[];
  readonly exceptions: readonly OpeningException[];
};

const asDecided = <Row extends Decided<Row['until']> & { readonly until: unknown }>(rows: readonly Row[], at: string) =>
  rows.flatMap(({ since, ended = [], ...row }) => {
    if (since !== undefined && at <= since) return [];
    const lasting = ended.find((end) => at <= end.since);
    return [{ ...row, until: lasting ? lasting.was : row.until } as unknown as Row];
  });

const decisions = kept<readonly string[]>(1);
const asOf = kept<Calendar>(100);

/** The days by which a clock that began at `begun` goes: without what was decided while it ran and not for it. */
export const calendarOfClock = (calendar: Calendar, begun: Instant): Calendar => {
  const all = decisions([calendar], 0, () =>
    [...calendar.closingDays, ...calendar.holidays]
      .flatMap(({ since, ended = [] }) => [...(since ? [since] : []), ...ended.map((end) => end.since)])
      .sort(),
  );
  const at = iso(begun);
  const known = all.filter((since) => since < at).length;
  if (known === all.length) return calendar;
  const { closingDays, holidays, exceptions } = calendar;
  return asOf([calendar], known, () => ({
    closingDays: asDecided(closingDays, at),
    holidays: asDecided(holidays, at),
    exceptions,
  }));
};

type Holiday = Reason & { readonly id: string };

export type SkippedDay = { readonly day: LocalDay; readonly reason: Reason };

const WEEKEND: Readonly<Record<number, Reason>> = {
  6: { da: 'lørdag', en: 'Saturday' },
  7: { da: 'søndag', en: 'Sunday' },
};

/** Easter Sunday, Gregorian, by the anonymous algorithm (Meeus/Jones/Butcher). 2026 → 5 April. */
export const easterSunday = (year: number): LocalDay => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const n = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return new T.PlainDate(year, Math.floor(n / 31), (n % 31) + 1);
};

// A submission asks some fifty times whether a day is a holiday; the answers of a year never change.
const years = new WeakMap<readonly HolidayRule[], Map<number, ReadonlyMap<string, Holiday>>>();

const dayKey = (day: LocalDay): string => day.toString().slice(-5);

const holidaysOf = (rules: readonly HolidayRule[], year: number): ReadonlyMap<string, Holiday> => {
  const byYear = years.get(rules) ?? new Map<number, ReadonlyMap<string, Holiday>>();
  years.set(rules, byYear);
  const known = byYear.get(year);
  if (known) return known;
  const easter = easterSunday(year);
  const found = new Map<string, Holiday>();
  for (const { id, da, en, on, from, until } of rules) {
    if ((from !== null && year < from) || (until !== null && year >= until)) continue;
    found.set('fixed' in on ? on.fixed : dayKey(easter.add({ days: on.easter })), { id, da, en });
  }
  byYear.set(year, found);
  return found;
};

/** The helligdag on a local day, or null. Closing days are no helligdage. */
export const holidayName = (calendar: Calendar, day: LocalDay): Holiday | null =>
  holidaysOf(calendar.holidays, day.year).get(dayKey(day)) ?? null;

/** The municipal closing day on a local day, or null. */
export const closingDayOn = ({ closingDays }: Calendar, day: LocalDay): ClosingDay | null => {
  const [date, monthDay] = [day.toString(), dayKey(day)];
  const isOn = ({ on, from, until }: ClosingDay): boolean =>
    (on === monthDay || on === date) && (from === null || from <= date) && (until === null || date < until);
  return closingDays.find(isOn) ?? null;
};

/**
 * Why a day does not count, or null when it counts. hverdage: Monday–Saturday, no helligdag. workdays:
 * Monday–Friday, no helligdag, no closing day. days: every day. Friday 5 June 2026 is a hverdag, not a workday.
 */
export const skipReason = (calendar: Calendar, day: LocalDay, unit: DayUnit): Reason | null => {
  if (unit === 'days') return null;
  const holiday = holidayName(calendar, day);
  if (holiday) return { da: holiday.da, en: holiday.en };
  const weekend = WEEKEND[day.dayOfWeek];
  if (weekend && (unit === 'workdays' || day.dayOfWeek === 7)) return weekend;
  const closing = unit === 'hverdage' ? null : closingDayOn(calendar, day);
  if (!closing) return null;
  const { da, en } = closing;
  return {
    da: da ? `${da}, kommunal lukkedag` : 'kommunal lukkedag',
    en: en ? `${en}, municipal closing day` : 'municipal closing day',
  };
};

export const isHverdag = (calendar: Calendar, day: LocalDay): boolean => skipReason(calendar, day, 'hverdage') === null;

export const isWorkday = (calendar: Calendar, day: LocalDay): boolean => skipReason(calendar, day, 'workdays') === null;

/** Counts n qualifying days after `start`, which is day zero. `due` is the n-th of them. n ≥ 1. */
export const addDays = (
  calendar: Calendar,
  start: LocalDay,
  n: number,
  unit: DayUnit,
): { due: LocalDay; counted: LocalDay[]; skipped: SkippedDay[] } => {
  const counted: LocalDay[] = [];
  const skipped: SkippedDay[] = [];
  let day = start;
  while (counted.length < n) {
    day = day.add({ days: 1 });
    const reason = skipReason(calendar, day, unit);
    if (reason) skipped.push({ day, reason });
    else counted.push(day);
  }
  return { due: day, counted, skipped };
};

/** The nearest workday that is `day` or before it. */
export const lastWorkdayUpTo = (calendar: Calendar, day: LocalDay): LocalDay => {
  let at = day;
  while (!isWorkday(calendar, at)) at = at.subtract({ days: 1 });
  return at;
};
