import { expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { T } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { demandUnitChange } from '#domain/unit-change-checks.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const on = '2026-12-01';
const fresh = (id: string) => ({ id, name: id, phone: '1', email: null, nameIsNeutral: true, postalCodes: [] });
const open = (like: string): UnitChange => ({ what: 'open', on, like, unit: { ...fresh('ny'), ages: null } });
const split = (unit: string): UnitChange => {
  const here = [...organisation.people.values()].filter(({ roles }) => roles.some((held) => held.unit === unit));
  const parts = [
    { ...fresh('ny-a'), ages: [0, 6] as [number, number], people: here.slice(1).map(({ id }) => id) },
    { ...fresh('ny-b'), ages: [7, 150] as [number, number], people: here.slice(0, 1).map(({ id }) => id) },
  ];
  return { what: 'split', on, unit, by: 'age', main: 'ny-a', parts };
};
const refusal = (change: UnitChange): string | null => {
  try {
    demandUnitChange(change, organisation, { changing: [], today: T.PlainDate.from('2026-11-10') });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.fields.map(({ path, code }) => `${path} ${code}`).join();
  }
  return null;
};

test.each([
  ['a second central intake', open('central-intake'), 'change.like only-one'],
  ['a second duty unit', open('dognvagten'), 'change.like only-one'],
  ['the central intake in two', split('central-intake'), 'change.unit only-one'],
  ['the duty unit in two', split('dognvagten'), 'change.unit only-one'],
])('refused: %s', (_name, change, why) => expect(refusal(change)).toBe(why));

test('another unit of any other kind is no matter, nor an intake that takes no notifications', () => {
  expect(refusal(open('bbu-valby'))).toBeNull();
  expect(refusal(open('buf-modtagelse'))).toBeNull();
  expect(refusal({ what: 'close', on, unit: 'bbu-valby', into: 'bbu-vesterbro' })).toBeNull();
});
