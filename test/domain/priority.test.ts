import { expect, test } from 'vitest';
import { assess } from '#domain/assessment.ts';
import { explain } from '#domain/deadline-explanation.ts';
import { changePriority } from '#domain/priority.ts';
import { instant } from '#domain/time.ts';
import {
  assessedReferral,
  ended,
  makeReferral,
  moved,
  RECEIVED,
  refusal,
  runningClock,
  started,
  world,
} from '#test/support/referral.ts';

const at = instant;
const change = (referral = makeReferral(), now = '2026-11-02T15:00:00+01:00', acute = true) =>
  changePriority(referral, { acute, reason: 'x' }, world, at(now));

test('to acute while open: the policy clock comes forward, statutory clocks stay, the owner is told at once', () => {
  const decision = change();
  expect(moved(decision)).toEqual({ acknowledge: '2026-11-02T16:00:00+01:00' });
  expect(decision.patch).toEqual({ acute: true });
  expect(decision.move).toBeUndefined();
  expect(decision.mails).toEqual([{ template: 'became-acute', to: { unit: 'bbu-norrebro' }, exempt: true }]);
});

test('the derivation explains the change', () => {
  const [retimed] = change().retime ?? [];
  expect(retimed?.derivation).toMatchObject({ acute: true, start: '2026-11-02T15:00:00+01:00', rule: 'acknowledge' });
  const text = explain(retimed?.derivation ?? expect.fail()).da.join('\n');
  expect(text).toContain('blev akut mandag den 2. november 2026 kl. 15.00');
  expect(text).toContain('tirsdag den 3. november 2026 kl. 23.59.59');
});

test('an old instant that is earlier than the acute period stays', () => {
  const late = change(
    makeReferral({ responsibleUnit: 'dognvagten', ownerUnit: 'dognvagten' }),
    '2026-11-03T23:30:00+01:00',
  );
  expect(moved(late)).toEqual({});
});

test('a hand-over is due 4 hours from the change, feedback as before, a follow-up never moves', () => {
  const clocks = [
    runningClock('handover', RECEIVED, { subjectId: 'h' }),
    runningClock('feedback', RECEIVED, { subjectId: 'd' }),
    runningClock('follow-up', RECEIVED, { subjectId: 'm' }),
    { ...runningClock('acknowledge'), id: 'l', kind: 'ladder.1' },
  ];
  expect(moved(change(assessedReferral({ clocks })))).toEqual({ 'handover:h': '2026-11-02T19:00:00+01:00' });
});

test('to ordinary: the ordinary period from the start, never before the change', () => {
  const acute = makeReferral({ acute: true, clocks: [runningClock('acknowledge', RECEIVED, { acute: true })] });
  expect(moved(change(acute, '2026-11-02T09:30:00+01:00', false))).toEqual({
    acknowledge: '2026-11-03T23:59:59+01:00',
  });
  expect(moved(change(acute, '2026-11-05T12:00:00+01:00', false))).toEqual({
    acknowledge: '2026-11-05T12:00:00+01:00',
  });
  expect(change(acute, '2026-11-02T09:30:00+01:00', false).retime?.[0]?.acute).toBe(false);
});

test('to acute while closed: the duty unit becomes provisional owner, and what was begun is kept', () => {
  const decision = change(
    assessedReferral({ status: 'examining', decision: 'investigation', examination: 'investigation' }),
    '2026-11-06T20:00:00+01:00',
  );
  expect(decision.patch).toMatchObject({
    acute: true,
    ownerUnit: 'dognvagten',
    provisionalRule: 'acute-while-closed',
    status: 'received',
  });
  expect(decision.patch).not.toHaveProperty('decision');
  expect(decision.move).toMatchObject({ unit: 'dognvagten', countsAsMove: false });
  expect(started(decision)).toEqual({ acknowledge: '2026-11-06T21:00:00+01:00' });
});

test('a named person who stays on it keeps it past closing', () => {
  const staying = assessedReferral({ stayingPerson: 'caseworker-bbu-norrebro' });
  expect(change(staying, '2026-11-06T20:00:00+01:00').move).toBeUndefined();
});

test('what waits to be acknowledged and is acute is looked at again at the next closing', () => {
  const unwatched = makeReferral({ assessedAt: RECEIVED, clocks: [runningClock('acknowledge')] });
  expect(change(unwatched).timers?.map((t) => t.kind)).toEqual(['closing']);
  expect(change().timers).toEqual([]);
});

test('nothing to change is refused', () => {
  expect(refusal(() => change(makeReferral({ acute: true })))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => change(makeReferral({ status: 'closed' })))).toBe('ILLEGAL_TRANSITION');
});

const ordinary = { acute: false, reason: 'ingen fare', evidence: 'phone-call' } as const;

test('an assessment meets its clock and ends the task', () => {
  const decision = assess(
    makeReferral({ assessmentUnit: 'dognvagten' }),
    ordinary,
    world,
    at('2026-11-02T11:00:00+01:00'),
  );
  expect(ended(decision)).toEqual(['assess-24h met']);
  expect(decision.patch).toEqual({ assessedAt: at('2026-11-02T11:00:00+01:00'), assessmentUnit: null });
  expect(decision.facts.map((f) => [f.kind, f.data])).toEqual([
    ['assessed', { acute: false, evidence: 'phone-call', unit: 'dognvagten' }],
  ]);
});

test('an acute outcome at night gives the matter to the duty unit, assessed', () => {
  const task = makeReferral({ assessmentUnit: 'dognvagten' });
  const decision = assess(task, { ...ordinary, acute: true }, world, at('2026-11-02T22:00:00+01:00'));
  expect(decision.patch).toMatchObject({ acute: true, ownerUnit: 'dognvagten', assessmentUnit: null });
  expect(decision.patch.assessedAt).toBeDefined();
  expect(ended(decision)).toContain('assess-24h met');
  expect(decision.facts.map((f) => f.kind)).toEqual(['assessed', 'priority-changed', 'owned', 'clocks-started']);
});

test('an assessment takes the mark away', () => {
  const marked = makeReferral({
    acute: true,
    clocks: [runningClock('assess-24h'), runningClock('acknowledge', RECEIVED, { acute: true })],
  });
  const decision = assess(marked, ordinary, world, at('2026-11-02T09:20:00+01:00'));
  expect(decision.patch.acute).toBe(false);
  expect(moved(decision)).toEqual({ acknowledge: '2026-11-03T23:59:59+01:00' });
});

test('assessed twice, or an inquiry, is refused', () => {
  const now = at('2026-11-02T11:00:00+01:00');
  expect(refusal(() => assess(assessedReferral(), ordinary, world, now))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => assess(makeReferral({ matter: 'inquiry' }), ordinary, world, now))).toBe('ILLEGAL_TRANSITION');
});
