import { alarmMails } from './alarm-mails.ts';
import { type Derivation, recount } from './deadlines.ts';
import type { Reason } from './errors.ts';
import { refuseField } from './field-errors.ts';
import { illegal } from './lifecycle.ts';
import type { OpenMatters } from './ownership.ts';
import { isPausedAt, type Pause, ranBetween, restsLonger } from './pause.ts';
import { type Decision, personOn, type Referral, type RunningClock } from './referral.ts';
import { type DayUnit, policyAt } from './rulebook.ts';
import { type Instant, instant, isAfter, isBefore, iso, withOffset } from './time.ts';
import { clockName } from './timeline.ts';
import type { World } from './world.ts';

/** Why a clock rests; a choice, so that nothing personal can stand in it. */
export const PAUSE_REASONS = [
  { code: 'family', da: 'Venter på familien', en: 'Waiting for the family' },
  { code: 'other-party', da: 'Venter på en anden myndighed eller fagperson', en: 'Waiting for another authority' },
  { code: 'interpreter', da: 'Venter på tolk', en: 'Waiting for an interpreter' },
  { code: 'agreed', da: 'Aftalt med den, der venter på svaret', en: 'Agreed with whoever waits for the answer' },
] as const satisfies readonly (Reason & { readonly code: string })[];

export type PauseReason = (typeof PAUSE_REASONS)[number]['code'];
export const PAUSE_REASON_CODES = PAUSE_REASONS.map(({ code }) => code);

type Counted = RunningClock & { readonly derivation: Derivation };

const pausesOf = ({ derivation }: Pick<RunningClock, 'derivation'>): readonly Pause[] =>
  (derivation as Derivation | undefined)?.pauses ?? [];

export const isPaused = (clock: Pick<RunningClock, 'derivation'>, now: Instant): boolean =>
  isPausedAt(now, pausesOf(clock));

/** Why a clock may never rest; null when it may. */
const mayNotRest = (clock: RunningClock): Reason | null => {
  const { da, en } = clockName(clock.kind);
  const { status, source, period } = (clock.derivation ?? {}) as Partial<Derivation>;
  if (clock.kind.startsWith('ladder.')) {
    return {
      da: 'En uenighed må ikke hvile, så et trin på stigen kan ikke sættes på pause.',
      en: 'A dispute must not rest, so a step of the ladder cannot be paused.',
    };
  }
  if (status === undefined) {
    return { da: 'Det er ikke en frist, men systemets eget ur.', en: 'This is a timer of the system, not a deadline.' };
  }
  if (status === 'policy') {
    // Months end on a date and have no days that could be left out.
    const never = { da: 'En frist i måneder kan ikke sættes på pause.', en: 'A period in months cannot be paused.' };
    return period?.unit === 'months' ? never : null;
  }
  return {
    da: `${da} er en frist i loven og kan ikke sættes på pause. Grundlag: ${source}.`,
    en: `${en} is a period set by law and cannot be paused. Source, in Danish: ${source}.`,
  };
};

/** May it rest at all? Only the municipality's own clocks, and only before their end. */
export const mayPause = (clock: RunningClock, now: Instant): boolean =>
  mayNotRest(clock) === null && isBefore(now, clock.dueAt) && !isPaused(clock, now);

const runningClock = ({ clocks }: Referral, id: string): RunningClock => {
  const clock = clocks.find((one) => one.id === id);
  if (clock) return clock;
  throw illegal('Fristen løber ikke længere.', 'The clock does not run any more.');
};

const demandShort = (clock: Counted, pauses: readonly Pause[], world: World, now: Instant): void => {
  const { period } = clock.derivation;
  const { days, hours } = policyAt(world.rulebook, now).pauseAtMost;
  if (period.unit !== 'elapsed hours') {
    if (restsLonger(world.calendar, period.unit as DayUnit, pauses, days)) refuseField('until', 'pause-too-long');
    return;
  }
  const rested = pauses.reduce((all, { from, until }) => all + ranBetween(instant(from), instant(until), []), 0);
  if (rested > hours * 60 * 60 * 1000) refuseField('until', 'pause-too-long');
};

/** Its last pause is over, and the sweep has not come by yet: that pause ends first, at the instant that was set. */
const unswept = ({ clocks }: Referral, { id, kind, dueAt }: Counted) => {
  const timer = clocks.find((one) => one.kind === 'pause-end' && one.subjectId === id);
  if (!timer) return { facts: [], end: [], pauses: [] };
  return {
    facts: [{ kind: 'pause-ended', data: { clock: kind, deadline: id, due: withOffset(dueAt) } }],
    end: [{ kind: 'pause-end', as: 'met', subjectId: id }],
    pauses: [{ change: 'end', deadlineId: id, endedAt: timer.dueAt }],
  } as const;
};

/**
 * A clock of the municipality's own rests from now until `until`, and is due later by exactly that: an hour clock by
 * the time, a day clock by the days that are paused wholly or in part and would have counted. It alarms again when it
 * runs again. Throws ILLEGAL_TRANSITION for a clock of the law, a step of the ladder, one that rests or has passed,
 * INVALID when `until` is not ahead or the clock would rest longer than policy allows.
 */
export const pauseClock = (
  referral: Referral,
  what: { readonly clockId: string; readonly id: string; readonly reason: PauseReason; readonly until: Instant },
  by: string,
  world: World,
  now: Instant,
): Decision => {
  const found = runningClock(referral, what.clockId);
  const never = mayNotRest(found);
  if (never) throw illegal(never.da, never.en);
  const clock = found as Counted;
  if (isPaused(clock, now)) throw illegal('Fristen er allerede sat på pause.', 'The clock is paused already.');
  if (!isBefore(now, clock.dueAt)) {
    throw illegal('Fristen er overskredet og kan ikke sættes på pause.', 'The clock has passed and cannot be paused.');
  }
  const { id, clockId, reason, until } = what;
  if (!isAfter(until, now)) refuseField('until', 'not-ahead');
  const pauses = [...pausesOf(clock), { from: iso(now), until: iso(until) }];
  demandShort(clock, pauses, world, now);
  const moved = recount(clock, pauses, world.calendar);
  const data = { clock: clock.kind, deadline: clockId, reason, until: withOffset(until) };
  const over = unswept(referral, clock);
  return {
    patch: {},
    end: over.end,
    facts: [
      ...over.facts,
      { kind: 'clock-paused', data: { ...data, was: withOffset(clock.dueAt), due: withOffset(moved.dueAt) } },
    ],
    retime: [{ id: clockId, kind: clock.kind, acute: clock.acute, ...moved }],
    timers: [{ kind: 'pause-end', dueAt: until, subjectId: clockId, why: 'the pause of a clock ends by itself' }],
    pauses: [
      ...over.pauses,
      { change: 'begin', id, deadlineId: clockId, reason, personId: by, startedAt: now, endsAt: until },
    ],
  };
};

/** It runs again before the pause was to end, and is due that much earlier. Throws ILLEGAL_TRANSITION when it runs. */
export const resumeClock = (
  referral: Referral,
  what: { readonly clockId: string },
  world: World,
  now: Instant,
): Decision => {
  const clock = runningClock(referral, what.clockId) as Counted;
  if (!isPaused(clock, now)) throw illegal('Fristen er ikke sat på pause.', 'The clock is not paused.');
  const pauses = pausesOf(clock).map((pause) => (isPausedAt(now, [pause]) ? { ...pause, until: iso(now) } : pause));
  const moved = recount(clock, pauses, world.calendar);
  const data = { clock: clock.kind, deadline: clock.id, was: withOffset(clock.dueAt), due: withOffset(moved.dueAt) };
  return {
    patch: {},
    facts: [{ kind: 'clock-resumed', data }],
    end: [{ kind: 'pause-end', as: 'lapsed', subjectId: clock.id }],
    retime: [{ id: clock.id, kind: clock.kind, acute: clock.acute, ...moved }],
    pauses: [{ change: 'end', deadlineId: clock.id, endedAt: now }],
  };
};

/** The pause ends by itself, at the instant that was set: the clock alarms again and its handler is told. */
export const endPause = (
  referral: Referral,
  { handover }: Pick<OpenMatters, 'handover'>,
  timer: RunningClock,
  world: World,
  now: Instant,
): Decision => {
  const done = { kind: 'pause-end', as: 'met', ...(timer.subjectId ? { subjectId: timer.subjectId } : {}) } as const;
  const clock = referral.clocks.find(({ id }) => id === timer.subjectId) as Counted | undefined;
  if (!clock) return { patch: {}, facts: [], end: [done] };
  const { id, kind, acute, dueAt, derivation } = clock;
  const { ownerUnit, assessmentUnit } = referral;
  const holders = {
    ownerUnit,
    assessmentUnit,
    receiverUnit: handover?.to ?? null,
    senderPersonId: referral.senderPersonId,
    handlerId: personOn(kind, referral),
  };
  return {
    patch: {},
    facts: [{ kind: 'pause-ended', data: { clock: kind, deadline: id, due: withOffset(dueAt) } }],
    end: [done],
    retime: [{ id, kind, acute, dueAt, derivation, alarmsAfter: timer.dueAt }],
    pauses: [{ change: 'end', deadlineId: id, endedAt: timer.dueAt }],
    mails: alarmMails({ id, kind, acute, derivation, stage: 'pause-ended', ...holders }, world, now),
  };
};
