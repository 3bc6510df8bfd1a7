import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import {
  ALIKE,
  closest,
  type DisputeFacts,
  demandImpersonal,
  likeness,
  type Precedent,
  pointsOf,
  precedentForm,
  WEIGHTS,
} from '#domain/precedent.ts';

let made = 0;
const precedent = (more: Partial<Precedent> = {}): Precedent => {
  made += 1;
  return {
    id: `p${String(made).padStart(3, '0')}`,
    need: null,
    needText: 'Hjælp i hjemmet',
    ages: { from: 0, to: 5 },
    units: ['bch-modtagelsen', 'buf-modtagelse'],
    outcome: 'bbu-norrebro',
    basis: 'barnets lov § 32',
    reason: 'Kort',
    writtenAt: '2026-11-10T10:00:00.000Z',
    ...more,
  };
};
const facts = (more: Partial<DisputeFacts> = {}): DisputeFacts => ({
  need: null,
  age: 1,
  units: ['bch-modtagelsen', 'buf-modtagelse'],
  bases: ['§ 32'],
  ...more,
});

describe('in what a decision is like a dispute', () => {
  test.each([
    ['units, age and paragraph', facts(), 7],
    ['no need is no likeness', facts({ units: [], bases: [], age: null }), 0],
    ['another paragraph', facts({ bases: ['§ 321', 'dagtilbudsloven'] }), 6],
    ['a letter makes it another paragraph', facts({ bases: ['§ 32 a'] }), 6],
    ['outside the ages', facts({ age: 6 }), 5],
    ['one unit, and the age', facts({ units: ['buf-modtagelse'], bases: [] }), 4],
    ['the unit that it came to counts like a party', facts({ units: ['bbu-norrebro'], bases: [], age: null }), 2],
  ])('%s', (_name, of, points) => expect(pointsOf(likeness(precedent(), of))).toBe(points));

  test('the same need outweighs everything else together', () => {
    const { need, unit, age, basis } = WEIGHTS;
    expect(need).toBeGreaterThan(2 * unit + age + basis);
    expect(2 * unit).toBeGreaterThan(age + basis);
  });
});

const anyPrecedent = fc
  .record({
    need: fc.constantFrom(null, 'school-place', 'equipment'),
    ages: fc.constantFrom(null, { from: 0, to: 5 }, { from: 6, to: 17 }),
    units: fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }),
    outcome: fc.constantFrom('a', 'b', 'c', 'd'),
    basis: fc.constantFrom('§ 32', '§ 20', 'politik'),
    writtenAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'),
  })
  .map((more) => precedent(more));
const anyFacts = fc.record({
  need: fc.constantFrom(null, 'school-place', 'equipment'),
  age: fc.constantFrom(null, 0, 5, 9, 40),
  units: fc.subarray(['a', 'b', 'c', 'd']),
  bases: fc.subarray(['§ 32', 'barnets lov § 20', 'Politik']),
});

test('the order depends on nothing but the decisions, and none that is shown is less alike than one that is not', () => {
  fc.assert(
    fc.property(fc.array(anyPrecedent, { maxLength: 12 }), anyFacts, (all, of) => {
      const shown = closest(all, of, 3);
      expect(closest(all.toReversed(), of, 3)).toEqual(shown);
      const points = shown.map((one) => one.points);
      expect(points).toEqual(points.toSorted((a, b) => b - a));
      const rest = all.filter((one) => !shown.some((other) => other.precedent === one));
      const least = shown.length === 3 ? (points.at(-1) ?? 0) : ALIKE - 1;
      for (const one of rest) expect(pointsOf(likeness(one, of))).toBeLessThanOrEqual(Math.max(least, ALIKE - 1));
    }),
  );
});

test('what looks like personal data is refused by its field, all of them at once', () => {
  const form = precedentForm.parse({
    need: null,
    needText: 'Hjælp til Elias',
    ages: null,
    units: ['a'],
    outcome: 'b',
    basis: '§ 32',
    reason: 'Ring 12345678',
  });
  const refused = (() => {
    try {
      return demandImpersonal(form, ['Elias Mørkholt']);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(DomainError);
  const { fields } = refused as DomainError;
  expect(fields.map(({ path, code }) => [path, code])).toEqual([
    ['needText', 'names-somebody'],
    ['reason', 'looks-like-phone'],
  ]);
  // What was typed is never repeated.
  expect(JSON.stringify(fields)).not.toMatch(/Elias|12345678/);
});
