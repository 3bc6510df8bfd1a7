import { expect, test } from 'vitest';
import { type ActingFacts, actsNow } from '#domain/acting.ts';
import { deliveredWorld } from '#domain/regulations.ts';
import { instant } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const world = deliveredWorld(trainingOrganisation());
const acts = (at: string, rest: Partial<ActingFacts> = {}) => {
  const when = instant(at);
  const { unit, as, rule } = actsNow(
    {
      responsible: 'bbu-norrebro',
      acute: false,
      assessed: false,
      assessBy: when.add({ hours: 24 }),
      at: when,
      ...rest,
    },
    world,
  );
  return [unit, as, rule];
};
const duty = (as: string, rule: string) => ['dognvagten', as, rule];
const OWNER = ['bbu-norrebro', 'owner', null];

test.each([
  ['Tuesday 10:00', '2026-11-03T10:00:00+01:00', false, OWNER],
  ['Tuesday 10:00, acute', '2026-11-03T10:00:00+01:00', true, OWNER],
  ['one second before opening, acute', '2026-11-03T07:59:59+01:00', true, duty('provisional owner', 'a')],
  ['at opening, acute', '2026-11-03T08:00:00+01:00', true, OWNER],
  ['at closing, acute', '2026-11-03T16:00:00+01:00', true, duty('provisional owner', 'a')],
  ['Friday 13:00, exactly two hours', '2026-11-06T13:00:00+01:00', false, OWNER],
  ['Friday 13:00:01', '2026-11-06T13:00:01+01:00', false, duty('assessment task', 'b')],
  ['Friday 13:30, acute and open', '2026-11-06T13:30:00+01:00', true, OWNER],
  ['Sunday 09:59: an hour and 59 minutes on Monday', '2026-11-08T09:59:00+01:00', false, duty('assessment task', 'b')],
  ['Sunday 10:00: two hours on Monday', '2026-11-08T10:00:00+01:00', false, OWNER],
  ['the spring DST Saturday', '2027-03-27T12:00:00+01:00', false, duty('assessment task', 'b')],
])('%s', (_name, at, acute, expected) => {
  expect(acts(at, { acute })).toEqual(expected);
});

test('what is assessed needs no assessment task, but acute work still moves to the duty unit', () => {
  expect(acts('2026-11-06T18:00:00+01:00', { assessed: true })).toEqual(OWNER);
  expect(acts('2026-11-06T18:00:00+01:00', { assessed: true, acute: true })).toEqual(duty('provisional owner', 'a'));
});

test('registered after the 24 hours: whoever is open assesses at once', () => {
  const assessBy = instant('2026-11-03T09:00:00+01:00');
  expect(acts('2026-11-03T15:59:00+01:00', { assessBy })).toEqual(['bbu-norrebro', 'owner', 'open']);
  expect(acts('2026-11-03T16:00:00+01:00', { assessBy })).toEqual(duty('assessment task', 'open'));
  expect(acts('2026-11-03T09:00:00+01:00', { assessBy })).toEqual(['bbu-norrebro', 'owner', 'open']);
});

test('nobody stands in for the duty unit', () => {
  const responsible = 'dognvagten';
  expect(acts('2026-11-08T02:00:00+01:00', { responsible, acute: true })).toEqual([responsible, 'owner', null]);
});

test('asked again at a closing, what is left of the 24 hours decides', () => {
  const assessBy = instant('2026-11-04T10:00:00+01:00');
  expect(acts('2026-11-03T16:00:00+01:00', { assessBy })).toEqual(OWNER);
  expect(acts('2026-11-03T16:00:00+01:00', { assessBy: assessBy.subtract({ minutes: 1 }) })).toEqual(
    duty('assessment task', 'b'),
  );
});
