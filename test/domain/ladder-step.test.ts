import { describe, expect, it, test } from 'vitest';
import { changeLadderPriority, firstStep, nextStep } from '#domain/ladder-step.ts';
import type { Dispute } from '#domain/ownership.ts';
import { instant, withOffset } from '#domain/time.ts';
import cases from '#test/acceptance/ladder.json' with { type: 'json' };
import { world } from '#test/support/referral.ts';

type OnLadder = Pick<Dispute, 'acute' | 'step' | 'state' | 'stepStartedAt' | 'stepEndsAt'>;
const raised = (at: string, acute: boolean): OnLadder => {
  const { step, clock } = firstStep(acute, instant(at), world);
  return { acute, state: 'open', step, stepStartedAt: instant(at), stepEndsAt: clock.dueAt };
};

describe('the worked cases, climbed step by step', () => {
  it.each(cases)('$id', ({ raised: at, acute, expect: expected }) => {
    let dispute = raised(at, acute);
    for (const [index, step] of expected.steps.entries()) {
      const times = [dispute.step, withOffset(dispute.stepStartedAt), withOffset(dispute.stepEndsAt)];
      expect(times).toEqual([step.step, step.startsAt, step.endsAt]);
      const before = dispute.stepEndsAt.subtract({ milliseconds: 1 });
      expect(nextStep(dispute, before, world)).toEqual({ do: 'wait', until: dispute.stepEndsAt });
      const next = nextStep(dispute, dispute.stepEndsAt, world);
      if (index === expected.steps.length - 1) {
        expect(next.do).toBe('remind');
        continue;
      }
      if (next.do !== 'climb') return expect.fail(next.do);
      expect(next.outage).toBeNull();
      dispute = { ...dispute, step: next.step, stepStartedAt: next.startsAt, stepEndsAt: next.clock.dueAt };
    }
    let now = dispute.stepEndsAt;
    const reminded = expected.thenAt.map(() => {
      const next = nextStep(dispute, now, world);
      if (next.do === 'remind') now = next.nextAt;
      return withOffset(now);
    });
    expect(reminded).toEqual(expected.thenAt);
  });
});

test('what has ended waits for nothing', () => {
  const dispute = { ...raised('2026-11-02T10:00:00+01:00', false), state: 'settled' as const };
  expect(nextStep(dispute, instant('2027-01-01T00:00:00Z'), world)).toEqual({ do: 'wait', until: null });
});

describe('after an outage', () => {
  const dispute = raised('2026-11-02T10:00:00+01:00', false);
  const climb = (now: string) => {
    const next = nextStep(dispute, instant(now), world);
    if (next.do !== 'climb') return expect.fail(next.do);
    return [next.step, withOffset(next.startsAt), withOffset(next.clock.dueAt), next.outage !== null];
  };
  it.each([
    [
      'the sweep that finds it minutes later changes nothing',
      '2026-11-05T00:04:59+01:00',
      '2026-11-04T23:59:59+01:00',
      '2026-11-09T23:59:59+01:00',
      false,
    ],
    [
      'a later one gives the step its whole time from its notice',
      '2026-11-06T09:00:00+01:00',
      '2026-11-06T09:00:00+01:00',
      '2026-11-11T23:59:59+01:00',
      true,
    ],
    [
      'however long it was, one step at a time',
      '2026-12-01T09:00:00+01:00',
      '2026-12-01T09:00:00+01:00',
      '2026-12-04T23:59:59+01:00',
      true,
    ],
  ])('%s', (_name, now, startsAt, endsAt, outage) => {
    expect(climb(now)).toEqual([2, startsAt, endsAt, outage]);
  });

  it('acute: four hours of outage before step 3 leave it its eight hours', () => {
    const acute = raised('2026-11-06T22:10:00+01:00', true);
    const next = nextStep(acute, instant('2026-11-07T06:10:00+01:00'), world);
    if (next.do !== 'climb') return expect.fail(next.do);
    expect([next.step, withOffset(next.clock.dueAt)]).toEqual([3, '2026-11-07T14:10:00+01:00']);
    expect(next.outage).toEqual({ from: acute.stepEndsAt, until: instant('2026-11-07T06:10:00+01:00') });
  });
});

describe('a change between acute and ordinary', () => {
  const at = (step: number, started: string, ends: string, acute: boolean): OnLadder => ({
    acute,
    step,
    state: 'open',
    stepStartedAt: instant(started),
    stepEndsAt: instant(ends),
  });
  const MONDAY = '2026-11-02T10:00:00+01:00';
  it.each<[string, OnLadder, boolean, string, [number, string, string]]>([
    // to acute
    [
      'step 1 becomes step 2, with the acute time from the change',
      at(1, MONDAY, '2026-11-04T23:59:59+01:00', false),
      true,
      '2026-11-03T09:00:00+01:00',
      [2, '2026-11-03T09:00:00+01:00', '2026-11-03T13:00:00+01:00'],
    ],
    [
      'also in the last minute of step 1',
      at(1, MONDAY, '2026-11-04T23:59:59+01:00', false),
      true,
      '2026-11-04T23:59:00+01:00',
      [2, '2026-11-04T23:59:00+01:00', '2026-11-05T03:59:00+01:00'],
    ],
    [
      'step 2 keeps its step with four hours from the change',
      at(2, MONDAY, '2026-11-05T23:59:59+01:00', false),
      true,
      '2026-11-03T09:00:00+01:00',
      [2, MONDAY, '2026-11-03T13:00:00+01:00'],
    ],
    [
      'unless it ends earlier anyhow',
      at(2, MONDAY, '2026-11-05T23:59:59+01:00', false),
      true,
      '2026-11-05T22:00:00+01:00',
      [2, MONDAY, '2026-11-05T23:59:59+01:00'],
    ],
    [
      'step 3: eight hours',
      at(3, MONDAY, '2026-11-09T23:59:59+01:00', false),
      true,
      '2026-11-03T09:00:00+01:00',
      [3, MONDAY, '2026-11-03T17:00:00+01:00'],
    ],
    [
      'step 4: twenty-four',
      at(4, MONDAY, '2026-11-09T23:59:59+01:00', false),
      true,
      '2026-11-03T09:00:00+01:00',
      [4, MONDAY, '2026-11-04T09:00:00+01:00'],
    ],
    // to ordinary
    [
      "to ordinary: the ordinary period from the step's start",
      at(2, MONDAY, '2026-11-02T14:00:00+01:00', true),
      false,
      '2026-11-02T13:00:00+01:00',
      [2, MONDAY, '2026-11-05T23:59:59+01:00'],
    ],
    [
      'never before the change',
      at(3, MONDAY, '2026-11-20T10:00:00+01:00', true),
      false,
      '2026-11-16T09:00:00+01:00',
      [3, MONDAY, '2026-11-16T09:00:00+01:00'],
    ],
  ])('%s', (_name, dispute, acute, now, expected) => {
    const { dispute: is, clock } = changeLadderPriority(dispute, acute, instant(now), world);
    expect([is.step, withOffset(is.stepStartedAt), withOffset(is.stepEndsAt)]).toEqual(expected);
    expect([is.acute, clock.kind, withOffset(clock.dueAt)]).toEqual([acute, `ladder.${is.step}`, expected[2]]);
    expect(clock.derivation).toMatchObject({ acute, due: expected[2], note: expect.any(Object) });
  });
});
