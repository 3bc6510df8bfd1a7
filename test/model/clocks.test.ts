import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlarmClock, nextAlarm } from '#domain/alarms.ts';
import { runClock, startClock } from '#domain/deadlines.ts';
import { lawAt, type RuledKind } from '#domain/rulebook.ts';
import { world } from '#test/support/referral.ts';
import { times } from '#test/support/size.ts';
import { alarmsOf, nextChase } from './alarms.ts';
import { type Count, dueOf } from './clocks.ts';
import { anyInstant, asText, inMs, toInstant } from './instants.ts';

const { calendar } = world;

const hours = (n: number): Count => ({ n, unit: 'elapsed hours' });
const workdays = (n: number): Count => ({ n, unit: 'workdays' });
const months = (n: number): Count => ({ n, unit: 'months' });
type Told = { readonly ordinary: Count; readonly acute?: Count; readonly again?: Count; readonly secondary?: Count };
/** What rules.md says of each, told once more. */
const RULES: Readonly<Record<RuledKind, Told>> = {
  'assess-24h': { ordinary: hours(24) },
  receipt: { ordinary: { n: 6, unit: 'hverdage' }, secondary: workdays(6) },
  investigation: { ordinary: months(4) },
  'follow-up': { ordinary: months(3), again: months(6) },
  acknowledge: { ordinary: workdays(1), acute: hours(1) },
  handover: { ordinary: workdays(2), acute: hours(4) },
  feedback: { ordinary: workdays(5) },
  reassess: { ordinary: workdays(5), acute: hours(24) },
  'request-for-more': { ordinary: workdays(5), acute: hours(4) },
  partshoring: { ordinary: { n: 14, unit: 'days' } },
};
const KINDS = Object.keys(RULES) as RuledKind[];
const FROM_RECEIPT: ReadonlySet<RuledKind> = new Set(['assess-24h', 'receipt', 'investigation']);
const MOST_LATE_MS = 40 * 24 * 3_600_000;

/** The clock's alarms up to its end and the first reminders after it. */
const inProduct = (clock: AlarmClock, reminders: number): string[] => {
  const found: string[] = [];
  let at = clock.startedAt;
  for (let left = reminders; left > 0; ) {
    const next = nextAlarm(clock, calendar, at);
    found.push(`${next.stage} ${asText(inMs(next.at))}`);
    if (next.stage === 'after') left--;
    at = next.at;
  }
  return found;
};

const inModel = (start: number, count: Count, reminders: number): string[] => {
  const planned = alarmsOf(start, count);
  let at = dueOf(start, count);
  const after = Array.from({ length: reminders }, () => {
    at = nextChase(dueOf(start, count), count.unit, at);
    return { name: 'after', at };
  });
  return [...planned, ...after].map((alarm) => `${alarm.name} ${asText(alarm.at)}`);
};

const anyCount: fc.Arbitrary<Count> = fc.record({
  n: fc.integer({ min: 1, max: 24 }),
  unit: fc.constantFrom('elapsed hours', 'hverdage', 'workdays', 'days', 'months'),
});

describe('against the slow model, 2015–2045', () => {
  it('every clock is due when it says, by the law of its day', () => {
    const clock = fc.record({
      received: anyInstant,
      after: fc.nat(MOST_LATE_MS / 1000).map((seconds) => seconds * 1000),
      kind: fc.constantFrom(...KINDS),
      acute: fc.boolean(),
      again: fc.boolean(),
    });
    fc.assert(
      fc.property(clock, ({ received, after, kind, acute, again }) => {
        const told = RULES[kind];
        const count = (again && told.again) || (acute && told.acute) || told.ordinary;
        const start = FROM_RECEIPT.has(kind) ? received : received + after;
        const found = startClock(
          kind,
          { start: toInstant(received + after), receivedAt: toInstant(received), acute, again },
          world.rulebook,
          calendar,
        );
        expect(asText(inMs(found.dueAt))).toBe(asText(dueOf(start, count)));
        expect(found.secondaryAt && asText(inMs(found.secondaryAt))).toBe(
          told.secondary ? asText(dueOf(start, told.secondary)) : null,
        );
        const before2024 = received < Date.UTC(2023, 11, 31, 23);
        expect(lawAt(world.rulebook, toInstant(received)).name).toBe(before2024 ? 'serviceloven' : 'barnets lov');
      }),
      { numRuns: times(500, 45_000) },
    );
  });

  it('every clock of any period is due, alarms and reminds when it says', () => {
    fc.assert(
      fc.property(anyInstant, anyCount, (start, count) => {
        const basis = {
          kind: 'handover',
          law: 'l',
          paragraph: null,
          status: 'policy',
          source: 's',
          acute: false,
        } as const;
        const clock = runClock(basis, toInstant(start), count, calendar);
        expect(inProduct(clock, 3)).toEqual(inModel(start, count, 3));
      }),
      { numRuns: times(500, 35_000) },
    );
  });
});
