import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmClockOf } from '#domain/alarm-mails.ts';
import { alarmsOf } from '#domain/alarms.ts';
import { explain } from '#domain/deadline-explanation.ts';
import { type Clock, startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { afterRunning, isPausedOn, type Pause, ranBetween } from '#domain/pause.ts';
import { endPause, mayPause, pauseClock, resumeClock } from '#domain/pausing.ts';
import { changePriority } from '#domain/priority.ts';
import type { Referral, RunningClock } from '#domain/referral.ts';
import type { RuledKind } from '#domain/rulebook.ts';
import { endOfDay, instant, isBefore, iso, localDay, withOffset } from '#domain/time.ts';
import { assessedReferral, makeReferral, RECEIVED, refusal, world } from '#test/support/referral.ts';

const at = (day: string, time = '10:00:00'): string => `2026-11-${day}T${time}+01:00`;

const started = (kind: RuledKind, start: string, acute = false): Clock =>
  startClock(kind, { start: instant(start), receivedAt: RECEIVED, acute }, RULEBOOK, world.calendar);

const rowOf = (clock: Clock): RunningClock => ({
  ...clock,
  id: clock.kind,
  subjectId: null,
  acute: clock.derivation.acute,
});
const withClock = (clock: RunningClock): Referral => assessedReferral({ clocks: [clock] });

/** The referral after its one clock has been moved by a decision. */
const paused = (clock: RunningClock, from: string, until: string): RunningClock => {
  const what = { clockId: clock.id, id: 'p', reason: 'family' as const, until: instant(until) };
  const { retime = [] } = pauseClock(withClock(clock), what, 'somebody', world, instant(from));
  return { ...clock, ...retime[0] };
};
const resumed = (clock: RunningClock, now: string): RunningClock => {
  const { retime = [] } = resumeClock(withClock(clock), { clockId: clock.id }, world, instant(now));
  return { ...clock, ...retime[0] };
};
const due = (clock: RunningClock): string => withOffset(clock.dueAt);
const alarms = (clock: RunningClock): string[] =>
  alarmsOf(alarmClockOf({ ...clock, derivation: clock.derivation }), world.calendar, RULEBOOK.alarms).map(
    (alarm) => `${alarm.stage} ${withOffset(alarm.at)}`,
  );

describe('a clock of workdays', () => {
  // Monday 2 November, five workdays: Tue 3, Wed 4, Thu 5, Fri 6, Mon 9.
  const clock = rowOf(started('feedback', at('02')));

  it('does not count days that are paused, wholly or in part', () => {
    expect(due(clock)).toBe(at('09', '23:59:59'));
    const later = paused(clock, at('04', '14:00:00'), at('06', '08:00:00'));
    expect(due(later)).toBe(at('12', '23:59:59'));
    expect(explain(later.derivation as never).da).toContain(
      'Tæller ikke: onsdag den 4. november 2026 (fristen var sat på pause).',
    );
    expect(alarms(later)).toEqual([
      `half ${at('10', '08:00:00')}`,
      `last-day ${at('12', '08:00:00')}`,
      `end ${at('12', '23:59:59')}`,
    ]);
  });

  it('counts the day on which it runs again from its first minute', () => {
    expect(due(paused(clock, at('04', '14:00:00'), at('06', '00:00:00')))).toBe(at('11', '23:59:59'));
  });

  it('is not moved by a pause over a weekend', () => {
    expect(due(paused(clock, at('07'), at('08')))).toBe(at('09', '23:59:59'));
  });

  it('runs again early', () => {
    const later = paused(clock, at('04', '14:00:00'), at('13', '00:00:00'));
    expect(due(later)).toBe(at('18', '23:59:59'));
    expect(due(resumed(later, at('05')))).toBe(at('11', '23:59:59'));
    // Within the same day that one day is lost, no more.
    expect(due(resumed(later, at('04', '14:30:00')))).toBe(at('10', '23:59:59'));
  });

  it('keeps both pauses', () => {
    const once = paused(clock, at('03'), at('04', '00:00:00'));
    expect(due(paused(once, at('05'), at('06', '00:00:00')))).toBe(at('11', '23:59:59'));
  });
});

describe('a clock of hours', () => {
  // Four hours from Monday 10:00.
  const clock = rowOf(started('request-for-more', at('02'), true));

  it('is due later by the paused time, to the millisecond', () => {
    const later = paused(clock, at('02', '11:00:00.250'), at('02', '12:30:00.000'));
    expect(iso(later.dueAt)).toBe('2026-11-02T14:29:59.750Z');
    expect(iso(resumed(later, at('02', '11:10:00.250')).dueAt)).toBe('2026-11-02T13:10:00.000Z');
  });

  it('alarms when a quarter and half of its own time have run', () => {
    expect(alarms(paused(clock, at('02', '10:30:00'), at('02', '12:00:00')))).toEqual([
      `quarter ${at('02', '12:30:00')}`,
      `half ${at('02', '13:30:00')}`,
      `end ${at('02', '15:30:00')}`,
    ]);
    // What falls on the first instant of a pause is not told.
    expect(alarms(paused(clock, at('02', '11:00:00'), at('02', '12:30:00')))).toEqual([
      `half ${at('02', '13:30:00')}`,
      `end ${at('02', '15:30:00')}`,
    ]);
  });
});

describe('what may not rest', () => {
  const refused = (clock: RunningClock, now = at('03'), until = at('04')): string =>
    refusal(() =>
      pauseClock(
        withClock(clock),
        { clockId: clock.id, id: 'p', reason: 'family', until: instant(until) },
        'x',
        world,
        instant(now),
      ),
    );

  it.each(['assess-24h', 'receipt', 'investigation', 'follow-up'] as const)('%s is law', (kind) => {
    const clock = rowOf(started(kind, at('02')));
    expect(refused(clock, at('02', '11:00:00'))).toBe('ILLEGAL_TRANSITION');
    expect(mayPause(clock, instant(at('02', '11:00:00')))).toBe(false);
    expect(() =>
      pauseClock(
        withClock(clock),
        { clockId: kind, id: 'p', reason: 'family', until: instant(at('04')) },
        'x',
        world,
        instant(at('02', '11:00:00')),
      ),
    ).toThrow(
      expect.objectContaining({
        reason: expect.objectContaining({ da: expect.stringContaining('kan ikke sættes på pause') }),
      }),
    );
  });

  it('a step of the ladder, a timer, a clock that has ended', () => {
    const ladder = { ...rowOf(started('handover', at('02'))), id: 'ladder.1', kind: 'ladder.1' };
    expect(refused(ladder)).toBe('ILLEGAL_TRANSITION');
    const timer = {
      id: 'closing',
      kind: 'closing',
      subjectId: null,
      acute: false,
      startedAt: RECEIVED,
      dueAt: RECEIVED,
    };
    expect(refused({ ...timer, derivation: { rule: 'closing' } })).toBe('ILLEGAL_TRANSITION');
    expect(refused({ ...timer, id: 'other' })).toBe('ILLEGAL_TRANSITION');
  });

  it('a clock that has passed, or rests already', () => {
    const clock = rowOf(started('handover', at('02')));
    expect(refused(clock, at('05'), at('06'))).toBe('ILLEGAL_TRANSITION');
    expect(refused(paused(clock, at('03'), at('05')), at('04'))).toBe('ILLEGAL_TRANSITION');
  });

  it('without an end ahead, or for longer than policy allows, all pauses together', () => {
    const clock = rowOf(started('feedback', at('02')));
    expect(refused(clock, at('03'), at('03'))).toBe('INVALID until:not-ahead');
    expect(refused(clock, at('03'), '2026-11-17T00:00:00+01:00')).toBe('allowed');
    expect(refused(clock, at('03'), '2026-11-17T00:01:00+01:00')).toBe('INVALID until:pause-too-long');
    const rested = paused(clock, at('03'), at('04', '00:00:00'));
    expect(refused(rested, at('04'), '2026-11-18T00:00:00+01:00')).toBe('INVALID until:pause-too-long');
    const hours = rowOf(started('request-for-more', at('02'), true));
    expect(refused(hours, at('02', '11:00:00'), at('03', '11:00:00'))).toBe('allowed');
    expect(refused(hours, at('02', '11:00:00'), at('03', '11:00:01'))).toBe('INVALID until:pause-too-long');
  });
});

describe('paused time is kept', () => {
  it('when the matter becomes acute, and ordinary again', () => {
    const clock = paused(rowOf(started('request-for-more', at('02'))), at('03'), at('04', '12:00:00'));
    expect(due(clock)).toBe(at('11', '23:59:59'));
    const referral = { ...withClock(clock), acute: false };
    const acute = changePriority(referral, { acute: true, reason: 'x' }, world, instant(at('03', '12:00:00')));
    const [moved] = acute.retime ?? [];
    // Four hours from the change, none of which run before the pause is over.
    expect(withOffset(moved?.dueAt ?? RECEIVED)).toBe(at('04', '16:00:00'));
    const now = { ...clock, ...moved };
    const ordinary = changePriority(
      { ...withClock(now), acute: true },
      { acute: false, reason: 'x' },
      world,
      instant(at('04', '13:00:00')),
    );
    expect(withOffset(ordinary.retime?.[0]?.dueAt ?? RECEIVED)).toBe(at('11', '23:59:59'));
  });
});

it('a pause that ends by itself tells the handler, and the clock alarms from its end on', () => {
  const clock = paused(rowOf(started('feedback', at('02'))), at('03'), at('05', '00:00:00'));
  const timer = {
    id: 't',
    kind: 'pause-end',
    subjectId: clock.id,
    acute: false,
    startedAt: RECEIVED,
    dueAt: instant(at('05', '00:00:00')),
  };
  const ended = endPause(withClock(clock), { handover: null }, timer, world, instant(at('05', '00:00:00')));
  expect(ended.mails?.map(({ to, stage }) => ({ to, stage }))).toEqual([
    { to: { person: 'caseworker-bbu-norrebro' }, stage: 'pause-ended' },
  ]);
  expect(ended.retime?.[0]).toMatchObject({ dueAt: clock.dueAt, alarmsAfter: timer.dueAt });
  expect(endPause(makeReferral(), { handover: null }, timer, world, timer.dueAt)).toMatchObject({
    facts: [],
    end: [{ as: 'met' }],
  });
});

describe('any pauses', () => {
  const BEGIN = RECEIVED.epochMilliseconds;
  const HOUR = 3_600_000;
  const arbitrary = fc
    .uniqueArray(fc.integer({ min: 1, max: 60 * 24 * 60 }), { minLength: 2, maxLength: 8 })
    .map((minutes) => minutes.toSorted((a, b) => a - b))
    .map((minutes) =>
      minutes.flatMap((minute, n): Pause[] => {
        const until = minutes[n + 1];
        if (n % 2 === 1 || until === undefined) return [];
        const shown = (m: number): string => iso(RECEIVED.add({ minutes: m }));
        return [{ from: shown(minute), until: shown(until) }];
      }),
    );

  it('leave an hour clock exactly its running time, and let it end while it runs', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 400 }), (pauses, hours) => {
        const end = afterRunning(RECEIVED, hours * HOUR, pauses);
        expect(ranBetween(RECEIVED, end, pauses)).toBe(hours * HOUR);
        const rested = pauses.filter(({ from }) => isBefore(instant(from), end));
        const all = rested.reduce(
          (sum, p) => sum + instant(p.until).epochMilliseconds - instant(p.from).epochMilliseconds,
          0,
        );
        expect(end.epochMilliseconds).toBe(BEGIN + hours * HOUR + all);
      }),
    );
  });

  it('leave a day clock exactly its days, none of them paused, and never end it earlier', () => {
    fc.assert(
      fc.property(arbitrary, (pauses) => {
        const from = { start: RECEIVED, receivedAt: RECEIVED, acute: false };
        const whole = startClock('partshoring', { ...from, pauses }, RULEBOOK, world.calendar);
        const days = whole.derivation.counted;
        expect(days).toHaveLength(14);
        let day = localDay(RECEIVED);
        const seen: string[] = [];
        while (seen.length < 14) {
          day = day.add({ days: 1 });
          if (!isPausedOn(day, pauses)) seen.push(day.toString());
        }
        expect(days).toEqual(seen);
        expect(withOffset(whole.dueAt)).toBe(withOffset(endOfDay(day)));
      }),
    );
  });
});
