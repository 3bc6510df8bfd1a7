import { describe, expect, test } from 'vitest';
import { withoutBarred } from '#domain/conflict.ts';
import type { Organisation, Person } from '#domain/organisation.ts';
import { organisationWith } from '#domain/person-change.ts';
import { seesTasksOf, taskPerson } from '#domain/task-person.ts';
import { TASK_KINDS, type TaskKind } from '#domain/tasks.ts';
import { T } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { world } from '#test/support/referral.ts';

const DAY = T.PlainDate.from('2026-11-03');
const training = trainingOrganisation();
const UNIT = 'bbu-norrebro';

/** The training municipality in which these people are away, with these standing in or nobody. */
const without = (away: Readonly<Record<string, string | null>>): Organisation => {
  const change = (person: Person): Person => {
    const substitute = away[person.id];
    if (substitute === undefined) return person;
    return { ...person, substitute: null, absences: [{ from: DAY, until: null, substitute }] };
  };
  return { ...training, people: new Map([...training.people].map(([id, person]) => [id, change(person)])) };
};
const ask = (kind: TaskKind, organisation = training, more: { handlerId?: string; except?: string[] } = {}): string => {
  const { handlerId = null, ...rest } = more;
  return taskPerson({ kind, unit: UNIT, handlerId, ...rest }, organisation, DAY);
};

describe('a letter', () => {
  test('goes to whoever has the case, else to the intake', () => {
    expect(ask('letter', training, { handlerId: `caseworker-${UNIT}` })).toBe(`caseworker-${UNIT}`);
    expect(ask('letter')).toBe(`intake-${UNIT}`);
  });

  test('not to one who has the case and works elsewhere now', () => {
    const handlerId = `caseworker-${UNIT}`;
    const moves = { what: 'person-moves', on: '2026-11-03', person: handlerId, unit: 'bbu-valby' } as const;
    const after = organisationWith(training, { ...moves, roles: ['caseworker'] });
    expect(ask('letter', after, { handlerId })).toBe(`intake-${UNIT}`);
  });

  test('when they are away to whoever stands in, else to the next', () => {
    const handlerId = `caseworker-${UNIT}`;
    const standIn = without({ [handlerId]: `professional-coordinator-${UNIT}` });
    expect(ask('letter', standIn, { handlerId })).toBe(`professional-coordinator-${UNIT}`);
    expect(ask('letter', without({ [handlerId]: null }), { handlerId })).toBe(`intake-${UNIT}`);
    const nobody = without({ [handlerId]: null, [`intake-${UNIT}`]: null });
    expect(ask('letter', nobody, { handlerId })).toBe(`team-leader-${UNIT}`);
  });
});

test('what a mail could not tell goes to the leader, never to whom it could not reach', () => {
  expect(ask('undelivered-mail')).toBe(`team-leader-${UNIT}`);
  expect(ask('undelivered-mail', training, { except: [`team-leader-${UNIT}`] })).not.toBe(`team-leader-${UNIT}`);
});

describe('somebody’s reading', () => {
  const askAbout = (except: string, organisation = training): string => {
    const unit = training.people.get(except)?.unit ?? '';
    return taskPerson({ kind: 'unusual-reading', unit, handlerId: null, except: [except] }, organisation, DAY);
  };
  const rolesOf = (id: string) => training.people.get(id)?.roles.map(({ role }) => role) ?? [];

  test('is asked about by who leads them, never by whom they lead', () => {
    expect(askAbout(`caseworker-${UNIT}`)).toBe(`team-leader-${UNIT}`);
    expect(askAbout(`team-leader-${UNIT}`)).toBe('area-manager-bbu');
    expect(askAbout('area-manager-bbu')).toBe('centre-director-bbu');
    expect(askAbout('centre-director-bbu')).toBe('director-sof-stab');
    expect(askAbout('intake-modtagelsen')).not.toBe('intake-modtagelsen');
  });

  test('a director’s by another director, and never by a clerk', () => {
    expect(askAbout('director-sof-stab')).toBe('director-buf-fagligt-center');
    const alone = without({ 'director-buf-fagligt-center': null });
    expect(rolesOf(askAbout('director-sof-stab', alone))).toContain('administrator');
    const onlyThem = without(
      Object.fromEntries(
        [...training.people.keys()].filter((id) => id !== 'director-sof-stab').map((id) => [id, null]),
      ),
    );
    expect(askAbout('director-sof-stab', onlyThem)).toBe('director-buf-fagligt-center');
  });

  test.each([...training.people.keys()])('%s: somebody who leads, or an administrator; whoever is away', (id) => {
    const away = without(Object.fromEntries([...training.people.keys()].map((one) => [one, null])));
    for (const organisation of [training, away]) {
      const person = askAbout(id, organisation);
      expect(person).not.toBe(id);
      const leads = ['team-leader', 'area-manager', 'centre-director', 'director', 'administrator'];
      expect(
        rolesOf(person).some((role) => leads.includes(role)),
        person,
      ).toBe(true);
    }
  });
});

test('an address that keeps failing goes to an administrator', () => {
  expect(training.people.get(ask('failing-address'))?.roles.map(({ role }) => role)).toContain('administrator');
});

test.each(Object.keys(TASK_KINDS) as TaskKind[])('%s is never nobody’s, in any unit, with everybody away', (kind) => {
  const away = without(Object.fromEntries([...training.people.keys()].map((id) => [id, null])));
  for (const unit of training.units.keys()) {
    for (const organisation of [training, away]) {
      const person = taskPerson({ kind, unit, handlerId: null, except: ['x'] }, organisation, DAY);
      expect(training.people.has(person), unit).toBe(true);
    }
  }
});

test('one sees one’s own, and those of whom one stands in for, through the chain', () => {
  const chain = without({
    [`caseworker-${UNIT}`]: `intake-${UNIT}`,
    [`intake-${UNIT}`]: `team-leader-${UNIT}`,
  });
  expect([...seesTasksOf(`team-leader-${UNIT}`, chain, DAY)].sort()).toEqual([
    `caseworker-${UNIT}`,
    `intake-${UNIT}`,
    `team-leader-${UNIT}`,
  ]);
  expect(seesTasksOf(`intake-${UNIT}`, chain, DAY)).toEqual([`intake-${UNIT}`]);
});

test('whether a colleague is related to a child, only leaders are asked, there or away', () => {
  const [unit, leader, above] = [UNIT, `team-leader-${UNIT}`, 'area-manager-bbu'];
  const of = (except: string[], organisation = training): string =>
    taskPerson({ kind: 'related-colleague', unit, handlerId: `caseworker-${UNIT}`, except }, organisation, DAY);
  expect(of([`caseworker-${UNIT}`])).toBe(leader);
  expect(of([`caseworker-${UNIT}`, leader])).toBe(above);
  const away = without(Object.fromEntries([...training.people.keys()].map((id) => [id, null])));
  expect(of([leader], away)).toBe(above);
});

test('of a case that is there for one person, whatever it is that one', () => {
  const named = 'caseworker-bbu-valby';
  const barred = [...training.people.keys()].filter((id) => id !== named);
  const { organisation } = withoutBarred(world, barred, DAY);
  for (const kind of ['letter', 'undelivered-mail', 'failing-address', 'refused-file', 'held-file'] as const) {
    expect(ask(kind, organisation), kind).toBe(named);
  }
});

test('what a leader did to whom a case is open to goes to whoever leads them, whoever else must not have it', () => {
  const leader = `team-leader-${UNIT}`;
  const of = (aboutPerson: string, except: string[] = []): string =>
    taskPerson(
      { kind: 'restricted-case', unit: UNIT, handlerId: null, aboutPerson, except: [aboutPerson, ...except] },
      training,
      DAY,
    );
  expect(of(leader)).toBe('area-manager-bbu');
  expect(of(leader, ['area-manager-bbu'])).toBe('centre-director-bbu');
  expect(of('area-manager-bbu')).toBe('centre-director-bbu');
  // Who is related leads above them, and is not whom it is about: those between are asked all the same.
  expect(of(leader, ['centre-director-bbu'])).toBe('area-manager-bbu');
});
