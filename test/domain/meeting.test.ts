import { describe, expect, it, test } from 'vitest';
import { advanceDispute, changeDisputePriority } from '#domain/advance-dispute.ts';
import { alarmClockOf } from '#domain/alarm-mails.ts';
import { alarmsOf } from '#domain/alarms.ts';
import { climbEarly } from '#domain/climb-early.ts';
import {
  awaitsMinutes,
  callMeeting,
  cancelMeeting,
  meetingNameOf,
  meetingNow,
  recordMinutes,
} from '#domain/meeting.ts';
import { changePriority } from '#domain/priority.ts';
import type { Decision } from '#domain/referral.ts';
import { instant, iso, withOffset } from '#domain/time.ts';
import { disputed, steppedTo } from '#test/support/disputed.ts';
import { applied, type Matter, openOf } from '#test/support/matter.ts';
import { assessedReferral, moved, refusal, started, world } from '#test/support/referral.ts';

// Raised Mon 2 November: step 3, the chiefs' BEKU, runs from Mon 9th 23:59:59 to Mon 16th 23:59:59.
const TUESDAY = '2026-11-10T09:00:00+01:00';
const FRIDAY = '2026-11-13T10:00:00+01:00';
const chiefs = (): Matter => steppedTo(3, disputed());
const calling = (matter: Matter, at: string, now = TUESDAY): Decision =>
  callMeeting(matter.referral, openOf(matter), { at: instant(at), agenda: 'Hvis er den?' }, world, instant(now));
const called = (at = FRIDAY, matter = chiefs()): Matter => applied(matter, calling(matter, at), instant(TUESDAY));
const cancelling = (matter: Matter, now = '2026-11-11T09:00:00+01:00'): Decision =>
  cancelMeeting(matter.referral, openOf(matter), { reason: 'Formanden er syg' }, world, instant(now));
const writing = (matter: Matter, now: string): Decision =>
  recordMinutes(openOf(matter), { minutes: 'Enige om hjemlen' }, world, instant(now));
const disputeOf = (matter: Matter) => openOf(matter).dispute ?? expect.fail();
const endOf = (matter: Matter): string => withOffset(disputeOf(matter).stepEndsAt);

it.each([
  [1, false, null],
  [2, false, null],
  [3, false, 'BEKU'],
  [4, false, 'directors'],
  [3, true, null],
  [4, true, 'directors'],
])('step %i, acute %s, is the meeting %s', (step, acute, name) => {
  expect(meetingNameOf({ step, acute, meeting: null }, world.organisation)).toBe(name);
});

describe('a date', () => {
  test('bounds the step: it ends with that day, and its clock and alarms with it', () => {
    const decision = calling(chiefs(), FRIDAY);
    expect(moved(decision)).toEqual({ 'ladder.3:d1': '2026-11-13T23:59:59+01:00' });
    expect(decision.facts).toMatchObject([
      {
        kind: 'meeting-called',
        data: { step: 3, meeting: 'BEKU', at: iso(instant(FRIDAY)), endsAt: '2026-11-13T23:59:59+01:00' },
        sealed: { text: 'Hvis er den?' },
      },
    ]);
    const clock = called().referral.clocks.find(({ kind }) => kind === 'ladder.3') ?? expect.fail();
    const alarms = alarmsOf(alarmClockOf({ ...clock, derivation: clock.derivation }), world.calendar);
    expect(alarms.map(({ stage, at }) => `${stage} ${withOffset(at)}`)).toEqual([
      'half 2026-11-12T08:00:00+01:00',
      'last-day 2026-11-13T08:00:00+01:00',
      'end 2026-11-13T23:59:59+01:00',
    ]);
  });

  test('is refused where the step has ended with the day of its meeting, though nobody has climbed yet', () => {
    const late = '2026-11-14T09:00:00+01:00';
    expect(refusal(() => calling(called(), '2026-11-16T10:00:00+01:00', late))).toBe('STALE');
  });

  test('is told to the step and the coordinators', () => {
    const told = calling(chiefs(), FRIDAY).mails ?? [];
    expect(told.every(({ template }) => template === 'meeting-called')).toBe(true);
    expect(told.map(({ to }) => ('person' in to ? to.person : to))).toEqual([
      'area-manager-bbu',
      'centre-director-bbu',
      'area-manager-bch',
      'centre-director-bch',
      'buf-sof-coordinator-sof-stab',
    ]);
  });

  test('on the last day of the step moves nothing', () => {
    expect(calling(chiefs(), '2026-11-16T15:00:00+01:00').retime).toEqual([]);
  });

  it.each([
    ['in the past', '2026-11-10T08:59:59+01:00', TUESDAY, 'INVALID at:not-ahead'],
    ['after the end of the step', '2026-11-17T09:00:00+01:00', TUESDAY, 'INVALID at:after-step'],
  ])('%s is refused', (_name, at, now, expected) => {
    expect(refusal(() => calling(chiefs(), at, now))).toBe(expected);
  });

  test('is refused where the step is no meeting, and of silence', () => {
    const early = (matter: Matter) =>
      refusal(() => calling(matter, '2026-11-04T09:00:00+01:00', '2026-11-03T09:00:00+01:00'));
    expect(early(disputed())).toBe('ILLEGAL_TRANSITION');
    const silent = chiefs();
    const disputes = silent.disputes.map((one) => ({ ...one, kind: 'escalation' as const }));
    expect(refusal(() => calling({ ...silent, disputes }, FRIDAY))).toBe('ILLEGAL_TRANSITION');
  });

  test('moved to another day within the step’s own time', () => {
    const later = calling(called(), '2026-11-16T10:00:00+01:00', '2026-11-11T09:00:00+01:00');
    expect(moved(later)).toEqual({ 'ladder.3:d1': '2026-11-16T23:59:59+01:00' });
    expect(refusal(() => calling(called(), '2026-11-17T10:00:00+01:00'))).toBe('INVALID at:after-step');
  });

  test('of directors whose step has run out bounds nothing, and may lie further ahead', () => {
    const directors = steppedTo(4, disputed());
    const decision = calling(directors, '2026-12-01T10:00:00+01:00', '2026-11-25T09:00:00+01:00');
    expect([decision.retime, decision.disputes?.[0]?.is.stepEndsAt]).toEqual([[], disputeOf(directors).stepEndsAt]);
  });
});

test('unsettled at the end of its day, the dispute climbs at that instant', () => {
  const matter = called();
  const waits = advanceDispute(openOf(matter), world, instant('2026-11-13T23:59:58+01:00'));
  expect(waits.next.do).toBe('wait');
  const climbs = advanceDispute(openOf(matter), world, instant('2026-11-13T23:59:59+01:00'));
  expect(started(climbs)).toEqual({ 'ladder.4:d1': '2026-11-20T23:59:59+01:00' });
  const after = applied(matter, climbs, instant('2026-11-13T23:59:59+01:00'));
  expect(meetingNow(disputeOf(after))).toBeNull();
});

describe('called off', () => {
  test('the step has its own time again', () => {
    const decision = cancelling(called());
    expect(moved(decision)).toEqual({ 'ladder.3:d1': '2026-11-16T23:59:59+01:00' });
    expect(decision.disputes?.[0]?.is.meeting).toBeNull();
    expect(decision.facts[0]).toMatchObject({ kind: 'meeting-cancelled', sealed: { text: 'Formanden er syg' } });
  });

  test('not once it has begun, nor where there is none', () => {
    expect(refusal(() => cancelling(called(), FRIDAY))).toBe('ILLEGAL_TRANSITION');
    expect(refusal(() => cancelling(chiefs()))).toBe('ILLEGAL_TRANSITION');
  });
});

describe('minutes', () => {
  test('once it has been held, for every side to read, and once', () => {
    const matter = called();
    expect(refusal(() => writing(matter, '2026-11-13T09:59:59+01:00'))).toBe('ILLEGAL_TRANSITION');
    const decision = writing(matter, '2026-11-13T11:00:00+01:00');
    expect(decision.facts[0]).toMatchObject({ kind: 'meeting-held', sealed: { text: 'Enige om hjemlen' } });
    expect(decision.retime).toBeUndefined();
    const after = applied(matter, decision, instant('2026-11-13T11:00:00+01:00'));
    expect(endOf(after)).toBe('2026-11-13T23:59:59+01:00');
    expect(refusal(() => writing(after, '2026-11-13T12:00:00+01:00'))).toBe('ILLEGAL_TRANSITION');
  });

  test('also after the step has ended', () => {
    const at = instant('2026-11-13T23:59:59+01:00');
    const after = applied(called(), advanceDispute(openOf(called()), world, at), at);
    expect(awaitsMinutes(disputeOf(after), instant('2026-11-16T09:00:00+01:00'))).toBe(true);
    expect(refusal(() => writing(after, '2026-11-16T09:00:00+01:00'))).toBe('allowed');
  });
});

test('who climbs early leaves the meeting behind', () => {
  const by = { step: 3, personId: 'area-manager-bbu', reason: 'x' };
  const climbs = climbEarly(openOf(called()), by, world, instant('2026-11-11T09:00:00+01:00'));
  const after = applied(called(), climbs, instant('2026-11-11T09:00:00+01:00'));
  expect([meetingNow(disputeOf(after)), endOf(after)]).toEqual([null, '2026-11-18T23:59:59+01:00']);
});

describe('a change of priority', () => {
  const change = (matter: Matter, acute: boolean, now: string): Matter => {
    const at = instant(now);
    const changed = changePriority(matter.referral, { acute, reason: 'x' }, world, at);
    return applied(matter, changeDisputePriority(matter.referral, changed, openOf(matter), world, at), at);
  };

  test('to acute: a meeting within the acute time stands', () => {
    const acute = change(called('2026-11-11T14:00:00+01:00'), true, '2026-11-11T09:00:00+01:00');
    expect([endOf(acute), meetingNow(disputeOf(acute))?.name]).toEqual(['2026-11-11T17:00:00+01:00', 'BEKU']);
  });

  test('to acute: one that lies after it lapses, and who was called is told', () => {
    const at = instant('2026-11-11T09:00:00+01:00');
    const matter = called();
    const changed = changePriority(matter.referral, { acute: true, reason: 'x' }, world, at);
    const whole = changeDisputePriority(matter.referral, changed, openOf(matter), world, at);
    expect(whole.facts).toContainEqual(
      expect.objectContaining({ kind: 'meeting-cancelled', data: expect.objectContaining({ how: 'overtaken' }) }),
    );
    expect(whole.mails?.some(({ template }) => template === 'meeting-cancelled')).toBe(true);
    const after = applied(matter, whole, at);
    expect([endOf(after), disputeOf(after).meeting]).toEqual(['2026-11-11T17:00:00+01:00', null]);
  });

  test('to ordinary: the step has its ordinary time again, up to the day of the meeting', () => {
    const acute = change(called('2026-11-11T14:00:00+01:00'), true, '2026-11-11T09:00:00+01:00');
    const back = change(acute, false, '2026-11-11T10:00:00+01:00');
    expect(endOf(back)).toBe('2026-11-11T23:59:59+01:00');
    expect(meetingNow(disputeOf(back))?.ownEnd).toBe(iso(instant('2026-11-16T23:59:59+01:00')));
  });

  test('of a referral without a dispute’s meeting changes only the ladder', () => {
    const acute = change(steppedTo(3, disputed(assessedReferral())), true, '2026-11-11T09:00:00+01:00');
    expect(endOf(acute)).toBe('2026-11-11T17:00:00+01:00');
  });
});
