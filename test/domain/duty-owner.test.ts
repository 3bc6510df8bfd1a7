import { expect, test } from 'vitest';
import { alarmMails } from '#domain/alarm-mails.ts';
import { close, reopen } from '#domain/case-ending.ts';
import { startClock } from '#domain/deadlines.ts';
import { feedbackClocks } from '#domain/feedback-duty.ts';
import { acceptHandover } from '#domain/handover-answer.ts';
import type { Organisation, Person } from '#domain/organisation.ts';
import { instant, T } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { assessedReferral, ended, RECEIVED, runningClock, world } from '#test/support/referral.ts';

/*
 * The duty to give feedback outlives closing, hand-over and whoever had the case: it follows ownership, and somebody is
 * told of it at every alarm.
 */
const NOW = instant('2026-11-05T10:00:00+01:00');
const duty = runningClock('feedback', RECEIVED, { subjectId: 'd' });
const decided = assessedReferral({ status: 'decided', decision: 'nothing', clocks: [duty] });

const withPeople = (change: (person: Person) => Person): World => {
  const { organisation } = world;
  const people = new Map([...organisation.people].map(([id, person]) => [id, change(person)]));
  return { ...world, organisation: { ...organisation, people } satisfies Organisation };
};
const left = { from: null, until: T.PlainDate.from('2026-11-04') };
const told = (at: World, ownerUnit: string, handlerId: string | null, stage = 'end') => {
  const { derivation } = startClock(
    'feedback',
    { start: RECEIVED, receivedAt: RECEIVED, acute: false },
    world.rulebook,
    world.calendar,
  );
  const who = { ownerUnit, assessmentUnit: null, receiverUnit: null, handlerId, senderPersonId: null };
  const clock = { id: 'd', kind: 'feedback', stage, acute: false, derivation, ...who };
  return alarmMails(clock, at, NOW).map(({ to }) => ('person' in to ? to.person : 'unit' in to ? to.unit : 'notifier'));
};

test('closing and reopening leave it running', () => {
  const closed = close(decided, 'x', { runningMeasures: 0, openHandovers: 0, openDisputes: 0 }, NOW);
  expect(ended(closed)).not.toContain('feedback:d met');
  expect(ended(closed)).not.toContain('feedback:d lapsed');
  const again = reopen(
    { ...decided, status: 'closed', closedAt: NOW },
    { reason: 'x', receiptOwed: false },
    world,
    NOW,
  );
  expect(ended(again).filter((one) => one.startsWith('feedback'))).toEqual([]);
});

test('a hand-over takes it along: the new owner has it', () => {
  const handover = {
    id: 'h',
    referralId: 'r',
    from: 'bbu-norrebro',
    to: 'bbu-valby',
    state: 'proposed',
    proposedAt: NOW,
    back: false,
    chain: [],
  } as const;
  const open = { handover, dispute: null, history: { owners: [], firstRouted: 'bbu-norrebro', parts: {} } };
  const decision = acceptHandover(decided, open, { personId: 'caseworker-bbu-valby' }, world, NOW);
  expect(decision.move?.unit).toBe('bbu-valby');
  expect(ended(decision).filter((one) => one.startsWith('feedback'))).toEqual([]);
  expect(told(world, 'bbu-valby', 'caseworker-bbu-valby')).toContain('caseworker-bbu-valby');
  expect(told(world, 'bbu-valby', 'caseworker-bbu-valby').join()).not.toContain('norrebro');
});

test('whoever had the case has left: the unit hears of it, its leaders too', () => {
  const gone = withPeople((person) =>
    person.id === 'caseworker-bbu-norrebro' ? { ...person, validity: left } : person,
  );
  expect(told(gone, 'bbu-norrebro', 'caseworker-bbu-norrebro')).toEqual(
    expect.arrayContaining(['intake-bbu-norrebro', 'team-leader-bbu-norrebro']),
  );
});

test.each(['half', 'last-day', 'end', 'after'])(
  'nobody at all is left in the unit: %s still reaches somebody',
  (stage) => {
    const empty = withPeople((person) => (person.unit === 'bbu-norrebro' ? { ...person, validity: left } : person));
    const reached = told(empty, 'bbu-norrebro', 'caseworker-bbu-norrebro', stage);
    expect(reached.length).toBeGreaterThan(0);
    expect(reached).not.toContain('caseworker-bbu-norrebro');
  },
);

test('each decision and each started measure opens one of its own, for those to whom it is owed', () => {
  const [one, two] = ['d', 'm'].flatMap((id) => feedbackClocks(decided, id, 'professional', world, NOW));
  expect([one?.subjectId, two?.subjectId]).toEqual(['d', 'm']);
  for (const basis of ['citizen', 'anonymous', 'municipality', null] as const) {
    expect(feedbackClocks(decided, 'd', basis, world, NOW)).toEqual([]);
  }
});
