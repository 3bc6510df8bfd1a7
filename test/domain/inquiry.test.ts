import { expect, test } from 'vitest';
import { actorOf } from '#domain/actors.ts';
import { reviewAtClosing } from '#domain/closing.ts';
import { demandRegistrar, type Inquiry, registerInquiry } from '#domain/inquiry.ts';
import type { Actor } from '#domain/scope.ts';
import { instant, withOffset } from '#domain/time.ts';
import { makeReferral, RECEIVED, refusal, runningClock, world } from '#test/support/referral.ts';

const { organisation } = world;
const school: Inquiry = {
  routing: {
    child: { postalCode: '2200', age: 8, institution: null },
    senderUnit: 'skole-norrebro',
    need: null,
    known: null,
  },
  acute: false,
  text: 'Et barn uden skoleplads',
  child: { name: 'Barn', institution: null, ageEstimate: null },
};
const FRIDAY_NIGHT = instant('2026-11-06T20:00:00+01:00');

test('owned and acknowledged by clock, and nothing else', () => {
  const { owner, clocks, assessmentUnit, facts, routed } = registerInquiry(school, world, RECEIVED);
  expect([routed.unit, routed.rule, owner.unit]).toEqual(['bbu-norrebro', 4, 'bbu-norrebro']);
  expect(clocks.map((c) => [c.kind, withOffset(c.dueAt)])).toEqual([['acknowledge', '2026-11-03T23:59:59+01:00']]);
  expect(assessmentUnit).toBeNull();
  expect(facts.map((f) => f.kind)).toEqual(['inquiry-registered', 'routed', 'owned', 'clocks-started']);
  expect(JSON.stringify(facts.map((f) => f.data))).not.toContain('skoleplads');
});

test('the registering unit that may own it has it', () => {
  const inquiry = { ...school, routing: { ...school.routing, senderUnit: 'bch-bornegruppen' } };
  expect(registerInquiry(inquiry, world, RECEIVED).routed.unit).toBe('bch-bornegruppen');
});

test('out of hours no assessment task arises; acute goes to the duty unit until opening', () => {
  expect(registerInquiry(school, world, FRIDAY_NIGHT)).toMatchObject({
    owner: { unit: 'bbu-norrebro', provisionalRule: null },
    assessmentUnit: null,
  });
  expect(registerInquiry({ ...school, acute: true }, world, FRIDAY_NIGHT).owner).toMatchObject({
    unit: 'dognvagten',
    provisionalRule: 'acute-while-closed',
  });
});

test('at closing an ordinary inquiry stays where it is', () => {
  const inquiry = makeReferral({ matter: 'inquiry', notificationId: null, clocks: [runningClock('acknowledge')] });
  expect(reviewAtClosing(inquiry, world, instant('2026-11-06T15:00:00+01:00')).patch).toEqual({});
});

const actor = (id: string): Actor => {
  const person = organisation.people.get(id);
  return (person && actorOf(person, organisation, RECEIVED)) ?? expect.fail(id);
};

test('registered by staff of a unit that may own one, or by a school social worker', () => {
  const allowed = [...organisation.people.values()]
    .filter((person) => refusal(() => demandRegistrar(actor(person.id), organisation)) === 'allowed')
    .map((person) => person.roles[0]?.role);
  expect([...new Set(allowed)].sort()).toEqual([
    'caseworker',
    'duty-officer',
    'intake',
    'professional-coordinator',
    'school-social-worker',
    'team-leader',
  ]);
  expect(demandRegistrar(actor('intake-buf-modtagelse'), organisation)).toEqual({
    role: 'intake',
    unit: 'buf-modtagelse',
  });
  expect(refusal(() => demandRegistrar({ kind: 'system', rule: 'x' }, organisation))).toBe('OUT_OF_SCOPE');
});
