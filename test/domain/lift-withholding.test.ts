import { expect, test } from 'vitest';
import type { Feedback } from '#domain/feedback-record.ts';
import { liftWithholding } from '#domain/lift-withholding.ts';
import { instant, withOffset } from '#domain/time.ts';
import { assessedReferral, RECEIVED, refusal, world } from '#test/support/referral.ts';

const NOW = instant('2026-11-03T10:00:00+01:00');
const referral = assessedReferral({ status: 'decided', decision: 'investigation', clocks: [] });
const withheld: Feedback = {
  id: 'w',
  referralId: 'r',
  tier: 'withheld',
  state: 'withheld',
  channel: 'site',
  answers: ['d', 'm'],
  template: 'feedback-1',
  givenBy: 'a',
  givenAt: RECEIVED,
  approvedBy: 'b',
  toSuspect: false,
  deliveredAt: null,
};
const lift = (over: Partial<Feedback> = {}, reason = 'Faren er ovre', on = referral) =>
  liftWithholding(on, { ...withheld, ...over }, { reason, basis: 'professional' }, world, NOW);

test('each duty that it had met begins again, with its whole period from now', () => {
  const { start = [], feedbacks } = lift();
  expect(start.map(({ kind, subjectId, dueAt }) => [kind, subjectId, withOffset(dueAt)])).toEqual([
    ['feedback', 'd', '2026-11-10T23:59:59+01:00'],
    ['feedback', 'm', '2026-11-10T23:59:59+01:00'],
  ]);
  expect(feedbacks).toEqual([{ change: 'update', id: 'w', from: 'withheld', set: { state: 'lifted' } }]);
});

test('a proposal that is given up leaves the clocks that never stopped', () => {
  const decision = lift({ state: 'awaiting-approval', approvedBy: null });
  expect(decision.start).toEqual([]);
  expect(decision.feedbacks?.[0]).toMatchObject({ from: 'awaiting-approval', set: { state: 'lifted' } });
});

test('the reason is sealed, and nobody is told yet', () => {
  const decision = lift();
  expect(decision.facts).toMatchObject([{ kind: 'withholding-lifted', sealed: { text: 'Faren er ovre' } }]);
  expect(JSON.stringify(decision.facts[0]?.data)).not.toContain('Faren');
  expect(decision.mails).toBeUndefined();
});

test.each(['given', 'delivered', 'refused', 'lifted'] as const)('nothing to lift of what is %s', (state) => {
  expect(refusal(() => lift({ state }))).toBe('ILLEGAL_TRANSITION');
});

test('of another referral, or without a reason, it is refused; after closing it is not', () => {
  expect(refusal(() => lift({ referralId: 'r2' }))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => lift({}, ' '))).toBe('INVALID reason:required');
  expect(refusal(() => lift({}, 'x', { ...referral, status: 'closed' }))).toBe('allowed');
});
