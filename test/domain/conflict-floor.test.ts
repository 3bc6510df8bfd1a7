import { describe, expect, test } from 'vitest';
import { actorOf } from '#domain/actors.ts';
import { handlersAt } from '#domain/colleagues.ts';
import { standAside } from '#domain/conflict.ts';
import { leadersOf, newlyBarred, newlyLacking, type Standing } from '#domain/conflict-floor.ts';
import { can } from '#domain/policy.ts';
import { instant, localDay } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { makeReferral, world } from '#test/support/referral.ts';

const NOW = instant('2026-11-03T10:00:00+01:00');
const DAY = localDay(NOW);
const training = trainingOrganisation();
const UNIT = 'bbu-norrebro';
const ids = (people: readonly { readonly id: string }[]): string[] => people.map(({ id }) => id).toSorted();
const LEADERS = ids(leadersOf(UNIT, training, DAY));
const HANDLERS = ids(handlersAt(training, UNIT, DAY));

const standing = (barred: readonly string[], more: Partial<Standing> = {}): Standing => ({
  ...{ id: 'r', ownerUnit: UNIT, responsibleUnit: UNIT, open: true, restricted: null },
  ...{ assessmentUnit: null, reassessor: null },
  barred,
  ...more,
});
const lacking = (before: readonly string[], after: readonly string[], more: Partial<Standing> = {}) =>
  newlyLacking([standing(before, more)], [standing(after, more)], training, DAY);

test('who leads a unit is exactly who may lift a bar in its cases', () => {
  for (const unit of training.units.keys()) {
    const may = [...training.people.values()].filter((person) => {
      const actor = actorOf(person, training, NOW);
      return actor && can(actor, 'referral.lift-conflict', { ownerUnit: unit });
    });
    expect(ids(leadersOf(unit, training, DAY)), unit).toEqual(ids(may));
  }
});

describe('somebody is always left', () => {
  test('to lead the case: the last leader cannot be barred, whichever of them it is', () => {
    expect(LEADERS).toEqual(['area-manager-bbu', 'centre-director-bbu', `team-leader-${UNIT}`]);
    for (const last of LEADERS) {
      const others = LEADERS.filter((id) => id !== last);
      expect(lacking(others.slice(1), others)).toBeNull();
      expect(lacking(others, LEADERS)).toBe('leader');
    }
  });

  test('to do its work, while it is open', () => {
    const [last = '', ...others] = HANDLERS;
    expect(lacking(others.slice(1), others)).toBeNull();
    expect(lacking(others, [last, ...others])).toBe('handler');
    expect(lacking(others, [last, ...others], { open: false })).toBeNull();
  });

  test('in the owning unit and in the responsible one, which differ by night', () => {
    const night = { ownerUnit: 'dognvagten', responsibleUnit: UNIT };
    const [last = '', ...others] = HANDLERS;
    expect(lacking(others, [last, ...others], night)).toBe('handler');
    const duty = ids(handlersAt(training, 'dognvagten', DAY));
    expect(lacking(duty.slice(1), duty, night)).toBe('handler');
  });

  test('what lacked somebody before does not keep a relative in it', () => {
    expect(lacking(LEADERS, [...LEADERS, `intake-${UNIT}`])).toBeNull();
  });

  test('a case that nobody is barred from is nobody’s matter, and one that came in between counts as having lacked nobody', () => {
    expect(newlyLacking([], [standing([], { ownerUnit: 'sof-stab' })], training, DAY)).toBeNull();
    expect(newlyLacking([], [standing(LEADERS)], training, DAY)).toBe('leader');
  });
});

test('cases that somebody has lost are told from those that nobody has', () => {
  const before = [standing(['a']), standing(['a'], { id: 's' })];
  const after = [standing(['a', 'b']), standing([], { id: 's' }), standing(['a'], { id: 't' })];
  expect(newlyBarred(before, after)).toEqual(['r', 't']);
});

describe('whoever had the case stands aside', () => {
  const barred = [`caseworker-${UNIT}`];
  const had = makeReferral({
    ownerUnit: UNIT,
    responsibleUnit: UNIT,
    status: 'examining',
    handlerId: barred[0] ?? null,
    barred,
  });

  test('for a colleague', () => {
    expect(standAside(had, [], world, NOW).patch.handlerId).toBe(`intake-${UNIT}`);
  });

  test('where the unit has nobody, it waits to be taken, with a clock', () => {
    const people = new Map([...training.people].filter(([id]) => !HANDLERS.includes(id)));
    const empty = { ...world, organisation: { ...training, people } };
    const { patch, facts, start, mails } = standAside(had, [], empty, NOW);
    expect(patch).toEqual({ handlerId: null, acknowledgedAt: null, status: 'received' });
    expect(facts.map(({ kind }) => kind)).toEqual(['left-without-handler', 'clocks-started']);
    expect(start?.map(({ kind }) => kind)).toEqual(['acknowledge']);
    expect(mails).toEqual([{ template: 'referral-received', to: { unit: UNIT }, exempt: had.acute }]);
    const again = { ...had, ...patch } as typeof had;
    expect(standAside(again, [], empty, NOW)).toEqual({ patch: {}, facts: [], passed: [] });
  });
});
