import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlarmClock, alarmsOf, chaserAfter, nextAlarm } from '#domain/alarms.ts';
import { isWorkday } from '#domain/calendar.ts';
import { startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { deliverAt } from '#domain/quiet-hours.ts';
import { calendarOf } from '#domain/regulations.ts';
import type { RuledKind } from '#domain/rulebook.ts';
import { type Instant, instant, isAfter, local, localDay, T, withOffset } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const calendar = calendarOf(organisation);
const clockOf = (kind: RuledKind, at: Instant, acute = false) =>
  startClock(kind, { start: at, receivedAt: at, acute }, RULEBOOK, calendar);
const shown = (clock: AlarmClock) => alarmsOf(clock, calendar).map(({ stage, at }) => `${stage} ${withOffset(at)}`);
const started = (kind: RuledKind, iso: string, acute = false) => shown(clockOf(kind, instant(iso), acute));
const next = (clock: AlarmClock, after: string) => {
  const { stage, at } = nextAlarm(clock, calendar, instant(after));
  return `${stage} ${withOffset(at)}`;
};

describe('clocks of workdays', () => {
  it('of one workday have no half', () => {
    expect(started('acknowledge', '2026-11-06T14:30:00+01:00')).toEqual([
      'last-day 2026-11-09T08:00:00+01:00',
      'end 2026-11-09T23:59:59+01:00',
    ]);
  });

  it('of five workdays have their half on the third, over Easter too', () => {
    expect(started('feedback', '2026-03-31T12:00:00+02:00')).toEqual([
      'half 2026-04-08T08:00:00+02:00',
      'last-day 2026-04-10T08:00:00+02:00',
      'end 2026-04-10T23:59:59+02:00',
    ]);
  });

  it('keep their last day at the due day when that has moved', () => {
    const clock = clockOf('feedback', instant('2026-11-02T10:00:00+01:00'));
    expect(shown({ ...clock, dueAt: instant('2026-11-12T23:59:59+01:00') })).toEqual([
      'half 2026-11-05T08:00:00+01:00',
      'last-day 2026-11-12T08:00:00+01:00',
      'end 2026-11-12T23:59:59+01:00',
    ]);
  });
});

describe('clocks of hours', () => {
  it('alarm at a quarter, at half and at the end of the 24 hours, DST night or not', () => {
    expect(started('assess-24h', '2026-10-24T15:00:00+02:00')).toEqual([
      'quarter 2026-10-24T21:00:00+02:00',
      'half 2026-10-25T02:00:00+01:00',
      'end 2026-10-25T14:00:00+01:00',
    ]);
  });

  it('tell of an acute matter nobody has taken after 15 minutes', () => {
    expect(started('acknowledge', '2026-11-07T23:10:00+01:00', true)[0]).toBe('quarter 2026-11-07T23:25:00+01:00');
  });
});

describe('other day clocks', () => {
  it('receipt: before the due day, on the last workday before it, on the last open day up to it', () => {
    expect(started('receipt', '2026-11-02T09:15:00+01:00')).toEqual([
      'last-workday 2026-11-06T08:00:00+01:00',
      'early 2026-11-07T08:00:00+01:00',
      'last-open-day 2026-11-09T08:00:00+01:00',
      'end 2026-11-09T23:59:59+01:00',
    ]);
  });

  it('receipt due on a Saturday: last workday and last open day fall together', () => {
    expect(started('receipt', '2026-04-02T10:00:00+02:00')).toEqual([
      'early 2026-04-09T08:00:00+02:00',
      'last-open-day 2026-04-10T08:00:00+02:00',
      'end 2026-04-11T23:59:59+02:00',
    ]);
  });

  it('investigation: 120 days, the first 24 days before a Tuesday', () => {
    expect(started('investigation', '2026-11-02T09:15:00+01:00')).toEqual([
      'early 2027-02-06T08:00:00+01:00',
      'last-workday 2027-03-01T08:00:00+01:00',
      'last-open-day 2027-03-02T08:00:00+01:00',
      'end 2027-03-02T23:59:59+01:00',
    ]);
  });

  it('follow-up due on New Year’s Eve looks back over the closing days', () => {
    expect(started('follow-up', '2026-09-30T09:00:00+02:00').slice(0, 3)).toEqual([
      'early 2026-12-11T08:00:00+01:00',
      'last-workday 2026-12-29T08:00:00+01:00',
      'last-open-day 2026-12-30T08:00:00+01:00',
    ]);
  });

  it('takes a fifth of 35 days as 7, not 8', () => {
    const clock: AlarmClock = {
      kind: 'partshoring',
      startedAt: instant('2026-11-02T09:00:00+01:00'),
      dueAt: instant('2026-12-07T23:59:59+01:00'),
      period: { n: 35, unit: 'days' },
    };
    expect(shown(clock)[0]).toBe('early 2026-11-30T08:00:00+01:00');
  });
});

describe('the next alarm', () => {
  const day = clockOf('acknowledge', instant('2026-12-29T10:00:00+01:00'));
  const hour = clockOf('assess-24h', instant('2026-03-28T15:00:00+01:00'));

  it.each([
    ['2026-12-29T10:00:00+01:00', 'last-day 2026-12-30T08:00:00+01:00'],
    ['2026-12-30T08:00:00+01:00', 'end 2026-12-30T23:59:59+01:00'],
    ['2026-12-30T23:59:59+01:00', 'after 2027-01-04T08:00:00+01:00'],
    ['2027-01-04T08:00:00+01:00', 'after 2027-01-05T08:00:00+01:00'],
    ['2027-12-24T07:00:00+01:00', 'after 2027-12-27T08:00:00+01:00'],
  ])('of a day clock after %s', (after, expected) => {
    expect(next(day, after)).toBe(expected);
  });

  it.each([
    ['2026-03-29T16:00:00+02:00', 'after 2026-03-29T20:00:00+02:00'],
    ['2026-03-29T19:59:59+02:00', 'after 2026-03-29T20:00:00+02:00'],
    ['2026-03-29T20:00:00+02:00', 'after 2026-03-30T00:00:00+02:00'],
  ])('of a clock in hours after %s', (after, expected) => {
    expect(next(hour, after)).toBe(expected);
  });

  it('can come every second workday', () => {
    const due = instant('2026-11-04T23:59:59+01:00');
    const every = { n: 2, unit: 'workdays' } as const;
    expect(withOffset(chaserAfter(due, every, calendar, due))).toBe('2026-11-06T08:00:00+01:00');
    expect(withOffset(chaserAfter(due, every, calendar, instant('2026-11-06T08:00:00+01:00')))).toBe(
      '2026-11-10T08:00:00+01:00',
    );
  });
});

const anyClock = fc
  .tuple(
    fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2035, 0, 1) }),
    fc.constantFrom<RuledKind>('assess-24h', 'receipt', 'investigation', 'acknowledge', 'feedback', 'partshoring'),
    fc.boolean(),
  )
  .map(([ms, kind, acute]) => clockOf(kind, T.Instant.fromEpochMilliseconds(ms), acute));

describe('for every clock', () => {
  it('alarms are ordered, distinct, after the start, and end at the due instant', () => {
    fc.assert(
      fc.property(anyClock, (clock) => {
        const alarms = alarmsOf(clock, calendar);
        expect(alarms.at(-1)).toEqual({ stage: 'end', at: clock.dueAt });
        const instants = [clock.startedAt, ...alarms.map(({ at }) => at)];
        expect(instants.slice(1).every((at, index) => isAfter(at, instants[index] as Instant))).toBe(true);
        expect(alarms.length).toBeGreaterThan(1);
      }),
    );
  });

  it('walking from alarm to alarm meets each of them, then reminders without end', () => {
    fc.assert(
      fc.property(anyClock, (clock) => {
        const planned = alarmsOf(clock, calendar);
        let at = clock.startedAt;
        for (const alarm of planned) {
          const met = nextAlarm(clock, calendar, at);
          expect(met).toEqual(alarm);
          at = met.at;
        }
        for (let n = 1; n <= 10; n++) {
          const reminder = nextAlarm(clock, calendar, at);
          expect(reminder.stage).toBe('after');
          expect(isAfter(reminder.at, at)).toBe(true);
          if (clock.period.unit === 'elapsed hours') {
            expect(clock.dueAt.until(reminder.at).total('hours')).toBe(4 * n);
          } else {
            expect(isWorkday(calendar, localDay(reminder.at))).toBe(true);
            expect(local(reminder.at).hour).toBe(8);
          }
          at = reminder.at;
        }
      }),
    );
  });
});

describe('quiet hours', () => {
  const unit = organisation.units.get('bbu-norrebro');
  const duty = organisation.units.get('dognvagten');
  if (!unit || !duty) throw new Error('the training organisation has lost a unit');
  const now = instant('2026-11-06T20:00:00+01:00');

  it('hold ordinary mail until the next opening, nothing exempt, and nothing to the duty unit', () => {
    expect(withOffset(deliverAt({ unit, calendar, now, exempt: false }))).toBe('2026-11-09T08:00:00+01:00');
    expect(deliverAt({ unit, calendar, now, exempt: true })).toBe(now);
    expect(deliverAt({ unit: duty, calendar, now, exempt: false })).toBe(now);
    const open = instant('2026-11-06T14:59:59+01:00');
    expect(deliverAt({ unit, calendar, now: open, exempt: false })).toBe(open);
  });
});
