import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AGE, bandOf, LEFT, shownCount, shownPart, shownTotal } from '#domain/figures.ts';

test.each([
  [0, false, 0],
  [1, false, null],
  [4, false, null],
  [5, false, 5],
  [1, true, 1],
])('%i, of one’s own %o: %o', (count, own, shown) => {
  expect(shownCount(count, own)).toBe(shown);
});

test.each([
  [0, 3, false, null],
  [0, 6, false, 0],
  [6, 6, false, 6],
  [5, 6, false, null],
  [5, 10, false, 5],
  [1, 2, true, 1],
])('%i of %i, of one’s own %o: %o', (part, whole, own, shown) => {
  expect(shownPart(part, whole, own)).toBe(shown);
});

test('no total tells a suppressed count by subtraction', () => {
  const cell = fc.record({ count: fc.nat(8), own: fc.boolean() });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 8 }), (cells) => {
      const total = shownTotal(cells);
      if (total === null) return;
      const hidden = cells.filter(({ count, own }) => shownCount(count, own) === null);
      const told = cells.reduce((sum, { count, own }) => sum + (shownCount(count, own) ?? 0), 0);
      // What is left after subtraction is nothing, or stands for several cells and is itself no small count.
      if (hidden.length > 0) expect(hidden.length > 1 && total - told >= 5).toBe(true);
      else expect(total).toBe(told);
    }),
  );
});

test('a value stands in the first band that it fits, and the last takes the rest', () => {
  const hour = 3_600_000;
  expect([-1, 0, 1, 24 * hour, 24 * hour + 1, 1e12].map((left) => bandOf(LEFT, left))).toEqual([
    'over',
    'over',
    'day',
    'day',
    'three-days',
    'later',
  ]);
  expect([0, 8 * 24 * hour, 28 * 24 * hour, 29 * 24 * hour].map((age) => bandOf(AGE, age))).toEqual([
    'week',
    'two-weeks',
    'four-weeks',
    'older',
  ]);
});
