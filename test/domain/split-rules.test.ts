import { describe, expect, test } from 'vitest';
import type { MatrixRow, Organisation } from '#domain/organisation.ts';
import { route } from '#domain/routing.ts';
import type { RoutingInput } from '#domain/routing-facts.ts';
import { matrixAfter, needsOf } from '#domain/split-rules.ts';
import { instant, T } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { organisationAfter, planOf } from '#domain/unit-plan.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const on = '2026-12-01';
const VESTERBRO = 'bbu-vesterbro';
const day = (text: string) => T.PlainDate.from(text);
const training = trainingOrganisation();
const row = (id: string, more: Partial<MatrixRow> = {}): MatrixRow => ({
  id,
  need: id,
  needEn: null,
  ages: null,
  unit: VESTERBRO,
  basis: '§ 11',
  validity: { from: null, until: null },
  change: null,
  endedBy: null,
  precedent: null,
  ...more,
});
const organisation: Organisation = { ...training, matrix: [...training.matrix, row('home-help'), row('mentor')] };
const part = (id: string, from: number, to: number) => ({
  ...{ id, name: id, phone: '1', email: null, nameIsNeutral: true },
  ...{ postalCodes: [{ from, to }], ages: null, people: [] },
});
const split = (rows?: { need: string; part: string | null }[]): UnitChange => ({
  ...{ what: 'split', on, unit: VESTERBRO, by: 'area', main: 'by' },
  parts: [part('by', 1500, 1799), part('syd', 2450, 2450)],
  ...(rows ? { rows } : {}),
});
const splitUp = (rows?: { need: string; part: string | null }[]): Organisation => {
  const plan = planOf(split(rows), organisation);
  return { ...organisationAfter(organisation, plan), matrix: matrixAfter(organisation.matrix, plan, 'change') };
};
const unitFor = (all: Organisation, need: string, postalCode: string | null, when = '2026-12-02'): string => {
  const child = { postalCode, age: 8, institution: null };
  const facts: RoutingInput = {
    ...{ matter: 'notification', child, senderUnit: null, need, known: null },
    at: instant(`${when}T10:00:00+01:00`),
  };
  return route(facts, all).unit;
};

describe('rows of the matrix that name a unit which was split', () => {
  test.each([
    ['a child of the other part', '2450', 'syd'],
    ['a child of the main part', '1650', 'by'],
    ['a child from elsewhere in town, whom the rule gives to no part', '2200', 'by'],
    ['a child without an address', null, 'by'],
  ])('by the rule, child by child: %s', (_name, code, unit) => {
    expect(unitFor(splitUp(), 'home-help', code)).toBe(unit);
    expect(unitFor(splitUp(), 'home-help', code, '2026-11-30')).toBe(VESTERBRO);
  });

  test('one that is given to a part goes there, whatever the address, from the day; the others do not', () => {
    const given = splitUp([
      { need: 'home-help', part: 'syd' },
      { need: 'mentor', part: null },
    ]);
    expect(unitFor(given, 'home-help', '1650')).toBe('syd');
    expect(unitFor(given, 'home-help', '1650', '2026-11-30')).toBe(VESTERBRO);
    expect(unitFor(given, 'mentor', '1650')).toBe('by');
    const rows = given.matrix.filter(({ id }) => id === 'home-help');
    expect(rows).toMatchObject([
      { unit: VESTERBRO, validity: { until: day(on) }, change: null, endedBy: 'change' },
      { unit: 'syd', validity: { from: day(on), until: null }, change: 'change', endedBy: null },
    ]);
  });

  test('one that begins later begins at the part; one that is over stays as it was', () => {
    const later = row('mentor', { validity: { from: day('2027-01-01'), until: null } });
    const over = row('mentor', { validity: { from: null, until: day('2026-12-01') } });
    const plan = planOf(split([{ need: 'mentor', part: 'syd' }]), organisation);
    expect(matrixAfter([over, later], plan, 'change')).toEqual([over, { ...later, unit: 'syd', change: 'change' }]);
    expect(needsOf([over, later, row('mentor')], [VESTERBRO], day(on))).toEqual([{ id: 'mentor', need: 'mentor' }]);
  });

  test('what names a unit that came into the split one is shared out, too', () => {
    const merged = organisationAfter(
      organisation,
      planOf({ what: 'close', on: '2026-11-20', unit: 'bbu-valby', into: VESTERBRO }, organisation),
    );
    const ranges = merged.units.get(VESTERBRO)?.postalCodes ?? [];
    const parts = [
      { ...part('by', 0, 0), postalCodes: ranges.filter(({ from }) => from !== 2450) },
      part('syd', 2450, 2450),
    ];
    const change = { ...split(), parts } as UnitChange;
    const all = organisationAfter(merged, planOf(change, merged));
    const valby = { ...all, matrix: [row('home-help', { unit: 'bbu-valby' })] };
    expect([unitFor(valby, 'home-help', '2450'), unitFor(valby, 'home-help', '2500')]).toEqual(['syd', 'by']);
  });
});
