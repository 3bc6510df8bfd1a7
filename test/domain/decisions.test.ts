import { expect, test } from 'vitest';
import { close, reopen } from '#domain/case-ending.ts';
import { decide } from '#domain/decisions.ts';
import { finishExamination } from '#domain/examination.ts';
import type { Measure } from '#domain/measure.ts';
import { changeMeasure, endMeasure, followUp, startMeasure } from '#domain/measures.ts';
import { OUTCOME_CODES, type Outcome } from '#domain/outcomes.ts';
import type { Referral } from '#domain/referral.ts';
import { type Instant, instant } from '#domain/time.ts';
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

const NOW = instant('2026-11-04T10:00:00+01:00');
const FEEDBACK = { 'feedback:d': '2026-11-11T23:59:59+01:00' };
const plain = { basis: 'professional', suspectedViolence: false } as const;
const suspected = { basis: 'professional', suspectedViolence: true } as const;
const decideOn = (outcome: Outcome, referral = assessedReferral(), facts: Parameters<typeof decide>[2] = plain) =>
  decide(referral, { decisionId: 'd', outcome, reason: 'x' }, facts, world, NOW);

test.each([
  ['nothing', 'decided', null, ['investigation lapsed']],
  ['preventive', 'decided', null, ['investigation lapsed']],
  ['limited-examination', 'examining', 'limited', []],
  ['investigation', 'examining', 'investigation', []],
  ['immediate-measure', 'decided', null, []],
] as const)('%s', (outcome, status, examination, ends) => {
  const decision = decideOn(outcome);
  expect(decision.patch).toEqual({ status, decision: outcome, examination });
  expect(ended(decision)).toEqual(ends);
  expect(started(decision)).toEqual(FEEDBACK);
});

test('the paragraph follows the law in force when it was received', () => {
  expect(decideOn('investigation').facts[0]?.data).toMatchObject({ law: 'barnets-lov-2024', paragraph: '§ 20' });
  const old = assessedReferral({ receivedAt: instant('2023-12-30T09:00:00+01:00') });
  expect(decideOn('investigation', old).facts[0]?.data).toMatchObject({ law: 'serviceloven', paragraph: '§ 50' });
});

test.each(['citizen', 'municipality', 'anonymous', null] as const)('%s is owed no feedback', (basis) => {
  expect(started(decideOn('nothing', assessedReferral(), { basis, suspectedViolence: false }))).toEqual({});
});

test('only after acknowledgement and the 24-hour assessment', () => {
  expect(refusal(() => decideOn('nothing', makeReferral({ assessedAt: RECEIVED })))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => decideOn('nothing', assessedReferral({ assessedAt: null })))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => decideOn('nothing', assessedReferral({ status: 'closed' })))).toBe('ILLEGAL_TRANSITION');
});

test('suspected violence: the investigation is mandatory, an immediate measure may come first', () => {
  const got = OUTCOME_CODES.map((outcome) => refusal(() => decideOn(outcome, assessedReferral(), suspected)));
  const refused = 'INVALID outcome:investigation-mandatory';
  expect(got).toEqual([refused, refused, refused, 'allowed', 'allowed']);
  const made = assessedReferral({ status: 'decided', decision: 'investigation', clocks: [] });
  expect(refusal(() => decideOn('nothing', made, suspected))).toBe('allowed');
});

test('while something is examined it is finished first, but § 19 may become § 20', () => {
  const limited = assessedReferral({ status: 'examining', decision: 'limited-examination', examination: 'limited' });
  const whole = assessedReferral({ status: 'examining', decision: 'investigation', examination: 'investigation' });
  const tried = (referral: Referral) => OUTCOME_CODES.map((o) => refusal(() => decideOn(o, referral)) === 'allowed');
  expect(tried(limited)).toEqual([false, false, false, true, true]);
  expect(tried(whole)).toEqual([false, false, false, false, true]);
  expect(decideOn('immediate-measure', whole).patch).toEqual({
    status: 'examining',
    decision: 'immediate-measure',
    examination: 'investigation',
  });
});

test('an investigation after an earlier "nothing" still counts from receipt', () => {
  const before = assessedReferral({ status: 'decided', decision: 'nothing', clocks: [] });
  expect(started(decideOn('investigation', before))).toEqual({
    investigation: '2027-03-02T23:59:59+01:00',
    ...FEEDBACK,
  });
});

test('an inquiry is decided without assessment, as nothing or a preventive offer, and owes no feedback', () => {
  const inquiry = assessedReferral({ matter: 'inquiry', assessedAt: null, clocks: [] });
  expect(started(decideOn('preventive', inquiry, { basis: null, suspectedViolence: false }))).toEqual({});
  expect(refusal(() => decideOn('investigation', inquiry))).toBe('INVALID outcome:notification-only');
});

const examining = (examination: 'limited' | 'investigation', clocks = [runningClock('investigation')]) =>
  assessedReferral({ status: 'examining', decision: 'investigation', examination, clocks });
const finish = (referral: Referral, now: Instant, preliminaryAssessment: string | null, measures: Measure[] = []) =>
  finishExamination(referral, { conclusion: 'x', preliminaryAssessment }, measures, world, now);

test('a finished investigation meets the four months; a limited examination does not', () => {
  expect(ended(finish(examining('investigation'), NOW, null))).toEqual(['investigation met']);
  expect(ended(finish(examining('limited'), NOW, null))).toEqual([]);
  expect(finish(examining('limited'), NOW, null).patch).toEqual({ status: 'decided', examination: null });
  expect(refusal(() => finish(assessedReferral(), NOW, null))).toBe('ILLEGAL_TRANSITION');
});

test('finished late, a preliminary assessment in words is required', () => {
  const due = instant('2027-03-02T23:59:59+01:00');
  const late = due.add({ seconds: 1 });
  expect(refusal(() => finish(examining('investigation'), due, null))).toBe('allowed');
  for (const text of [null, ' ']) {
    expect(refusal(() => finish(examining('investigation'), late, text))).toBe(
      'INVALID preliminaryAssessment:required',
    );
  }
  expect(finish(examining('investigation'), late, 'foreløbigt').facts[0]?.data).toMatchObject({ late: true });
});

const plan = { type: 'family-treatment', plannedMonths: 6, reason: 'x' } as const;
const decided = (overrides: Partial<Referral> = {}) =>
  assessedReferral({ status: 'decided', decision: 'preventive', clocks: [], ...overrides });
const begin = (referral = decided(), over: Partial<Parameters<typeof startMeasure>[1]> = {}) =>
  startMeasure(referral, { measureId: 'm', ...plan, ...over }, 'professional', world, NOW);
const running: Measure = {
  id: 'm',
  referralId: 'r',
  type: 'family-treatment',
  plannedMonths: 6,
  state: 'running',
  startedAt: NOW,
  endedAt: null,
  followUps: 0,
};
const withFollowUp = decided({ clocks: [runningClock('follow-up', NOW, { subjectId: 'm' })] });

test('a started measure opens follow-up and feedback, each with the measure as subject', () => {
  expect(started(begin())).toEqual({
    'follow-up:m': '2027-02-04T23:59:59+01:00',
    'feedback:m': '2026-11-11T23:59:59+01:00',
  });
  expect(begin().measures).toEqual([{ change: 'insert', measure: running }]);
  expect(started(startMeasure(decided(), { measureId: 'm', ...plan }, 'citizen', world, NOW))).not.toHaveProperty(
    'feedback:m',
  );
});

test('no measure without a decision, of an unknown type, or without end', () => {
  expect(refusal(() => begin(decided({ decision: 'nothing' })))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => begin(assessedReferral()))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => begin(decided(), { type: 'x' as never }))).toBe('INVALID type:unknown-choice');
  for (const months of [0, 1.5, 241]) {
    expect(refusal(() => begin(decided(), { plannedMonths: months }))).toBe('INVALID plannedMonths:out-of-range');
  }
  expect(refusal(() => begin(decided(), { plannedMonths: null }))).toBe('allowed');
});

test('a follow-up is met and the next begins: 6 months, or as decided for the case', () => {
  const made = { evidence: 'meeting', conclusion: 'x' } as const;
  const next = followUp(withFollowUp, running, { ...made, nextMonths: null }, world, NOW);
  expect(ended(next)).toEqual(['follow-up:m met']);
  expect(started(next)).toEqual({ 'follow-up:m': '2027-05-04T23:59:59+02:00' });
  expect(next.measures).toEqual([
    { change: 'update', id: 'm', from: { state: 'running', followUps: 0 }, set: { followUps: 1 } },
  ]);
  const sooner = followUp(withFollowUp, running, { ...made, nextMonths: 2 }, world, NOW);
  expect(started(sooner)).toEqual({ 'follow-up:m': '2027-01-04T23:59:59+01:00' });
  expect(sooner.start?.[0]?.derivation).toMatchObject({ status: 'policy', paragraph: '§ 95' });
});

test('an ended measure is followed up no more, and its feedback stays owed', () => {
  const decision = endMeasure(withFollowUp, running, 'x', NOW);
  expect(ended(decision)).toEqual(['follow-up:m lapsed']);
  const over: Measure = { ...running, state: 'ended', endedAt: NOW };
  expect(refusal(() => endMeasure(withFollowUp, over, 'x', NOW))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => changeMeasure(withFollowUp, over, plan, world, NOW))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => endMeasure(withFollowUp, { ...running, referralId: 'other' }, 'x', NOW))).toBe(
    'ILLEGAL_TRANSITION',
  );
});

test('a changed measure changes something', () => {
  expect(refusal(() => changeMeasure(withFollowUp, running, plan, world, NOW))).toBe('INVALID type:nothing-changed');
  const longer = changeMeasure(withFollowUp, running, { ...plan, plannedMonths: 12 }, world, NOW);
  expect(longer.measures?.[0]).toMatchObject({ set: { type: 'family-treatment', plannedMonths: 12 } });
});

test('the first follow-up comes forward when a parallel examination ends; later ones stay', () => {
  const clocks = [runningClock('investigation'), runningClock('follow-up', NOW, { subjectId: 'm' })];
  const referral = examining('investigation', clocks);
  const later = NOW.add({ hours: 240 });
  expect(moved(finish(referral, later, null, [running]))).toEqual({ 'follow-up:m': '2026-11-14T23:59:59+01:00' });
  expect(moved(finish(referral, later, null, [{ ...running, followUps: 1 }]))).toEqual({});
});

const NOTHING_OPEN = { runningMeasures: 0, openHandovers: 0, openDisputes: 0 };
const ending = (referral: Referral, open = NOTHING_OPEN) => close(referral, 'x', open, NOW);

test('closes only what is decided and done; feedback and receipt survive', () => {
  const referral = decided({ clocks: [runningClock('feedback', NOW, { subjectId: 'd' }), runningClock('receipt')] });
  expect(ended(ending(referral))).toEqual(['opening lapsed', 'closing lapsed']);
  expect(ending(referral).patch).toMatchObject({ status: 'closed', closedAt: NOW, closeReason: 'finished' });
  const refused = [
    () => ending(assessedReferral()),
    () => ending(decided(), { ...NOTHING_OPEN, runningMeasures: 1 }),
    () => ending(decided(), { ...NOTHING_OPEN, openHandovers: 1 }),
    () => ending(decided(), { ...NOTHING_OPEN, openDisputes: 1 }),
    () => ending(decided({ clocks: [runningClock('investigation')] })),
    () => ending(decided({ provisionalRule: 'acute-while-closed' })),
  ].map(refusal);
  expect(new Set(refused)).toEqual(new Set(['ILLEGAL_TRANSITION']));
});

const again = (referral: Referral, now = NOW) => reopen(referral, { reason: 'x', receiptOwed: false }, world, now);

test('reopened where it stood', () => {
  const closed = decided({ status: 'closed', closedAt: NOW });
  expect(again(closed).patch).toEqual({ status: 'decided', closedAt: null, closeReason: null });
  expect(started(again(closed))).toEqual({});
  expect(again({ ...closed, decision: null }).patch.status).toBe('acknowledged');
  expect(refusal(() => again(decided()))).toBe('ILLEGAL_TRANSITION');
});

test('what was closed in error and reopened has its duties back, counted from receipt', () => {
  const inError = makeReferral({ status: 'closed', closedAt: NOW, clocks: [] });
  const decision = reopen(inError, { reason: 'x', receiptOwed: true }, world, NOW);
  expect(decision.patch).toMatchObject({ status: 'received', closedAt: null, ownerUnit: 'bbu-norrebro' });
  expect(started(decision)).toEqual({
    'assess-24h': '2026-11-03T09:00:00+01:00',
    receipt: '2026-11-09T23:59:59+01:00',
    investigation: '2027-03-02T23:59:59+01:00',
    acknowledge: '2026-11-05T23:59:59+01:00',
  });
});

test('an acute one reopened at night goes to the duty unit first', () => {
  const closed = decided({ status: 'closed', closedAt: NOW, acute: true });
  const decision = again(closed, instant('2026-11-07T02:00:00+01:00'));
  expect(decision.patch).toMatchObject({ status: 'received', ownerUnit: 'dognvagten', closedAt: null });
});
