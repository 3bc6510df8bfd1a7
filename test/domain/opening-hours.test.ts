import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, nextClosing, nextOpening, openTimeBetween } from '#domain/opening-hours.ts';
import type { OpeningHours } from '#domain/organisation.ts';
import { calendarOf } from '#domain/regulations.ts';
import { instant, isAfter, isBefore, T, withOffset } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const calendar = calendarOf(trainingOrganisation());
const found = trainingOrganisation().units.get('bbu-norrebro');
if (!found) throw new Error('the training organisation has lost a unit');
const unit = found;
const duty = { id: 'duty', hours: 'always' as const };
const withHours = (hours: OpeningHours) => ({ id: 'own', hours });
const HOUR = 3_600_000;
const open = (iso: string) => isOpen(unit, calendar, instant(iso));
const opening = (iso: string) => withOffset(nextOpening(unit, calendar, instant(iso)));
const closing = (iso: string) => withOffset(nextClosing(unit, calendar, instant(iso)) ?? instant(iso));
const hoursOpen = (from: string, until: string) =>
  openTimeBetween(unit, calendar, instant(from), instant(until)) / HOUR;

describe('open or closed', () => {
  it.each([
    ['2026-11-02T07:59:59+01:00', false],
    ['2026-11-02T08:00:00+01:00', true],
    ['2026-11-02T15:59:59+01:00', true],
    ['2026-11-02T16:00:00+01:00', false],
    ['2026-11-05T16:30:00+01:00', true],
    ['2026-11-07T10:00:00+01:00', false],
    ['2026-04-02T10:00:00+02:00', false],
    ['2026-06-05T10:00:00+02:00', false],
    ['2026-12-24T10:00:00+01:00', false],
  ])('%s: %s', (iso, expected) => {
    expect(open(iso)).toBe(expected);
    expect(isOpen(duty, calendar, instant(iso))).toBe(true);
  });

  it.each([
    ['2026-11-02T10:00:00+01:00', '2026-11-02T10:00:00+01:00'],
    ['2026-11-02T16:00:00+01:00', '2026-11-03T08:00:00+01:00'],
    ['2026-11-06T15:00:00+01:00', '2026-11-09T08:00:00+01:00'],
    ['2026-04-01T16:00:00+02:00', '2026-04-07T08:00:00+02:00'],
    ['2026-12-23T16:00:00+01:00', '2026-12-28T08:00:00+01:00'],
    ['2026-12-30T16:00:00+01:00', '2027-01-04T08:00:00+01:00'],
    ['2026-10-24T10:00:00+02:00', '2026-10-26T08:00:00+01:00'],
  ])('next opening from %s is %s', (from, expected) => {
    expect(opening(from)).toBe(expected);
  });

  it.each([
    ['2026-11-02T10:00:00+01:00', '2026-11-02T16:00:00+01:00'],
    ['2026-11-02T16:00:00+01:00', '2026-11-03T16:00:00+01:00'],
    ['2026-11-07T10:00:00+01:00', '2026-11-09T16:00:00+01:00'],
    ['2026-11-05T16:00:00+01:00', '2026-11-05T17:00:00+01:00'],
  ])('next closing after %s is %s', (from, expected) => {
    expect(closing(from)).toBe(expected);
  });

  it('never closes a unit that is always open', () => {
    const at = instant('2026-12-25T03:00:00+01:00');
    expect(nextClosing(duty, calendar, at)).toBeNull();
    expect(nextOpening(duty, calendar, at)).toBe(at);
  });

  it('takes periods that touch as one, over midnight too, and several a day', () => {
    const own = withHours({
      1: [
        { from: '13:00', to: '24:00' },
        { from: '08:00', to: '12:00' },
      ],
      2: [{ from: '00:00', to: '02:00' }],
    });
    const monday = instant('2026-11-02T12:30:00+01:00');
    expect(isOpen(own, calendar, monday)).toBe(false);
    expect(withOffset(nextOpening(own, calendar, monday))).toBe('2026-11-02T13:00:00+01:00');
    const closes = nextClosing(own, calendar, instant('2026-11-02T13:00:00+01:00'));
    expect(closes && withOffset(closes)).toBe('2026-11-03T02:00:00+01:00');
    expect(openTimeBetween(own, calendar, monday, instant('2026-11-04T00:00:00+01:00'))).toBe(13 * HOUR);
  });

  it('says so when a unit never opens', () => {
    expect(() => nextOpening(withHours({}), calendar, instant('2026-11-02T10:00:00+01:00'))).toThrow(RangeError);
    expect(() => nextClosing(withHours({}), calendar, instant('2026-11-02T10:00:00+01:00'))).toThrow(RangeError);
  });
});

describe('open time', () => {
  it.each([
    ['2026-11-06T14:00:00+01:00', '2026-11-07T14:00:00+01:00', 1],
    ['2026-11-06T14:00:00+01:00', '2026-11-09T10:00:00+01:00', 3],
    ['2026-11-02T00:00:00+01:00', '2026-11-09T00:00:00+01:00', 40],
    ['2026-04-01T12:00:00+02:00', '2026-04-07T09:30:00+02:00', 5.5],
    ['2026-12-23T08:00:00+01:00', '2027-01-04T08:00:00+01:00', 32],
    ['2026-03-27T12:00:00+01:00', '2026-03-30T09:00:00+02:00', 4],
    ['2026-11-02T10:00:00+01:00', '2026-11-02T09:00:00+01:00', 0],
  ])('from %s until %s: %d hours', (from, until, expected) => {
    expect(hoursOpen(from, until)).toBe(expected);
  });

  it('has 23 and 25 hours on the DST nights', () => {
    const always = (from: string, until: string) =>
      openTimeBetween(duty, calendar, instant(from), instant(until)) / HOUR;
    expect(always('2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00')).toBe(23);
    expect(always('2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe(25);
    const nights = withHours({ 7: [{ from: '00:00', to: '06:00' }] });
    const sunday = (day: string, offsets: [string, string]) =>
      openTimeBetween(
        nights,
        calendar,
        instant(`${day}T00:00:00${offsets[0]}`),
        instant(`${day}T12:00:00${offsets[1]}`),
      ) / HOUR;
    expect(sunday('2026-03-29', ['+01:00', '+02:00'])).toBe(5);
    expect(sunday('2026-10-25', ['+02:00', '+01:00'])).toBe(7);
    const swallowed = withHours({ 1: [{ from: '08:00', to: '09:00' }], 7: [{ from: '02:00', to: '03:00' }] });
    const night = instant('2026-03-29T00:00:00+01:00');
    expect(withOffset(nextOpening(swallowed, calendar, night))).toBe('2026-03-30T08:00:00+02:00');
  });

  const anyMoment = fc
    .integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2029, 0, 1) })
    .map((ms) => T.Instant.fromEpochMilliseconds(ms));

  it('is none between a closed instant and the next opening, all until the next closing', () => {
    fc.assert(
      fc.property(anyMoment, (at) => {
        const opens = nextOpening(unit, calendar, at);
        const closes = nextClosing(unit, calendar, at);
        if (!closes) throw new Error('the unit closes');
        expect(isOpen(unit, calendar, opens)).toBe(true);
        expect(isOpen(unit, calendar, closes)).toBe(false);
        expect(opens.equals(at)).toBe(isOpen(unit, calendar, at));
        expect(isAfter(closes, at) && isBefore(opens, closes)).toBe(true);
        expect(openTimeBetween(unit, calendar, at, opens)).toBe(0);
        expect(openTimeBetween(unit, calendar, at, closes)).toBe(closes.epochMilliseconds - opens.epochMilliseconds);
      }),
    );
  });

  it('adds up over any instant in between', () => {
    fc.assert(
      fc.property(
        anyMoment,
        fc.integer({ min: 0, max: 240 }),
        fc.integer({ min: 0, max: 240 }),
        (from, first, second) => {
          const middle = from.add({ hours: first });
          const until = middle.add({ hours: second });
          const sum = openTimeBetween(unit, calendar, from, middle) + openTimeBetween(unit, calendar, middle, until);
          expect(openTimeBetween(unit, calendar, from, until)).toBe(sum);
        },
      ),
    );
  });
});
