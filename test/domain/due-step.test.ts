import { describe, expect, it } from 'vitest';
import { type AlarmingClock, dueStep } from '#domain/due-step.ts';
import { ladderOf, ladderSteps } from '#domain/ladder.ts';
import type { LadderStep } from '#domain/organisation.ts';
import type { Dispute } from '#domain/ownership.ts';
import { type Instant, instant, withOffset } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { world } from '#test/support/referral.ts';

const RAISED = instant('2026-11-02T10:00:00+01:00');

/** The training municipality with another rhythm after the last step, and reminders at half past nine. */
const withRhythm = (thenEvery: LadderStep['thenEvery']): World => {
  const other = (steps: readonly LadderStep[]) =>
    steps.map((step, n) => (n === steps.length - 1 ? { ...step, thenEvery } : step));
  const { organisation, rulebook } = world;
  const rules = {
    opensAt: '09:30',
    chaseDays: { n: 2, unit: 'workdays' },
    chaseHours: { n: 7, unit: 'elapsed hours' },
  };
  const change = { from: '2026-01-01', kind: null, rules, status: 'policy', source: 'x' } as const;
  return {
    ...world,
    organisation: {
      ...organisation,
      ladder: other(organisation.ladder),
      acuteLadder: other(organisation.acuteLadder),
    },
    rulebook: { ...rulebook, alarmChanges: [change as World['rulebook']['alarmChanges'][number]] },
  };
};

/** The first reminders that the sweep plans once the last step has run out, each found from the one before. */
const reminders = (acute: boolean, other: World): string[] => {
  const last = ladderOf(RAISED, acute, other).steps.at(-1);
  const step = ladderSteps(other.organisation, acute).at(-1);
  if (!last || !step) throw new Error('a ladder without a step');
  const dispute: Dispute = {
    id: 'x',
    referralId: 'r',
    kind: 'dispute',
    awaited: null,
    handoverId: null,
    acute,
    step: step.step,
    raisedAt: RAISED,
    raisedBy: null,
    stepStartedAt: last.startsAt,
    stepEndsAt: last.endsAt,
    state: 'open',
    parties: ['bbu-norrebro', 'bbu-valby'].map((unit) => ({ unit, claim: null, whose: null, basis: null })),
    proposal: null,
    meeting: null,
  };
  const period = { n: step.within, unit: step.counting };
  const clock: AlarmingClock = {
    id: 'd',
    kind: `ladder.${step.step}`,
    stage: 'end',
    acute,
    startedAt: last.startsAt,
    dueAt: last.endsAt,
    derivation: { start: withOffset(last.startsAt), period },
    ownerUnit: 'bbu-norrebro',
    assessmentUnit: null,
    receiverUnit: null,
    handlerId: null,
    senderPersonId: null,
  };
  const planned: Instant[] = [last.endsAt];
  while (planned.length < 4) {
    const now = planned.at(-1) as Instant;
    const { acts, reminder } = dueStep(
      { ...clock, stage: planned.length === 1 ? 'end' : 'after' },
      dispute,
      other,
      now,
    );
    if (acts || !reminder) throw new Error('the last step reminds');
    expect(reminder.next.stage).toBe('after');
    planned.push(reminder.next.at);
  }
  const told = planned.slice(1).map(withOffset);
  expect(told).toEqual(ladderOf(RAISED, acute, other).thenAt.map(withOffset));
  return told;
};

describe('reminders after the last step', () => {
  it('come as often as the ladder says, at the time that the alarms have', () => {
    // Steps of 2, 3, 5, 5 workdays from Monday the 2nd: the last ends on Monday 23 November.
    expect(reminders(false, withRhythm({ every: 3, counting: 'workdays' }))).toEqual([
      '2026-11-26T09:30:00+01:00',
      '2026-12-01T09:30:00+01:00',
      '2026-12-04T09:30:00+01:00',
    ]);
    // 4, 8 and 24 hours.
    expect(reminders(true, withRhythm({ every: 2, counting: 'elapsed hours' }))).toEqual([
      '2026-11-04T00:00:00+01:00',
      '2026-11-04T02:00:00+01:00',
      '2026-11-04T04:00:00+01:00',
    ]);
  });

  it('may be of workdays on an acute ladder', () => {
    expect(reminders(true, withRhythm({ every: 1, counting: 'workdays' }))[0]).toBe('2026-11-04T09:30:00+01:00');
  });

  it('without a rhythm of its own as often as other clocks', () => {
    expect(reminders(false, withRhythm(null))[0]).toBe('2026-11-25T09:30:00+01:00');
    expect(reminders(true, withRhythm(null))[0]).toBe('2026-11-04T05:00:00+01:00');
  });
});
