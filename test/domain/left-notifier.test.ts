import { expect, test } from 'vitest';
import { leftOf, toldInPlaceOf } from '#domain/left-notifier.ts';
import type { Organisation } from '#domain/organisation.ts';
import { organisationWith, type PersonChange } from '#domain/person-change.ts';
import { T } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { organisationAfter, planOf } from '#domain/unit-plan.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const [NORREBRO, VALBY] = ['skole-norrebro', 'skole-valby'];
const person = `notifier-${NORREBRO}`;
const after = T.PlainDate.from('2026-12-02');
const leaves: PersonChange = { what: 'person-leaves', on: '2026-12-01', person, substitute: null };
const inPlace = (all: Organisation, unit: string) => leftOf([unit], all, after).map(({ personId }) => personId);

test('the leader of the institution takes the place of a notifier who has left', () => {
  const all = organisationWith(organisation, leaves);
  expect(inPlace(all, NORREBRO)).toEqual([person]);
  expect(toldInPlaceOf(person, all, after)?.id).toBe(`institution-leader-${NORREBRO}`);
});

test('no leader does of one who had moved before: each would be told of the children of the other institution', () => {
  const moves: PersonChange = { what: 'person-moves', on: '2026-11-15', person, unit: VALBY, roles: ['notifier'] };
  const all = organisationWith(organisationWith(organisation, moves), leaves);
  expect([inPlace(all, NORREBRO), inPlace(all, VALBY)]).toEqual([[], []]);
  expect(toldInPlaceOf(person, all, after)).toBeNull();
  expect(toldInPlaceOf(person, organisationWith(organisation, moves), after)?.id).toBe(person);
});

test('two institutions that became one are one', () => {
  const merge: UnitChange = { what: 'close', on: '2026-11-15', unit: NORREBRO, into: VALBY };
  const merged = organisationAfter(organisation, planOf(merge, organisation));
  const all = organisationWith(merged, leaves);
  expect(inPlace(all, VALBY)).toEqual([person]);
  expect(toldInPlaceOf(person, all, after)?.unit).toBe(VALBY);
});
