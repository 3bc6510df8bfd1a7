import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  easterSunday,
  holidayName,
  isHverdag,
  isWorkday,
  lastWorkdayUpTo,
  skipReason,
} from '#domain/calendar.ts';
import { calendarOf } from '#domain/regulations.ts';
import { T } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const calendar = calendarOf(trainingOrganisation());
const day = (iso: string) => T.PlainDate.from(iso);
const anyDay = fc.integer({ min: 0, max: 365 * 60 }).map((days) => new T.PlainDate(2000, 1, 1).add({ days }));

describe('helligdage', () => {
  it.each([
    ['2023-04-09'],
    ['2024-03-31'],
    ['2025-04-20'],
    ['2026-04-05'],
    ['2027-03-28'],
    ['2008-03-23'],
    ['2038-04-25'],
    ['2049-04-18'],
  ])('Easter Sunday falls on %s', (iso) => {
    expect(easterSunday(day(iso).year).toString()).toBe(iso);
  });

  it.each([
    ['2026-01-01', 'new-year'],
    ['2026-04-02', 'maundy-thursday'],
    ['2026-04-03', 'good-friday'],
    ['2026-04-05', 'easter-sunday'],
    ['2026-04-06', 'easter-monday'],
    ['2026-05-14', 'ascension'],
    ['2026-05-24', 'whit-sunday'],
    ['2026-05-25', 'whit-monday'],
    ['2026-12-25', 'christmas-day'],
    ['2026-12-26', 'boxing-day'],
    ['2023-05-05', 'store-bededag'],
  ])('%s is %s', (iso, id) => {
    expect(holidayName(calendar, day(iso))?.id).toBe(id);
  });

  it.each(['2024-04-26', '2026-05-01', '2026-06-05', '2026-12-24', '2026-12-31'])('%s is none', (iso) => {
    expect(holidayName(calendar, day(iso))).toBeNull();
    expect(isHverdag(calendar, day(iso))).toBe(true);
  });
});

describe('days that count', () => {
  it.each([
    ['2026-11-02', true, true],
    ['2026-11-07', true, false],
    ['2026-11-08', false, false],
    ['2026-06-05', true, false],
    ['2026-12-24', true, false],
    ['2026-12-31', true, false],
    ['2026-05-14', false, false],
  ])('%s: hverdag %s, workday %s', (iso, hverdag, workday) => {
    expect(isHverdag(calendar, day(iso))).toBe(hverdag);
    expect(isWorkday(calendar, day(iso))).toBe(workday);
  });

  it('says why a day does not count', () => {
    expect(skipReason(calendar, day('2026-11-07'), 'workdays')).toEqual({ da: 'lørdag', en: 'Saturday' });
    expect(skipReason(calendar, day('2026-04-05'), 'hverdage')?.en).toBe('Easter Sunday');
    expect(skipReason(calendar, day('2026-06-05'), 'workdays')?.da).toBe('grundlovsdag, kommunal lukkedag');
    const own = { ...calendar, closingDays: [{ on: '10-14', da: '', en: '', from: null, until: null, source: '' }] };
    expect(skipReason(own, day('2026-10-14'), 'workdays')?.en).toBe('municipal closing day');
    expect(isWorkday(own, day('2026-06-05'))).toBe(true);
  });

  it('counts around Easter 2026 and names what it skips', () => {
    const { due, counted, skipped } = addDays(calendar, day('2026-03-31'), 2, 'workdays');
    expect(due.toString()).toBe('2026-04-07');
    expect(counted.map(String)).toEqual(['2026-04-01', '2026-04-07']);
    expect(skipped.map(({ reason }) => reason.en)).toEqual([
      'Maundy Thursday',
      'Good Friday',
      'Saturday',
      'Easter Sunday',
      'Easter Monday',
    ]);
  });

  it('finds the last workday up to a day', () => {
    expect(lastWorkdayUpTo(calendar, day('2026-11-04')).toString()).toBe('2026-11-04');
    expect(lastWorkdayUpTo(calendar, day('2027-01-03')).toString()).toBe('2026-12-30');
  });

  it('never lands on a skipped day, and accounts for every day in between', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('hverdage' as const, 'workdays' as const, 'days' as const),
        (start, n, unit) => {
          const { due, counted, skipped } = addDays(calendar, start, n, unit);
          expect(counted).toHaveLength(n);
          expect(counted.at(-1)?.equals(due)).toBe(true);
          expect(skipReason(calendar, due, unit)).toBeNull();
          const walked = [...counted, ...skipped.map((one) => one.day)].sort(T.PlainDate.compare).map(String);
          const between = Array.from({ length: start.until(due).days }, (_, i) =>
            start.add({ days: i + 1 }).toString(),
          );
          expect(walked).toEqual(between);
        },
      ),
    );
  });

  it('has every workday among the hverdage', () => {
    fc.assert(fc.property(anyDay, (one) => !isWorkday(calendar, one) || isHverdag(calendar, one)));
  });
});
