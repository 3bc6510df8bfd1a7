/**
 * The calendar of the second model: one walk, day by day, from 1 January 2014 to the end of 2048. Nothing here is shared
 * with the product: Easter is a table, summer time is marked while walking, an instant is a number of milliseconds.
 */
const EASTER: Readonly<Record<number, string>> = {
  2014: '04-20',
  2015: '04-05',
  2016: '03-27',
  2017: '04-16',
  2018: '04-01',
  2019: '04-21',
  2020: '04-12',
  2021: '04-04',
  2022: '04-17',
  2023: '04-09',
  2024: '03-31',
  2025: '04-20',
  2026: '04-05',
  2027: '03-28',
  2028: '04-16',
  2029: '04-01',
  2030: '04-21',
  2031: '04-13',
  2032: '03-28',
  2033: '04-17',
  2034: '04-09',
  2035: '03-25',
  2036: '04-13',
  2037: '04-05',
  2038: '04-25',
  2039: '04-10',
  2040: '04-01',
  2041: '04-21',
  2042: '04-06',
  2043: '03-29',
  2044: '04-17',
  2045: '04-09',
  2046: '03-25',
  2047: '04-14',
  2048: '04-05',
};
/** Days after Easter Sunday: Maundy Thursday, Good Friday, Easter, Easter Monday, Ascension, Whit Sunday and Monday. */
const MOVABLE = [-3, -2, 0, 1, 39, 49, 50];
/** The fourth Friday after Easter, a helligdag for the last time in 2023. */
const STORE_BEDEDAG = 26;
const FIXED = ['01-01', '12-25', '12-26'];
const CLOSING_DAYS = ['06-05', '12-24', '12-31'];

type Shift = 'none' | 'spring' | 'autumn';
export type Day = {
  /** YYYY-MM-DD */
  readonly text: string;
  readonly year: number;
  readonly month: number;
  readonly date: number;
  /** 0 is Monday, 6 is Sunday. */
  readonly weekday: number;
  readonly helligdag: boolean;
  readonly closingDay: boolean;
  readonly shift: Shift;
  /** The instant of 00:00 local. */
  readonly midnight: number;
};

const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
const DAY = 86_400_000;
const FIRST_YEAR = 2014;
const LAST_YEAR = 2048;
/** 1 January 2014, 00:00 UTC, and it was a Wednesday. */
const FIRST_UTC = 1_388_534_400_000;
const FIRST_WEEKDAY = 2;

const two = (n: number): string => String(n).padStart(2, '0');
const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const lengthOfMonth = (year: number, month: number): number =>
  month === 2 ? (leap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const walk = (): Day[] => {
  type Step = { year: number; month: number; date: number; weekday: number };
  const steps: Step[] = [];
  let weekday = FIRST_WEEKDAY;
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (let month = 1; month <= 12; month++) {
      for (let date = 1; date <= lengthOfMonth(year, month); date++) {
        steps.push({ year, month, date, weekday });
        weekday = (weekday + 1) % 7;
      }
    }
  }
  const holy = new Set<number>();
  for (const [index, { year, month, date }] of steps.entries()) {
    const name = `${two(month)}-${two(date)}`;
    if (FIXED.includes(name)) holy.add(index);
    if (EASTER[year] === name) {
      for (const after of MOVABLE) holy.add(index + after);
      if (year < 2024) holy.add(index + STORE_BEDEDAG);
    }
  }
  let summer = false;
  return steps.map((step, index) => {
    const lastSunday = step.weekday === 6 && step.date + 7 > 31 && (step.month === 3 || step.month === 10);
    const shift: Shift = !lastSunday ? 'none' : step.month === 3 ? 'spring' : 'autumn';
    const midnight = FIRST_UTC + index * DAY - (summer ? 2 : 1) * HOUR;
    if (shift === 'spring') summer = true;
    if (shift === 'autumn') summer = false;
    const closingDay = CLOSING_DAYS.includes(`${two(step.month)}-${two(step.date)}`);
    const text = `${step.year}-${two(step.month)}-${two(step.date)}`;
    return { ...step, text, helligdag: holy.has(index), closingDay, shift, midnight };
  });
};

const DAYS: readonly Day[] = walk();

export const dayAt = (index: number): Day => {
  const day = DAYS[index];
  if (!day) throw new RangeError('outside the years of the model');
  return day;
};

/** The local day in which an instant lies, as its place in the walk. */
export const dayOf = (instant: number): number => {
  let index = Math.max(0, Math.floor((instant - FIRST_UTC) / DAY) - 1);
  while (dayAt(index + 1).midnight <= instant) index++;
  return index;
};

/** What the clock on the wall shows, in minutes after 00:00 (with a fraction for seconds). */
export const shown = (instant: number): number => {
  const day = dayAt(dayOf(instant));
  const passed = (instant - day.midnight) / MINUTE;
  if (day.shift === 'spring' && passed >= 120) return passed + 60;
  if (day.shift === 'autumn' && passed >= 180) return passed - 60;
  return passed;
};

/** The (first) instant at which the wall shows so many minutes after 00:00; a time that is skipped counts on from 02:00. */
export const atWall = (index: number, minutes: number): number => {
  const day = dayAt(index);
  const shift = minutes < 180 ? 0 : day.shift === 'spring' ? -60 : day.shift === 'autumn' ? 60 : 0;
  return day.midnight + (minutes + shift) * MINUTE;
};

export const lastSecond = (index: number): number => atWall(index, 24 * 60) - SECOND;

export const isHverdag = (index: number): boolean => dayAt(index).weekday !== 6 && !dayAt(index).helligdag;
export const isWorkday = (index: number): boolean =>
  dayAt(index).weekday < 5 && !dayAt(index).helligdag && !dayAt(index).closingDay;

export const dateText = (index: number): string => dayAt(index).text;
