import type { Reason } from './errors.ts';
import { CLOSING_DAY_NAMES, HOLIDAYS, type HolidayRule } from './holidays.ts';
import type { Organisation } from './organisation.ts';
import type { DayUnit } from './rulebook.ts';
import { type LocalDay, T } from './time.ts';

/** Which local days count. `closingDays`: municipal closing days, `MM-DD`, each year. */
export type Calendar = { readonly holidays: readonly HolidayRule[]; readonly closingDays: readonly string[] };

type Holiday = Reason & { readonly id: string };

export type SkippedDay = { readonly day: LocalDay; readonly reason: Reason };

const WEEKEND: Readonly<Record<number, Reason>> = {
  6: { da: 'lørdag', en: 'Saturday' },
  7: { da: 'søndag', en: 'Sunday' },
};

const calendars = new WeakMap<readonly string[], Calendar>();

/** The same value for the same organisation, so that what is counted over it can be kept. */
export const calendarOf = ({ closingDays }: Pick<Organisation, 'closingDays'>): Calendar => {
  const calendar = calendars.get(closingDays) ?? { holidays: HOLIDAYS, closingDays };
  calendars.set(closingDays, calendar);
  return calendar;
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

export const isClosingDay = (calendar: Calendar, day: LocalDay): boolean => calendar.closingDays.includes(dayKey(day));

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
  if (unit === 'hverdage' || !isClosingDay(calendar, day)) return null;
  const name = CLOSING_DAY_NAMES[dayKey(day)];
  return {
    da: name ? `${name.da}, kommunal lukkedag` : 'kommunal lukkedag',
    en: name ? `${name.en}, municipal closing day` : 'municipal closing day',
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
