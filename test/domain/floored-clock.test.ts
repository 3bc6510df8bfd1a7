import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkday } from '#domain/calendar.ts';
import { type Derivation, startClock } from '#domain/deadlines.ts';
import { mayPause, pauseClock, resumeClock } from '#domain/pausing.ts';
import { changePriority } from '#domain/priority.ts';
import { movedBy, type OpenClock } from '#domain/recalculation.ts';
import type { RunningClock } from '#domain/referral.ts';
import type { PolicyKind, Rulebook } from '#domain/rulebook.ts';
import { atLocal, type Instant, instant, iso, localDay, T, withOffset } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { assessedReferral, RECEIVED, world } from '#test/support/referral.ts';
import { times } from '#test/support/size.ts';

const at = (day: string, time = '10:00:00'): string => `2026-11-${day}T${time}+01:00`;
const end = (day: string): string => at(day, '23:59:59');

const started = (kind: PolicyKind, start: Instant, acute = false): RunningClock => {
  const clock = startClock(kind, { start, receivedAt: start, acute }, world.rulebook, world.calendar);
  return { ...clock, id: kind, subjectId: null, acute };
};

/** The municipality decides on another period, for clocks that run too. */
const otherPeriod = (kind: PolicyKind, n: number): World => {
  const { rulebook } = world;
  const policies = rulebook.policies.map((version) => {
    const { period, acute, ...rule } = version.clocks[kind];
    const hours = acute ? { acute: { ...acute, n } } : {};
    return { ...version, clocks: { ...version.clocks, [kind]: { ...rule, period: { ...period, n }, ...hours } } };
  });
  return { ...world, rulebook: { ...rulebook, policies } as Rulebook };
};

/** The clock after the period has become `n` from the day `from` on, decided at `now`. */
const shortened = (clock: RunningClock, n: number, from: string, now: Instant): RunningClock => {
  const { id, kind, acute, startedAt, dueAt, derivation } = clock;
  const rest = {
    referralId: 'r',
    caseNumber: '1',
    unit: 'u',
    ownerUnit: 'u',
    responsibleUnit: 'u',
    receivedAt: RECEIVED,
  };
  const open: OpenClock = { ...rest, id, kind, acute, startedAt, dueAt, derivation, acuteSince: null };
  const after = otherPeriod(kind as PolicyKind, n);
  const change = { before: world, after, applyToOpen: true, from: T.PlainDate.from(from) };
  const [move] = movedBy([open], change, now);
  return move ? { ...clock, ...move.retiming } : clock;
};

const withClock = (clock: RunningClock, acute = clock.acute) => assessedReferral({ clocks: [clock], acute });
const paused = (clock: RunningClock, from: Instant, until: Instant): RunningClock => {
  const what = { clockId: clock.id, id: 'p', reason: 'family' as const, until };
  return { ...clock, ...pauseClock(withClock(clock), what, 'somebody', world, from).retime?.[0] };
};
const resumed = (clock: RunningClock, now: Instant): RunningClock => ({
  ...clock,
  ...resumeClock(withClock(clock), { clockId: clock.id }, world, now).retime?.[0],
});
const derived = ({ derivation }: RunningClock): Derivation => derivation as Derivation;
const due = ({ dueAt }: RunningClock): string => withOffset(dueAt);

describe('a clock of five workdays since Monday 2 November, shortened to one on Wednesday', () => {
  const began = started('feedback', instant(at('02')));
  const until = (from: string): RunningClock => shortened(began, 1, from, instant(at('04', '09:00:00')));

  it.each([
    // The day before the change; paused from, until; due.
    ['2026-11-06', end('05'), null, null, end('05')],
    ['2026-11-06', end('05'), at('04', '14:00:00'), at('05', '00:00:00'), end('06')],
    ['2026-11-06', end('05'), at('04', '14:00:00'), at('05', '08:00:00'), end('09')],
    ['2026-11-06', end('05'), at('05', '14:00:00'), at('09', '08:00:00'), end('10')],
    ['2026-11-06', end('05'), at('05', '14:00:00'), at('09', '00:00:00'), end('09')],
    // Until a Sunday: paused time that counts for nothing moves nothing; what would have counted comes after it.
    ['2026-11-09', end('08'), null, null, end('08')],
    ['2026-11-09', end('08'), at('07'), at('08', '12:00:00'), end('08')],
    ['2026-11-09', end('08'), at('05', '14:00:00'), at('06', '08:00:00'), end('10')],
    ['2026-11-09', end('08'), at('05', '14:00:00'), at('06', '00:00:00'), end('09')],
    // It does not end while it rests.
    ['2026-11-09', end('08'), at('07'), at('09', '00:00:00'), end('09')],
    ['2026-11-09', end('08'), at('07'), at('09', '08:00:00'), end('10')],
  ])('from %s: %s, paused %s to %s: due %s', (from, kept, begins, ends, expected) => {
    const clock = until(from);
    expect(due(clock)).toBe(kept);
    const rested = begins && ends ? paused(clock, instant(begins), instant(ends)) : clock;
    expect(due(rested)).toBe(expected);
    expect(rested.derivation).toMatchObject({ due: expected, note: derived(clock).note });
  });

  it('rests while it is shortened: the day before the change comes later by what it rests', () => {
    const resting = paused(began, instant(at('03', '14:00:00')), instant(at('05', '00:00:00')));
    const clock = shortened(resting, 1, '2026-11-06', instant(at('04', '09:00:00')));
    // Tuesday and Wednesday do not count.
    expect(due(clock)).toBe(end('09'));
    expect(due(resumed(clock, instant(at('04', '09:30:00'))))).toBe(end('09'));
    // It would have ended then anyway.
    const whole = shortened(resting, 1, '2026-11-30', instant(at('04', '09:00:00')));
    expect(due(whole)).toBe(due(resting));
  });

  it('more time by a later change does not bring it forward', () => {
    const clock = until('2026-11-07');
    expect(due(clock)).toBe(end('06'));
    const { kind, id, acute, startedAt, dueAt, derivation } = clock;
    const rest = { referralId: 'r', caseNumber: '1', unit: 'u', ownerUnit: 'u', responsibleUnit: 'u' };
    const open = { ...rest, kind, id, acute, startedAt, dueAt, derivation, receivedAt: RECEIVED, acuteSince: null };
    const change = { before: otherPeriod('feedback', 1), after: otherPeriod('feedback', 2), applyToOpen: true };
    expect(movedBy([open], { ...change, from: T.PlainDate.from('2026-11-05') }, instant(at('04')))).toEqual([]);
  });
});

it('a clock of hours that is kept is due later by the paused time, to the millisecond', () => {
  const began = started('request-for-more', instant(at('02', '22:00:00.250')), true);
  const clock = shortened(began, 1, '2026-11-03', instant(at('02', '22:30:00')));
  expect(due(clock)).toBe(end('02'));
  const rested = paused(clock, instant(at('02', '23:30:00.100')), instant(at('03', '08:00:00.000')));
  expect(iso(rested.dueAt)).toBe('2026-11-03T07:29:58.900Z');
  expect(iso(resumed(rested, instant(at('02', '23:30:30.100'))).dueAt)).toBe('2026-11-02T23:00:29.000Z');
  // The count itself, where it ends later, keeps its own milliseconds.
  const other = shortened(began, 3, '2026-11-03', instant(at('02', '22:30:00')));
  expect(iso(other.dueAt)).toBe('2026-11-03T00:00:00.250Z');
  const moved = paused(other, instant(at('02', '23:00:00')), instant(at('02', '23:10:00')));
  expect(iso(moved.dueAt)).toBe('2026-11-03T00:10:00.250Z');
});

it('a clock that became ordinary when its ordinary period was over is due then, and can rest no more', () => {
  const clock = started('handover', instant(at('02')));
  const acute = changePriority(withClock(clock), { acute: true, reason: 'x' }, world, instant(at('04', '23:00:00')));
  expect(acute.retime ?? []).toEqual([]);
  const urgent = { ...started('handover', instant(at('04', '20:00:00')), true), startedAt: instant(at('02')) };
  const now = instant(at('04', '23:59:59.500'));
  const [calm] = changePriority(withClock(urgent, true), { acute: false, reason: 'x' }, world, now).retime ?? [];
  expect(calm?.dueAt.equals(now)).toBe(true);
  const passed = { ...urgent, ...calm };
  expect(mayPause(passed, now)).toBe(false);
  expect(() => paused(passed, now, now.add({ hours: 1 }))).toThrow();
});

it('a period in months cannot rest', () => {
  const clock = started('feedback', instant(at('02')));
  const months = { ...clock, derivation: { ...derived(clock), period: { n: 1, unit: 'months' } } } as RunningClock;
  expect(mayPause(months, instant(at('03')))).toBe(false);
});

describe('paused and let run again, any shortened clock', () => {
  const MINUTES = 60 * 24 * 12;
  const scene = fc.record({
    change: fc.integer({ min: 1, max: MINUTES / 6 }),
    fromDays: fc.integer({ min: 1, max: 9 }),
    n: fc.integer({ min: 1, max: 4 }),
    rests: fc.array(fc.tuple(fc.nat(MINUTES / 6), fc.integer({ min: 1, max: 60 * 24 * 3 }), fc.nat(60 * 24 * 3)), {
      maxLength: 3,
    }),
  });

  /** Day by day and minute by minute: the due instant of the kept clock, and what it has rested since. */
  const byHand = (kept: Instant, hours: boolean, pauses: readonly (readonly [Instant, Instant])[]): Instant => {
    if (hours) {
      return pauses.reduce(
        (until, [from, to]) => until.add({ milliseconds: from.until(to).total('milliseconds') }),
        kept,
      );
    }
    const rests = (day: Temporal.PlainDate): boolean =>
      pauses.some(
        ([from, to]) =>
          T.Instant.compare(from, atLocal(day.add({ days: 1 }), '00:00')) < 0 &&
          T.Instant.compare(to, atLocal(day, '00:00')) > 0 &&
          !from.equals(to),
      );
    let owed = 0;
    const last = localDay(kept);
    const first = localDay(RECEIVED).add({ days: 1 });
    for (let day = first; T.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
      if (isWorkday(world.calendar, day) && rests(day)) owed += 1;
    }
    const within = pauses.some(([from, to]) => T.Instant.compare(from, kept) <= 0 && T.Instant.compare(kept, to) < 0);
    if (owed === 0 && within) owed = 1;
    let day = last;
    while (owed > 0) {
      day = day.add({ days: 1 });
      if (isWorkday(world.calendar, day) && !rests(day)) owed -= 1;
    }
    return atLocal(day, '23:59:59');
  };

  it.each([
    ['feedback', false],
    ['request-for-more', true],
  ] as const)('%s is due exactly as much later as it has rested', (kind, acute) => {
    let kept = 0;
    fc.assert(
      fc.property(scene, ({ change, fromDays, n, rests }) => {
        // Hours begin so late in the evening that midnight falls among them.
        const begin = acute ? RECEIVED.add({ minutes: 12 * 60 + 30 }) : RECEIVED;
        let at = begin.add({ minutes: acute ? change % 140 : change });
        const from = localDay(at)
          .add({ days: acute ? 1 : fromDays })
          .toString();
        const began = started(kind, begin, acute);
        const short = shortened(began, n, from, at);
        if (short === began || derived(short).due === withOffset(began.dueAt)) return;
        const floored = withOffset(short.dueAt) === `${T.PlainDate.from(from).subtract({ days: 1 })}T23:59:59+01:00`;
        if (!floored) return;
        kept += 1;
        let clock = short;
        const pauses: [Instant, Instant][] = [];
        for (const [wait, rest, back] of rests) {
          at = at.add({ minutes: acute ? wait % 120 : wait });
          if (!mayPause(clock, at)) return;
          const until = at.add({ minutes: acute ? 1 + (rest % 400) : rest });
          clock = paused(clock, at, until);
          const again = at.add({ minutes: back });
          if (T.Instant.compare(again, until) < 0) clock = resumed(clock, again);
          const ran = T.Instant.compare(again, until) < 0 ? again : until;
          pauses.push([at, ran]);
          at = ran;
          expect(withOffset(clock.dueAt)).toBe(withOffset(byHand(short.dueAt, acute, pauses)));
        }
      }),
      { numRuns: times(300, 3_000) },
    );
    expect(kept).toBeGreaterThan(20);
  });
});
