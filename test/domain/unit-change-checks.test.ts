import { describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import type { Organisation, Person } from '#domain/organisation.ts';
import { ancestors } from '#domain/organisation-tree.ts';
import { T } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { demandTaker, demandUnitChange, withoutGone } from '#domain/unit-change-checks.ts';
import { organisationAfter, planOf } from '#domain/unit-plan.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const on = '2026-12-01';
const fresh = (id: string) => ({ id, name: id, phone: '1', email: null, nameIsNeutral: true, postalCodes: [] });
const open = (like: string): UnitChange => ({ what: 'open', on, like, unit: { ...fresh('ny'), ages: null } });
type Split = Extract<UnitChange, { what: 'split' }>;
const split = (unit: string): UnitChange => {
  const here = [...organisation.people.values()].filter(({ roles }) => roles.some((held) => held.unit === unit));
  const parts = [
    { ...fresh('ny-a'), ages: [0, 6] as [number, number], people: here.slice(1).map(({ id }) => id) },
    { ...fresh('ny-b'), ages: [7, 150] as [number, number], people: here.slice(0, 1).map(({ id }) => id) },
  ];
  return { what: 'split', on, unit, by: 'age', main: 'ny-a', parts };
};
const day = (text: string) => T.PlainDate.from(text);
const refused = (act: () => void): string | null => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.fields.map(({ path, code }) => `${path} ${code}`).join();
  }
  return null;
};
const refusal = (change: UnitChange): string | null =>
  refused(() => demandUnitChange(change, organisation, { changing: [], today: day('2026-11-10') }));

test.each([
  ['a second central intake', open('central-intake'), 'change.like only-one'],
  ['a second duty unit', open('dognvagten'), 'change.like only-one'],
  ['the central intake in two', split('central-intake'), 'change.unit only-one'],
  ['the duty unit in two', split('dognvagten'), 'change.unit only-one'],
])('refused: %s', (_name, change, why) => expect(refusal(change)).toBe(why));

describe('somebody of a unit that is split', () => {
  const id = 'intake-bbu-valby';
  const { parts, ...rest } = split('bbu-valby') as Split;
  const others = parts.flatMap(({ people }) => people).filter((one) => one !== id);
  const change: Split = {
    ...rest,
    parts: parts.map((part) => ({ ...part, people: part.id === 'ny-b' ? [id] : others })),
  };
  const as = (is: Partial<Person>): Organisation => ({
    ...organisation,
    people: new Map([...organisation.people, [id, { ...(organisation.people.get(id) ?? expect.fail()), ...is }]]),
  });
  const said = (all: Organisation, asked: UnitChange = change) =>
    refused(() => demandUnitChange(asked, all, { changing: [], today: day('2026-11-10') }));

  test('who could take a case there once, and now cannot, is not enough for a part', () => {
    const here = { unit: 'bbu-valby', validity: { from: null, until: null } };
    const was = { ...here, role: 'intake', validity: { from: null, until: day('2026-01-01') } } as const;
    expect(said(as({ roles: [was, { ...here, role: 'intake' }] }))).toBeNull();
    expect(said(as({ roles: [was, { ...here, role: 'staff' }] }))).toBe('change.parts.people part-without-people');
  });

  test('who has left before its day is passed over, as long as each part has somebody', () => {
    const left = as({ validity: { from: null, until: day('2026-11-20') } });
    expect(said(left)).toBe('change.parts.people not-in-unit');
    expect(said(left, withoutGone(change, left))).toBe('change.parts.people part-without-people');
    const two = {
      ...change,
      parts: parts.map((part) => ({ ...part, people: part.id === 'ny-b' ? [id, 'caseworker-bbu-valby'] : [] })),
    };
    expect([said(left, two), said(left, withoutGone(two, left))]).toEqual(['change.parts.people not-in-unit', null]);
  });
});

test('a unit may not close into one that lies below its other units, but into one right below it', () => {
  const into = (taker: string, parents: Record<string, string>): string | null => {
    const units = new Map(organisation.units);
    for (const [id, parent] of Object.entries(parents)) {
      units.set(id, { ...(units.get(id) ?? expect.fail()), parent });
    }
    const before = { ...organisation, units };
    const plan = planOf({ what: 'close', on, unit: 'bbu-valby', into: taker }, before);
    const after = organisationAfter(before, plan);
    const above = ancestors(after, taker).map(({ id }) => id);
    return refused(() => demandTaker(plan, after)) ?? above.join(' ');
  };
  const below = { 'bbu-vesterbro': 'bbu-valby', 'bbu-bhv': 'bbu-vesterbro' };
  expect(into('bbu-bhv', below)).toBe('change.into below-closing');
  expect(into('bbu-vesterbro', below)).toBe('bbu');
});

test('one that takes over from all above it hangs below what goes on', () => {
  const units = new Map(organisation.units);
  const under = (id: string, parent: string) => units.set(id, { ...(units.get(id) ?? expect.fail()), parent });
  under('bbu-vesterbro', 'bbu-valby');
  under('bbu-bhv', 'bbu-vesterbro');
  const before = { ...organisation, units };
  const change = { what: 'merge', on, units: ['bbu-valby', 'bbu-vesterbro'], into: 'bbu-bhv', unit: null } as const;
  const plan = planOf({ ...change, units: [...change.units] }, before);
  const after = organisationAfter(before, plan);
  expect(refused(() => demandTaker(plan, after))).toBeNull();
  expect(after.units.get('bbu-bhv')?.parent).toBe('bbu');
});

test('a role that ends at the unit that takes over goes on from there with what comes along', () => {
  const id = 'caseworker-bbu-valby';
  const person = organisation.people.get(id) ?? expect.fail();
  const spell = (unit: string, from: string | null, until: string | null) => ({
    role: 'caseworker' as const,
    unit,
    validity: { from: from ? day(from) : null, until: until ? day(until) : null },
  });
  const roles = [spell('bbu-valby', null, null), spell('bbu-vesterbro', null, '2027-01-01')];
  const before = { ...organisation, people: new Map([...organisation.people, [id, { ...person, roles }]]) };
  const plan = planOf({ what: 'close', on, unit: 'bbu-valby', into: 'bbu-vesterbro' }, before);
  const after = organisationAfter(before, plan).people.get(id)?.roles ?? [];
  const said = after.map(({ unit, validity: { from, until } }) => `${unit} ${from ?? ''}/${until ?? ''}`);
  expect(said.toSorted()).toEqual(['bbu-valby /2026-12-01', 'bbu-vesterbro /2027-01-01', 'bbu-vesterbro 2027-01-01/']);
});

test('another unit of any other kind is no matter, nor an intake that takes no notifications', () => {
  expect(refusal(open('bbu-valby'))).toBeNull();
  expect(refusal(open('buf-modtagelse'))).toBeNull();
  expect(refusal({ what: 'close', on, unit: 'bbu-valby', into: 'bbu-vesterbro' })).toBeNull();
});
