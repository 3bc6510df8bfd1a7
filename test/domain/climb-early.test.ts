import { expect, it, test } from 'vitest';
import { advanceDispute } from '#domain/advance-dispute.ts';
import { climbEarly } from '#domain/climb-early.ts';
import type { Decision } from '#domain/referral.ts';
import { instant } from '#domain/time.ts';
import { disputed, steppedTo } from '#test/support/disputed.ts';
import { applied, type Matter, openOf } from '#test/support/matter.ts';
import { assessedReferral, ended, refusal, started, world } from '#test/support/referral.ts';

const TUESDAY = '2026-11-03T10:00:00+01:00';
const climbing = (matter: Matter, personId: string, step = 1, now = TUESDAY): Decision =>
  climbEarly(openOf(matter), { step, personId, reason: 'Haster for barnet' }, world, instant(now));

test('the next step begins there and then, with its whole time', () => {
  const decision = climbing(disputed(), 'caseworker-bch-modtagelsen');
  expect(decision.disputes?.[0]?.is).toMatchObject({ step: 2, stepStartedAt: instant(TUESDAY), state: 'open' });
  expect(started(decision)).toEqual({ 'ladder.2:d1': '2026-11-06T23:59:59+01:00' });
  expect(ended(decision)).toEqual(['ladder.1:d1 lapsed']);
  expect([decision.patch, decision.move]).toEqual([{}, undefined]);
});

test('says who climbed and why, and then that the step began', () => {
  const [early, begun] = climbing(disputed(), 'caseworker-bch-modtagelsen').facts;
  expect(early).toEqual({
    kind: 'climbed-early',
    data: { dispute: 'd1', step: 1, parties: ['bch-modtagelsen'] },
    sealed: { text: 'Haster for barnet' },
  });
  expect(begun).toMatchObject({ kind: 'step-begun', data: { step: 2, from: 1, outage: null } });
});

test('tells the new step, the coordinators, and those of the step that is left, but not the climber', () => {
  const told = climbing(disputed(), 'caseworker-bch-modtagelsen').mails ?? [];
  expect(new Set(told.map(({ template }) => template))).toEqual(new Set(['climbed-early']));
  const people = told.map(({ to }) => ('person' in to ? to.person : to));
  expect(people).toEqual([
    'team-leader-bbu-norrebro',
    'team-leader-bch-modtagelsen',
    'buf-sof-coordinator-sof-stab',
    'caseworker-bbu-norrebro',
    'intake-bbu-norrebro',
    'intake-bch-modtagelsen',
  ]);
});

it.each([
  ['either side', disputed(), 'intake-bbu-norrebro', 1, 'allowed'],
  ['a coordinator, who is no side', disputed(), 'buf-sof-coordinator-sof-stab', 1, 'OUT_OF_SCOPE'],
  ['a leader of another step', disputed(), 'team-leader-bbu-norrebro', 1, 'OUT_OF_SCOPE'],
  ['somebody of another unit', disputed(), 'caseworker-bbu-valby', 1, 'OUT_OF_SCOPE'],
  ['one who saw an earlier step', steppedTo(2, disputed()), 'team-leader-bbu-norrebro', 1, 'STALE'],
  ['a chief', steppedTo(3, disputed()), 'area-manager-bbu', 3, 'allowed'],
  ['the last step', steppedTo(4, disputed()), 'director-sof-stab', 4, 'ILLEGAL_TRANSITION'],
])('%s', (_name, matter, personId, step, expected) => {
  expect(refusal(() => climbing(matter, personId, step))).toBe(expected);
});

test('two who climb at once climb one step', () => {
  const once = applied(disputed(), climbing(disputed(), 'caseworker-bch-modtagelsen'), instant(TUESDAY));
  expect(refusal(() => climbing(once, 'team-leader-bbu-norrebro', 1))).toBe('STALE');
});

test('from the acute ladder it goes to its next step, with its hours', () => {
  const acute = disputed(assessedReferral({ acute: true }));
  const decision = climbing(acute, 'team-leader-bbu-norrebro', 2, '2026-11-02T11:00:00+01:00');
  expect(started(decision)).toEqual({ 'ladder.3:d1': '2026-11-02T19:00:00+01:00' });
  expect(decision.mails?.every(({ exempt }) => exempt)).toBe(true);
});

test('then the ladder goes on by itself from where it is', () => {
  const once = applied(disputed(), climbing(disputed(), 'caseworker-bch-modtagelsen'), instant(TUESDAY));
  const next = advanceDispute(openOf(once), world, instant('2026-11-06T23:59:59+01:00'));
  expect(next.disputes?.[0]?.is).toMatchObject({ step: 3, stepEndsAt: instant('2026-11-13T23:59:59+01:00') });
});

test('nobody climbs out of silence: an escalation has one party', () => {
  const matter = disputed();
  const silent = { ...matter, disputes: matter.disputes.map((one) => ({ ...one, kind: 'escalation' as const })) };
  expect(refusal(() => climbing(silent, 'caseworker-bch-modtagelsen'))).toBe('ILLEGAL_TRANSITION');
});
