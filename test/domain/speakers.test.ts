import { describe, expect, it, test } from 'vitest';
import type { Organisation, Person } from '#domain/organisation.ts';
import type { Dispute } from '#domain/ownership.ts';
import {
  coordinatorsOf,
  decidersOf,
  mayAgree,
  mayDecide,
  partiesBoundBy,
  speakersFor,
  told,
} from '#domain/speakers.ts';
import { T } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const day = T.PlainDate.from('2026-11-03');
const matter = (
  step: number,
  units: readonly string[],
  acute = false,
): Pick<Dispute, 'acute' | 'step' | 'parties'> => ({
  acute,
  step,
  parties: units.map((unit) => ({ unit, claim: null, whose: null, basis: null })),
});
const changed = (changes: Readonly<Record<string, Partial<Person>>>): Organisation => {
  const people = new Map(organisation.people);
  for (const [id, change] of Object.entries(changes)) {
    const person = people.get(id);
    if (!person) throw new Error(`nobody is ${id}`);
    people.set(id, { ...person, ...change });
  }
  return { ...organisation, people };
};
const away = (substitute: string | null = null): Partial<Person> => ({
  absences: [{ from: T.PlainDate.from('2026-11-02'), until: null, substitute }],
});
const without = (...ids: string[]): Organisation => {
  const people = new Map(organisation.people);
  for (const id of ids) people.delete(id);
  return { ...organisation, people };
};
const speak = (unit: string, step: number, acute = false, over = organisation) =>
  speakersFor(unit, { step, acute }, over, day);

describe('who speaks for a party', () => {
  it.each<[string, number, boolean, string[]]>([
    ['bbu-norrebro', 1, false, ['caseworker-bbu-norrebro', 'intake-bbu-norrebro']],
    ['dognvagten', 1, false, ['duty-officer-dognvagten']],
    ['buf-modtagelse', 1, false, ['intake-buf-modtagelse']],
    ['bbu-norrebro', 2, false, ['team-leader-bbu-norrebro']],
    ['dognvagten', 2, true, ['team-leader-dognvagten', 'duty-officer-dognvagten']],
    // nobody at the unit: its parents, nearest first
    ['bbu-norrebro', 3, false, ['area-manager-bbu', 'centre-director-bbu']],
    ['buf-modtagelse', 3, true, ['centre-director-buf-fagligt-center']],
    // directors serve their whole department
    ['bbu-norrebro', 4, false, ['director-sof-stab']],
    ['buf-modtagelse', 4, false, ['director-buf-fagligt-center']],
    ['bch-modtagelsen', 4, true, ['director-sof-stab']],
  ])('%s at step %i (acute: %s)', (unit, step, acute, expected) => {
    expect(speak(unit, step, acute)).toEqual(expected);
  });

  it('falls to the next step when nobody up the tree holds the role', () => {
    const none = without('team-leader-bbu-norrebro');
    expect(speak('bbu-norrebro', 2, false, none)).toEqual(['area-manager-bbu', 'centre-director-bbu']);
    const fewer = without('intake-buf-modtagelse', 'team-leader-buf-modtagelse', 'centre-director-buf-fagligt-center');
    expect(speak('buf-modtagelse', 1, false, fewer)).toEqual(['director-buf-fagligt-center']);
  });

  it('goes to the substitute of somebody absent, who still holds the role', () => {
    const over = changed({ 'team-leader-bbu-norrebro': away() });
    expect(speak('bbu-norrebro', 2, false, over)).toEqual([
      'professional-coordinator-bbu-norrebro',
      'team-leader-bbu-norrebro',
    ]);
  });

  it('looks further when the only holder is absent and nobody stands in', () => {
    const over = changed({ 'team-leader-dognvagten': away(), 'duty-officer-dognvagten': away() });
    expect(speak('dognvagten', 2, true, over)).toEqual(['area-manager-bbu', 'centre-director-bbu']);
  });
});

describe('agreeing', () => {
  const both = ['bbu-norrebro', 'bbu-valby'];
  it('one holder binds their own party', () => {
    const bound = partiesBoundBy('team-leader-bbu-norrebro', matter(2, both), organisation, day);
    expect(bound).toEqual(['bbu-norrebro']);
    expect(mayAgree('team-leader-bbu-norrebro', matter(1, both), organisation, day)).toBe(false);
  });

  it('whoever is found for every party speaks for all of them', () => {
    expect(partiesBoundBy('area-manager-bbu', matter(3, both), organisation, day)).toEqual(both);
    const across = matter(3, ['bbu-norrebro', 'bch-modtagelsen']);
    expect(partiesBoundBy('area-manager-bbu', across, organisation, day)).toEqual(['bbu-norrebro']);
  });
});

describe('deciding', () => {
  const across = ['bch-modtagelsen', 'buf-modtagelse'];
  it.each<[number, boolean, string[], string[]]>([
    [1, false, across, []],
    [2, false, across, ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center']],
    [2, true, across, ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center']],
    [3, false, ['bbu-norrebro', 'bbu-valby'], ['buf-sof-coordinator-sof-stab']],
    [4, false, across, ['director-sof-stab', 'director-buf-fagligt-center']],
    [4, true, ['bbu-norrebro'], ['director-sof-stab']],
  ])('at step %i (acute: %s) between %j', (step, acute, units, expected) => {
    expect(decidersOf(matter(step, units, acute), organisation, day).toSorted()).toEqual(expected.toSorted());
  });

  it('is for any one holder in a party department, nobody else', () => {
    const inside = matter(2, ['bbu-norrebro', 'bbu-valby']);
    expect(mayDecide('buf-sof-coordinator-sof-stab', inside, organisation, day)).toBe(true);
    expect(mayDecide('buf-sof-coordinator-buf-fagligt-center', inside, organisation, day)).toBe(false);
    expect(mayDecide('team-leader-bbu-norrebro', inside, organisation, day)).toBe(false);
  });

  it('coordinators follow from the first minute, at every step', () => {
    expect(coordinatorsOf(matter(1, across), organisation, day)).toHaveLength(2);
  });
});

describe('who is told of a step', () => {
  it('those who may agree or decide at it, on every side, each once', () => {
    const people = told(matter(2, ['bbu-norrebro', 'buf-modtagelse']), organisation, day);
    expect(people).toEqual(
      [
        'team-leader-bbu-norrebro',
        'team-leader-buf-modtagelse',
        'buf-sof-coordinator-sof-stab',
        'buf-sof-coordinator-buf-fagligt-center',
      ].map((person) => ({ person })),
    );
    expect(told(matter(4, ['bbu-norrebro', 'bbu-valby']), organisation, day)).toEqual([
      { person: 'director-sof-stab' },
    ]);
  });

  it('somebody absent is not told, who stands in is', () => {
    const over = changed({ 'team-leader-bbu-norrebro': away() });
    expect(told(matter(2, ['bbu-norrebro'], true), over, day)).toContainEqual({
      person: 'professional-coordinator-bbu-norrebro',
    });
    expect(told(matter(2, ['bbu-norrebro'], true), over, day)).not.toContainEqual({
      person: 'team-leader-bbu-norrebro',
    });
  });
});

test('a side without anybody at all is told at its unit', () => {
  const empty: Organisation = { ...organisation, people: new Map() };
  expect(told(matter(4, ['bbu-norrebro']), empty, day)).toEqual([{ unit: 'bbu-norrebro' }]);
});

test('a unit that has closed is spoken for at its successor', () => {
  const units = new Map(organisation.units);
  const valby = units.get('bbu-valby');
  if (!valby) throw new Error('no bbu-valby');
  const validity = { from: null, until: T.PlainDate.from('2026-11-01') };
  units.set('bbu-valby', { ...valby, validity, successor: 'bbu-vesterbro' });
  expect(speak('bbu-valby', 2, false, { ...organisation, units })).toEqual(['team-leader-bbu-vesterbro']);
});
