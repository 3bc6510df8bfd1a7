import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byPlace, CONCERNS, concernsOf, weightOf } from '#domain/board-order.ts';
import { instant, T } from '#domain/time.ts';
import { world } from '#test/support/referral.ts';

/** Friday 6 November 2026. */
const NOW = instant('2026-11-06T10:00:00+01:00');
const facts = (overrides: Partial<Parameters<typeof concernsOf>[0]> = {}) => ({
  acute: false,
  raisedAt: instant('2026-11-05T10:00:00+01:00'),
  stepEndsAt: instant('2026-11-12T23:59:59+01:00'),
  turns: 1,
  ...overrides,
});

test.each([
  ['on the ladder', {}, []],
  ['acute', { acute: true }, ['acute']],
  ['over', { stepEndsAt: NOW }, ['run-out']],
  ['ends on Monday', { stepEndsAt: instant('2026-11-09T23:59:59+01:00') }, ['ends-soon']],
  ['ends on Tuesday', { stepEndsAt: instant('2026-11-10T00:00:00+01:00') }, []],
  ['refused twice', { turns: 2 }, []],
  ['refused three times', { turns: 3 }, ['sent-around']],
  ['ten workdays', { raisedAt: instant('2026-10-23T08:00:00+02:00') }, []],
  ['eleven workdays', { raisedAt: instant('2026-10-22T23:00:00+02:00') }, ['long-open']],
  [
    'all of it',
    { acute: true, turns: 4, stepEndsAt: NOW, raisedAt: instant('2026-10-01T08:00:00+02:00') },
    ['acute', 'run-out', 'sent-around', 'long-open'],
  ],
])('%s', (_, overrides, concerns) => {
  expect(concernsOf(facts(overrides), world, NOW)).toEqual(concerns);
});

test('one weightier concern outweighs all lighter ones together', () => {
  for (const [index, concern] of CONCERNS.entries()) {
    expect(weightOf([concern])).toBeGreaterThan(weightOf(CONCERNS.slice(index + 1)));
  }
});

test('the order is total, so that every page begins where the one before ended', () => {
  const place = fc.record({
    weight: fc.nat(3),
    at: fc.nat(3).map((second) => T.Instant.fromEpochMilliseconds(second * 1000)),
    id: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(
    fc.property(place, place, place, (a, b, c) => {
      expect(Math.sign(byPlace(a, b)) + Math.sign(byPlace(b, a))).toBe(0);
      expect(byPlace(a, b) === 0).toBe(a.weight === b.weight && a.at.equals(b.at) && a.id === b.id);
      if (byPlace(a, b) <= 0 && byPlace(b, c) <= 0) expect(byPlace(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
