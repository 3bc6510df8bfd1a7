import { describe, expect, it } from 'vitest';
import { applyRegulation } from '#domain/apply-regulation.ts';
import { startClock } from '#domain/deadlines.ts';
import { pauseClock, resumeClock } from '#domain/pausing.ts';
import { changePriority } from '#domain/priority.ts';
import { movedBy } from '#domain/recalculation.ts';
import type { RunningClock } from '#domain/referral.ts';
import { regulationChange } from '#domain/regulation-change.ts';
import { defaultRegulations, type Regulations, worldFrom } from '#domain/regulations.ts';
import type { PolicyKind } from '#domain/rulebook.ts';
import { instant, T, withOffset } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { assessedReferral } from '#test/support/referral.ts';

const organisation = trainingOrganisation();
const delivered = defaultRegulations(organisation);
const at = (day: string, time = '10:00:00') => instant(`2026-11-${day}T${time}+01:00`);
const end = (day: string): string => `2026-11-${day}T23:59:59+01:00`;

const decided = (change: Record<string, unknown>, when = at('04', '12:00:00'), on = delivered): Regulations =>
  applyRegulation(on, regulationChange.parse({ source: 'direktionen', ...change }), 'x', organisation, when);
const closed = (day: string, applyToOpen: boolean) => ({
  what: 'closing-day',
  on: `2026-11-${day}`,
  from: `2026-11-${day}`,
  until: null,
  da: 'lukket',
  en: 'closed',
  applyToOpen,
});
const worldOf = (regulations: Regulations): World => worldFrom(organisation, regulations);

const begun = (kind: PolicyKind, start = at('04', '09:10:00'), world = worldOf(delivered)): RunningClock => {
  const clock = startClock(kind, { start, receivedAt: start, acute: false }, world.rulebook, world.calendar);
  return { ...clock, id: kind, subjectId: null, acute: false };
};
const open = (clock: RunningClock) => assessedReferral({ clocks: [clock], acute: clock.acute });
const rested = (clock: RunningClock, world: World, from = at('05'), until = at('05', '12:00:00')): string => {
  const what = { clockId: clock.id, id: 'p', reason: 'family' as const, until };
  return withOffset(pauseClock(open(clock), what, 'x', world, from).retime?.[0]?.dueAt ?? clock.dueAt);
};

describe('a closing day decided while a clock runs, and not for it', () => {
  // Proposed Wednesday the 4th, due Friday the 6th.
  const clock = begun('handover');
  const world = worldOf(decided(closed('06', false)));

  it('does not come in with a pause, nor when the pause is ended early', () => {
    expect(withOffset(clock.dueAt)).toBe(end('06'));
    expect(rested(clock, world)).toBe(end('09'));
    expect(rested(clock, worldOf(decided(closed('09', false))))).toBe(end('09'));
    const what = { clockId: clock.id, id: 'p', reason: 'family' as const, until: at('06', '12:00:00') };
    const [paused] = pauseClock(open(clock), what, 'x', world, at('05')).retime ?? [];
    const [again] =
      resumeClock(open({ ...clock, ...paused }), { clockId: clock.id }, world, at('05', '11:00:00')).retime ?? [];
    expect(again && withOffset(again.dueAt)).toBe(end('09'));
  });

  it('nor with a change of priority there and back', () => {
    const change = (acute: boolean, of: RunningClock, now: string) => {
      const decision = changePriority(open(of), { acute, reason: 'r' }, world, at('05', now));
      return { ...of, ...decision.retime?.[0] };
    };
    expect(withOffset(change(false, change(true, clock, '10:00:00'), '11:00:00').dueAt)).toBe(end('06'));
  });

  it('nor with a later change that is for it, and an end of one is as little its own', () => {
    const both = decided(closed('05', true), at('04', '13:00:00'), decided(closed('06', false)));
    const before = worldOf(decided(closed('06', false)));
    const change = { before, after: worldOf(both), applyToOpen: true, from: T.PlainDate.from('2026-11-05') };
    const rest = {
      referralId: 'r',
      caseNumber: '1',
      unit: 'u',
      ownerUnit: 'u',
      responsibleUnit: 'u',
      acuteSince: null,
    };
    const [move] = movedBy(
      [{ ...clock, ...rest, receivedAt: clock.startedAt, derivation: clock.derivation }],
      change,
      at('04', '13:00:00'),
    );
    expect(move && withOffset(move.to)).toBe(end('09'));

    const without = decided(
      { what: 'end-closing-day', on: '2026-11-06', until: '2026-11-06', applyToOpen: false },
      at('05', '09:00:00'),
      decided(closed('06', true), at('03')),
    );
    const under = begun('handover', at('04'), worldOf(decided(closed('06', true), at('03'))));
    expect(withOffset(under.dueAt)).toBe(end('09'));
    expect(rested(under, worldOf(without))).toBe(end('10'));
    expect(withOffset(begun('handover', at('05', '09:30:00'), worldOf(without)).dueAt)).toBe(end('09'));
  });

  it('but for what begins after it, and for all when it was decided for all', () => {
    expect(withOffset(begun('handover', at('04', '12:00:01'), world).dueAt)).toBe(end('09'));
    expect(rested(clock, worldOf(decided(closed('06', true))))).toBe(end('10'));
  });
});

describe('a helligdag', () => {
  it('new next year, or no more, is nothing to a clock that runs over the new year', () => {
    const fixed = { what: 'holiday', da: 'dag', en: 'day', on: { fixed: '01-04' }, from: 2027, applyToOpen: false };
    const clock = begun('feedback', instant('2026-12-29T10:00:00+01:00'));
    const when = instant('2026-12-29T12:00:00+01:00');
    const paused = (change: Record<string, unknown>): string =>
      rested(
        clock,
        worldOf(decided(change, when)),
        instant('2026-12-30T10:00:00+01:00'),
        instant('2026-12-30T11:00:00+01:00'),
      );
    // Friday 1 January is a helligdag, 31 December a closing day: Monday 4th to Friday 8th.
    expect(paused(fixed)).toBe('2027-01-08T23:59:59+01:00');
    expect(paused({ ...fixed, applyToOpen: true })).toBe('2027-01-11T23:59:59+01:00');
    const ended = { what: 'end-holiday', id: 'new-year', until: 2027 };
    expect(paused({ ...ended, applyToOpen: false })).toBe('2027-01-08T23:59:59+01:00');
    expect(paused({ ...ended, applyToOpen: true })).toBe('2027-01-07T23:59:59+01:00');
  });
});
