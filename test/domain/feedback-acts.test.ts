import { expect, test } from 'vitest';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { feedbackFor } from '#domain/feedback.ts';
import type { FeedbackFacts, Giving } from '#domain/feedback-acts.ts';
import {
  approveWithholding,
  deliverFeedback,
  giveFeedback,
  refuseWithholding,
  unanswered,
  withholdFeedback,
} from '#domain/feedback-acts.ts';
import type { Feedback } from '#domain/feedback-record.ts';
import type { Decision } from '#domain/referral.ts';
import { feedbackPolicyAt, templateAt } from '#domain/rulebook.ts';
import { instant } from '#domain/time.ts';
import { assessedReferral, ended, RECEIVED, refusal, runningClock } from '#test/support/referral.ts';

const NOW = instant('2026-11-05T10:00:00+01:00');
const clocks = ['d', 'm'].map((subjectId) => runningClock('feedback', RECEIVED, { subjectId }));
const referral = assessedReferral({ status: 'decided', decision: 'investigation', clocks });
const facts: FeedbackFacts = {
  basis: 'professional',
  receivedAt: RECEIVED,
  contact: { department: { da: 'Socialforvaltningen', en: 'Social Services' }, phone: '+45 00 00 90 00' },
  stage: {
    decisions: [{ outcome: 'investigation', at: RECEIVED }],
    measures: [{ type: 'respite', plannedMonths: 3, startedAt: RECEIVED }],
  },
  policy: feedbackPolicyAt(RULEBOOK, NOW),
  template: templateAt(RULEBOOK, NOW),
  measureTypes: RULEBOOK.codes.measures,
  pending: [],
};
const preview = (how: { material?: boolean; withheld?: boolean; choices?: Giving['choices'] } = {}) =>
  feedbackFor({ ...facts, material: false, withheld: false, choices: [], ...how }).told;
const giving = (over: Partial<Giving> = {}): Giving => ({
  feedbackId: 'f',
  material: null,
  choices: [],
  channel: 'site',
  previewed: preview(),
  ...over,
});
const by = { personId: 'caseworker-bbu-norrebro' };
const other = { personId: 'team-leader-bbu-norrebro' };
const give = (over: Partial<Giving> = {}, about: Partial<FeedbackFacts> = {}, on = referral) =>
  giveFeedback(on, giving(over), { ...facts, ...about }, by, NOW);
const record = (decision: Decision): Feedback => {
  const [change] = decision.feedbacks ?? [];
  return change?.change === 'insert' ? change.feedback : expect.fail();
};
const withhold = () => withholdFeedback(referral, { feedbackId: 'w', reason: 'x' }, facts, by, NOW);

test('given on the site: stored word for word as previewed, a notice goes out, no clock is met yet', () => {
  const decision = give();
  expect(decision.feedbacks).toEqual([{ change: 'insert', feedback: record(decision), told: preview() }]);
  expect(record(decision)).toMatchObject({ tier: 1, state: 'given', answers: ['d', 'm'], givenBy: by.personId });
  expect(decision.mails).toEqual([
    { template: 'feedback', to: { person: 'notifier-skole-norrebro' }, exempt: false, feedbackId: 'f' },
  ]);
  expect(ended(decision)).toEqual([]);
});

test('delivered: exactly the clocks that it answers are met, once', () => {
  const given = record(give());
  const decision = deliverFeedback(referral, given, 'mail-accepted', NOW);
  expect(ended(decision)).toEqual(['feedback:d met', 'feedback:m met']);
  expect(decision.feedbacks).toEqual([
    { change: 'update', id: 'f', from: 'given', set: { state: 'delivered', deliveredAt: NOW } },
  ]);
  const done: Feedback = { ...given, state: 'delivered', deliveredAt: NOW };
  expect(refusal(() => deliverFeedback(referral, done, 'opened', NOW))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => deliverFeedback({ ...referral, id: 'r2' }, given, 'opened', NOW))).toBe('ILLEGAL_TRANSITION');
});

test('told on the phone, the act is the evidence', () => {
  const decision = give({ channel: 'call' });
  expect(record(decision)).toMatchObject({ state: 'delivered', channel: 'call', deliveredAt: NOW });
  expect(ended(decision)).toEqual(['feedback:d met', 'feedback:m met']);
  expect(decision.mails).toBeUndefined();
});

test('as a letter it is given and not delivered: no mail, and no clock met before it is posted', () => {
  const decision = give({ channel: 'letter' });
  expect(record(decision)).toMatchObject({ state: 'given', channel: 'letter', deliveredAt: null });
  expect(ended(decision)).toEqual([]);
  expect(decision.mails).toBeUndefined();
});

test('what is under way is not given twice, and what came after it is owed anew', () => {
  const given = record(give());
  expect(refusal(() => give({}, { pending: [given] }))).toBe('ILLEGAL_TRANSITION');
  const later = { ...referral, clocks: [...clocks, runningClock('feedback', NOW, { subjectId: 'd2' })] };
  expect(unanswered(later, { pending: [given], suspected: false })).toEqual(['d2']);
  expect(unanswered(later, { pending: [given], suspected: true })).toEqual(['d', 'm', 'd2']);
  const refused = { ...given, state: 'refused' } as const;
  expect(unanswered(later, { pending: [refused], suspected: false })).toEqual(['d', 'm', 'd2']);
});

test('what was not previewed exactly is not told', () => {
  expect(refusal(() => give({ choices: ['meeting'] }))).toBe('STALE');
  expect(refusal(() => give({ choices: ['meeting'], previewed: preview({ choices: ['meeting'] }) }))).toBe('allowed');
  expect(refusal(() => give({}, { stage: { ...facts.stage, measures: [] } }))).toBe('STALE');
});

test('tier 2 has its internal reason, sealed', () => {
  const previewed = preview({ material: true });
  expect(refusal(() => give({ material: ' ', previewed }))).toBe('INVALID material:required');
  const decision = give({ material: 'De arbejder sammen', previewed });
  expect(record(decision).tier).toBe(2);
  expect(decision.facts[0]?.sealed).toMatchObject({ reason: 'De arbejder sammen' });
  expect(JSON.stringify(decision.facts[0]?.data)).not.toContain('De arbejder sammen');
});

test('nobody is told who is owed nothing', () => {
  for (const basis of ['citizen', 'municipality', 'anonymous', null] as const) {
    expect(refusal(() => give({}, { basis }))).toBe('ILLEGAL_TRANSITION');
  }
  expect(refusal(() => give({}, {}, { ...referral, clocks: [] }))).toBe('ILLEGAL_TRANSITION');
});

test('the duty survives closing', () => {
  const closed = { ...referral, status: 'closed' as const };
  expect(refusal(() => give({}, {}, closed))).toBe('allowed');
});

test('withheld only when a second person agrees; the notifier is told that nothing more is told', () => {
  const proposed = withhold();
  expect(ended(proposed)).toEqual([]);
  expect(record(proposed)).toMatchObject({ tier: 'withheld', state: 'awaiting-approval' });
  expect(proposed.feedbacks?.[0]).toMatchObject({ told: preview({ withheld: true }) });
  const words = preview({ withheld: true });
  expect(refusal(() => approveWithholding(referral, record(proposed), words, facts, by))).toBe('ILLEGAL_TRANSITION');
  const approved = approveWithholding(referral, record(proposed), words, facts, other);
  expect(ended(approved)).toEqual(['feedback:d met', 'feedback:m met']);
  expect(approved.mails?.[0]).toMatchObject({ template: 'feedback', feedbackId: 'w' });
  const empty = { feedbackId: 'w', reason: ' ' };
  expect(refusal(() => withholdFeedback(referral, empty, facts, by, NOW))).toBe('INVALID reason:required');
});

test('a refused withholding leaves the feedback owed', () => {
  const proposed = record(withhold());
  const decision = refuseWithholding(referral, proposed, 'x', other);
  expect(ended(decision)).toEqual([]);
  expect(decision.feedbacks).toEqual([
    { change: 'update', id: 'w', from: 'awaiting-approval', set: { state: 'refused' } },
  ]);
  expect(refusal(() => refuseWithholding(referral, proposed, 'x', by))).toBe('ILLEGAL_TRANSITION');
});
