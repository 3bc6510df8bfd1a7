import { describe, expect, test } from 'vitest';
import type { DomainError } from '#domain/errors.ts';
import type { Organisation, Person, Role } from '#domain/organisation.ts';
import { onItsDay, organisationWith, type PersonChange } from '#domain/person-change.ts';
import { demandPersonChange, mayDecideAlone } from '#domain/person-change-checks.ts';
import { T } from '#domain/time.ts';
import { whyGone } from '#domain/unattended.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { organisationAfter, planOf } from '#domain/unit-plan.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const on = '2026-12-01';
const day = (text: string) => T.PlainDate.from(text);
const VALBY = 'bbu-valby';
const who = `caseworker-${VALBY}`;
const roles = (...all: Role[]): PersonChange => ({
  what: 'person-roles',
  on,
  person: who,
  roles: all,
});
const withPerson = (id: string, change: (was: Person) => Partial<Person>): Organisation => {
  const was = organisation.people.get(id) ?? expect.fail();
  return { ...organisation, people: new Map([...organisation.people, [id, { ...was, ...change(was) }]]) };
};

describe('four eyes where a role that reaches beyond a unit comes or goes, on the day or later', () => {
  const until = day('2026-12-31');
  const held = (validity: Person['roles'][number]['validity']) =>
    withPerson(who, (was) => ({ roles: [...was.roles, { role: 'administrator', unit: VALBY, validity }] }));

  test('one that ends is not made to last, one that is to come is not taken away', () => {
    const ends = held({ from: null, until });
    const comes = held({ from: until, until: null });
    expect(mayDecideAlone(roles('caseworker', 'administrator'), ends)).toBe(false);
    expect(mayDecideAlone(roles('caseworker', 'intake'), comes)).toBe(false);
    expect(mayDecideAlone(roles('caseworker', 'administrator', 'intake'), held({ from: null, until: null }))).toBe(
      true,
    );
  });

  test.each(['administrator', 'area-manager', 'buf-sof-coordinator', 'centre-director', 'director'] as const)(
    '%s',
    (role) => expect(mayDecideAlone(roles('caseworker', role), organisation)).toBe(false),
  );

  test('the substitute of the substitute of a director leaves: what the director has falls to another', () => {
    const director = [...organisation.people.values()].find((one) => one.roles.some(({ role }) => role === 'director'));
    const between = `team-leader-${VALBY}`;
    const chained = { ...withPerson(between, () => ({ substitute: who })) };
    const leaves: PersonChange = { what: 'person-leaves', on, person: who, substitute: `intake-${VALBY}` };
    expect(mayDecideAlone(leaves, chained)).toBe(true);
    const id = director?.id ?? expect.fail();
    const people = new Map([...chained.people, [id, { ...director, substitute: between } as Person]]);
    expect(mayDecideAlone(leaves, { ...chained, people })).toBe(false);
  });
});

test('nobody joins with the mail of somebody who works here: it would let neither in', () => {
  const email = organisation.people.get(who)?.email.toUpperCase() ?? expect.fail();
  const joins: PersonChange = {
    what: 'person-joins',
    on,
    person: 'ny',
    title: 'Ny',
    email,
    phone: '1',
    unit: VALBY,
    roles: ['caseworker'],
    substitute: null,
  };
  const refusal = (all: Organisation): string | null => {
    try {
      demandPersonChange(joins, all, { changing: [], today: day('2026-11-10') });
    } catch (error) {
      return (error as DomainError).fields.map(({ path, code }) => `${path} ${code}`).join();
    }
    return null;
  };
  expect(refusal(organisation)).toBe('change.email known-already');
  expect(refusal(withPerson(who, () => ({ validity: { from: null, until: day('2026-12-01') } })))).toBeNull();
});

test('whoever may have no case in hand there any more is not left with one', () => {
  const after = organisationWith(organisation, roles('staff'));
  expect(whyGone(who, VALBY, after, day('2026-11-30'))).toBeNull();
  expect(whyGone(who, VALBY, after, day(on))).toBe('moved');
  expect(whyGone(who, VALBY, organisationWith(organisation, roles('team-leader')), day(on))).toBeNull();
});

test('a move and a merger at the same midnight come to the same, in either order', () => {
  const unit = { id: 'ny', name: 'Ny', phone: '1', email: null, nameIsNeutral: true };
  const merge: UnitChange = { what: 'merge', on, units: ['bbu-norrebro', 'bbu-bhv'], into: null, unit };
  const merged = (before: Organisation) => organisationAfter(before, planOf(merge, before));
  for (const person of [who, 'caseworker-bbu-bhv']) {
    const moves: PersonChange = { what: 'person-moves', on, person, unit: 'bbu-norrebro', roles: ['intake'] };
    const moved = (before: Organisation) => organisationWith(before, onItsDay(moves, before));
    const seen = [merged(moved(organisation)), moved(merged(organisation))].map(({ people }) => {
      const { unit: own, roles: all } = people.get(person) ?? expect.fail();
      const held = all.filter(({ validity }) => validity.until === null);
      return { own, held: held.map(({ role, unit: at, validity }) => `${role} ${at} ${validity.from}`) };
    });
    expect(seen[0]).toEqual({ own: 'ny', held: [`intake ny ${on}`] });
    expect(seen[1]).toEqual(seen[0]);
  }
});
