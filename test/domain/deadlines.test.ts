import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skipReason } from '#domain/calendar.ts';
import { explain } from '#domain/deadline-explanation.ts';
import { deadlinesOf, startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { calendarOf } from '#domain/regulations.ts';
import { lawAt, type RuledKind } from '#domain/rulebook.ts';
import { endOfDay, instant, isAfter, localDay, T, withOffset } from '#domain/time.ts';
import cases from '#test/acceptance/deadlines.json' with { type: 'json' };
import { trainingOrganisation } from '#test/support/organisation.ts';

const calendar = calendarOf(trainingOrganisation());
const optional = (iso: string | undefined) => (iso === undefined ? undefined : instant(iso));
const start = (kind: RuledKind, iso: string, acute = false, receivedAt = iso) =>
  startClock(kind, { start: instant(iso), receivedAt: instant(receivedAt), acute }, RULEBOOK, calendar);
const due = (kind: RuledKind, iso: string, acute = false) => withOffset(start(kind, iso, acute).dueAt);

const kinds: readonly RuledKind[] = [
  'assess-24h',
  'receipt',
  'investigation',
  'follow-up',
  'acknowledge',
  'handover',
  'feedback',
  'reassess',
  'request-for-more',
  'partshoring',
];
const anyInstant = fc
  .integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) })
  .map((ms) => T.Instant.fromEpochMilliseconds(ms));

it('clocks that begin within one second are each as if it were the only one', () => {
  const begun = fc.record({ second: anyInstant, ns: fc.array(fc.nat(999_999_999), { minLength: 1, maxLength: 4 }) });
  fc.assert(
    fc.property(begun, fc.constantFrom(...kinds), fc.boolean(), fc.boolean(), ({ second, ns }, kind, acute, again) => {
      for (const beyond of ns) {
        const at = second.round({ smallestUnit: 'second', roundingMode: 'floor' }).add({ nanoseconds: beyond });
        const from = { start: at, receivedAt: at, acute, again };
        const found = startClock(kind, from, RULEBOOK, calendar);
        // Rules that nobody has asked before.
        const alone = startClock(kind, from, structuredClone(RULEBOOK), calendar);
        expect(found).toEqual(alone);
        for (const one of ['startedAt', 'dueAt'] as const)
          expect(found[one].epochNanoseconds).toBe(alone[one].epochNanoseconds);
      }
    }),
  );
});

describe('worked cases', () => {
  it.each(cases)('$id', ({ received, decided, measureStarted, expect: expected }) => {
    const happened = {
      received: instant(received),
      decided: optional(decided),
      measureStarted: optional(measureStarted),
    };
    expect(JSON.stringify(deadlinesOf(happened, RULEBOOK, calendar))).toBe(JSON.stringify(expected));
  });
});

describe('the law in force', () => {
  it('changes at local midnight between 2023 and 2024', () => {
    expect(lawAt(RULEBOOK, instant('2023-12-31T22:59:59Z')).id).toBe('serviceloven');
    expect(lawAt(RULEBOOK, instant('2023-12-31T23:00:00Z')).id).toBe('barnets-lov-2024');
  });

  it('follows the notification, not the start of the clock', () => {
    const old = start('feedback', '2024-02-01T10:00:00+01:00', false, '2023-12-20T10:00:00+01:00');
    expect(old.lawVersion).toBe('serviceloven');
    expect(old.derivation.paragraph).toBe('§ 155 b');
    expect(start('feedback', '2024-02-01T10:00:00+01:00').derivation.paragraph).toBe('§ 138');
  });

  it('runs the three statutory clocks from receipt, whatever the registration', () => {
    for (const kind of ['assess-24h', 'receipt', 'investigation'] as const) {
      const late = start(kind, '2026-11-05T10:00:00+01:00', false, '2026-11-02T09:15:00+01:00');
      expect(late.dueAt.equals(start(kind, '2026-11-02T09:15:00+01:00').dueAt)).toBe(true);
    }
  });
});

describe('periods', () => {
  it.each<[RuledKind, boolean, string]>([
    ['acknowledge', false, '2026-11-09T23:59:59+01:00'],
    ['acknowledge', true, '2026-11-06T15:30:00+01:00'],
    ['handover', false, '2026-11-10T23:59:59+01:00'],
    ['handover', true, '2026-11-06T18:30:00+01:00'],
    ['feedback', false, '2026-11-13T23:59:59+01:00'],
    ['feedback', true, '2026-11-13T23:59:59+01:00'],
    ['reassess', false, '2026-11-13T23:59:59+01:00'],
    ['reassess', true, '2026-11-07T14:30:00+01:00'],
    ['request-for-more', false, '2026-11-13T23:59:59+01:00'],
    ['request-for-more', true, '2026-11-06T18:30:00+01:00'],
    ['partshoring', false, '2026-11-20T23:59:59+01:00'],
    ['receipt', true, '2026-11-13T23:59:59+01:00'],
  ])('%s from Friday 14:30, acute %s', (kind, acute, expected) => {
    expect(due(kind, '2026-11-06T14:30:00+01:00', acute)).toBe(expected);
  });

  it('follows up after three months, then every six', () => {
    const at = instant('2026-11-30T10:00:00+01:00');
    const again = startClock('follow-up', { start: at, receivedAt: at, acute: false, again: true }, RULEBOOK, calendar);
    expect(due('follow-up', '2026-11-30T10:00:00+01:00')).toBe('2027-02-28T23:59:59+01:00');
    expect(withOffset(again.dueAt)).toBe('2027-05-30T23:59:59+02:00');
  });

  it('is due after its start, at the end of a day that counts, on every day of the year', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...kinds), fc.boolean(), (at, kind, acute) => {
        const clock = startClock(kind, { start: at, receivedAt: at, acute }, RULEBOOK, calendar);
        const { unit } = clock.period;
        expect(isAfter(clock.dueAt, at)).toBe(true);
        if (unit === 'elapsed hours') {
          expect(clock.dueAt.epochMilliseconds - at.epochMilliseconds).toBe(clock.period.n * 3_600_000);
          return;
        }
        expect(endOfDay(localDay(clock.dueAt)).equals(clock.dueAt)).toBe(true);
        if (unit !== 'months') expect(skipReason(calendar, localDay(clock.dueAt), unit)).toBeNull();
        if (clock.secondaryAt) expect(T.Instant.compare(clock.secondaryAt, clock.dueAt)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('derivation', () => {
  it('explains each day counted or skipped and why', () => {
    const { derivation } = start('receipt', '2026-03-31T12:00:00+02:00');
    const { da, en } = explain(derivation);
    expect(da).toContain('Dag 1: onsdag den 1. april 2026.');
    expect(da).toContain('Tæller ikke: torsdag den 2. april 2026 (skærtorsdag).');
    expect(da).toContain('Dag 2: lørdag den 4. april 2026.');
    expect(da).toContain('Fristen udløber fredag den 10. april 2026 kl. 23.59.59.');
    expect(en).toContain('Does not count: Saturday 4 April 2026.');
    expect(en).toContain('Due Monday 13 April 2026 at 23:59:59.');
    expect(da).toHaveLength(en.length);
  });

  it('explains the arithmetic of months and the DST nights', () => {
    const months = explain(start('investigation', '2026-10-31T10:00:00+01:00').derivation);
    expect(months.en).toContain(
      '31 October plus 4 months: February 2027 has no day 31, so the last day of that month holds, Sunday 28 February 2027.',
    );
    const spring = explain(start('assess-24h', '2026-03-28T15:00:00+01:00').derivation);
    expect(spring.da).toContain('Undervejs stilles uret en time frem.');
    expect(spring.da).toContain('Fristen udløber søndag den 29. marts 2026 kl. 16.00.');
    expect(spring.en[1]).toContain('barnets lov § 136');
  });

  it('is JSON and explains the same after a round trip, whatever the clock', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...kinds), fc.boolean(), (at, kind, acute) => {
        const { derivation, dueAt } = startClock(kind, { start: at, receivedAt: at, acute }, RULEBOOK, calendar);
        const read = JSON.parse(JSON.stringify(derivation)) as typeof derivation;
        expect(read).toEqual(derivation);
        expect(explain(read)).toEqual(explain(derivation));
        expect(read.due).toBe(withOffset(dueAt));
        expect(explain(read).en.filter((line) => /^(Day|Does)/.test(line))).toHaveLength(
          [derivation, derivation.secondary].reduce(
            (sum, days) => sum + (days ? days.counted.length + days.skipped.length : 0),
            0,
          ),
        );
      }),
    );
  });
});
