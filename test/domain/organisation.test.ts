import { expect, test } from 'vitest';
import { parseOrganisation } from '#domain/organisation-file.ts';
import {
  ancestors,
  areaOf,
  centralIntake,
  descendants,
  dutyUnit,
  unitOf,
  unitsByPostalCode,
} from '#domain/organisation-tree.ts';
import { T } from '#domain/time.ts';
import { trainingOrganisation, trainingOrganisationText } from '#test/support/organisation.ts';

const text = trainingOrganisationText();
const organisation = trainingOrganisation();
const on = T.PlainDate.from('2026-11-03');

const broken = (from: string | RegExp, to: string) => {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const parsed = parseOrganisation(changed);
  return 'errors' in parsed ? parsed.errors : [];
};
const lineOf = (part: string, from = text): number => from.slice(0, from.indexOf(part)).split('\n').length;

test('reads the training municipality whole', () => {
  expect(organisation.units.size).toBe(33);
  expect(organisation.people.size).toBe(90);
  expect(unitOf(organisation, 'bbu-vesterbro').postalCodes).toEqual([
    { from: 1500, to: 1799 },
    { from: 2450, to: 2450 },
  ]);
  expect(unitOf(organisation, 'dognvagten').hours).toBe('always');
  expect(unitOf(organisation, 'skole-valby').hours).toMatchObject({ 4: [{ from: '08:00', to: '17:00' }] });
  expect(organisation.ladder.map((step) => step.step)).toEqual([1, 2, 3, 4]);
  expect(organisation.people.get('intake-bbu-valby')?.roles).toMatchObject([{ role: 'intake', unit: 'bbu-valby' }]);
});

test('the hours of a unit, else of its kind, else the default', () => {
  const own = text.replace('"duty-unit": "always"', '"bbu-valby": { "sat": ["10:00-12:00"] }, "case-unit": "always"');
  const parsed = parseOrganisation(own);
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  expect(unitOf(parsed.organisation, 'bbu-valby').hours).toEqual({ 6: [{ from: '10:00', to: '12:00' }] });
  expect(unitOf(parsed.organisation, 'bbu-norrebro').hours).toBe('always');
  expect(unitOf(parsed.organisation, 'dognvagten').hours).toMatchObject({ 1: [{ from: '08:00', to: '16:00' }] });
});

test.each([
  ['a parent that is not there', '"parent": "bbu",', '"parent": "bbx",', 'units.1.parent', '"parent": "bbu",'],
  [
    'a department that is not there',
    '"department": "SOF"',
    '"department": "XOF"',
    'units.0.department',
    '"department": "SOF"',
  ],
  ['a unit twice', '"id": "bbu-valby"', '"id": "bbu-norrebro"', 'units.2.id', '"id": "bbu-valby"'],
  ['a code of five digits', '"2500"', '"25000"', 'units.2.postalCodes.0', '"2500"'],
  ['a range that runs backwards', '"1500-1799"', '"1799-1500"', 'units.3.postalCodes.0', '"1500-1799"'],
  ['hours that end before they begin', '"08:00-17:00"', '"18:00-17:00"', 'openingHours.default.thu.0', '"08:00-17:00"'],
  [
    'hours of nobody',
    '"duty-unit": "always"',
    '"night-unit": "always"',
    'openingHours.night-unit',
    '"duty-unit": "always"',
  ],
  ['a closing day that is no day', '"06-05"', '"06-31"', 'closingDays.0', '"06-05"'],
  ['a person of no unit', '"unit": "bbu-norrebro"', '"unit": "nowhere"', 'people.0.unit', '"unit": "bbu-norrebro"'],
  ['a role that is not one', '"caseworker"\n   ],', '"boss"\n   ],', 'people.0.roles.0', '"caseworker"\n   ],'],
  [
    'a substitute that is not there',
    '"substitute": "caseworker-bbu-norrebro"',
    '"substitute": "x"',
    'people.1.substitute',
    '"substitute": "caseworker-bbu-norrebro"',
  ],
  [
    'a row of the matrix for no unit',
    '"unit": "bch",\n   "basis"',
    '"unit": "bcx",\n   "basis"',
    'responsibilityMatrix.1.unit',
    '"unit": "bch",\n   "basis"',
  ],
  [
    'a misspelt key',
    '"postalCodes": [\n    "2200"',
    '"postalcodes": [\n    "2200"',
    'units.1.postalcodes',
    '"postalCodes": [\n    "2200"',
  ],
  ['a key twice', '"code": "0101",', '"code": "0101", "code": "0102",', 'municipality.code', '"code": "0101"'],
])('%s is named by line and field', (_name, from, to, field, at) => {
  const errors = broken(from, to);
  const found = errors.find((error) => error.field === field);
  expect(errors.map((error) => error.field)).toContain(field);
  expect(Math.abs((found?.line ?? 0) - lineOf(at))).toBeLessThanOrEqual(1);
});

test('circles, a missing duty unit and a broken file', () => {
  const circle = broken('"id": "bbu",\n', '"id": "bbu",\n "parent": "bbu-norrebro",\n');
  expect(circle.map((error) => error.field)).toEqual(expect.arrayContaining(['units.0.parent', 'units.1.parent']));
  expect(
    broken('"kind": "duty-unit"', '"kind": "night"')
      .map((error) => error.message)
      .join(),
  ).toContain('duty-unit');
  expect(
    broken('"kind": "duty-unit"', '"kind": "intake"')
      .map((error) => error.message)
      .join(),
  ).toContain('second');
  const [cut, ...more] = broken(/\}\s*$/, '');
  expect([cut?.field, more]).toEqual(['', []]);
  expect(cut?.line).toBeGreaterThan(1600);
  expect(parseOrganisation('')).toHaveProperty('errors');
});

test('the tree', () => {
  expect(ancestors(organisation, 'skole-norrebro').map((unit) => unit.id)).toEqual(['buf-omrade-norrebro-bispebjerg']);
  expect(descendants(organisation, 'bch').map((unit) => unit.id)).toEqual([
    'bch-modtagelsen',
    'bch-bornegruppen',
    'bch-ungegruppen',
  ]);
  expect(unitsByPostalCode(organisation, '2300', on).map((unit) => unit.id)).toEqual([
    'bbu-amager-vest',
    'bbu-amager-ost',
  ]);
  expect(unitsByPostalCode(organisation, '8000', on)).toEqual([]);
  expect(centralIntake(organisation, on).id).toBe('central-intake');
  expect(dutyUnit(organisation, on).id).toBe('dognvagten');
  expect(areaOf(unitOf(organisation, 'buf-omrade-bhv'))).toBe('bhv');
  expect(areaOf(unitOf(organisation, 'buf-omrade-amager'))).toBeNull();
});
