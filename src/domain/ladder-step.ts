import type { Clock } from './deadlines.ts';
import { DomainError, type Reason } from './errors.ts';
import { type LadderWorld, ladderSteps, reminderAfter, stepClock } from './ladder.ts';
import { isLate } from './lateness.ts';
import type { LadderStep } from './organisation.ts';
import type { Dispute } from './ownership.ts';
import { earliest, type Instant, isBefore, latest, withOffset } from './time.ts';

type OnLadder = Pick<Dispute, 'acute' | 'step' | 'state' | 'stepStartedAt' | 'stepEndsAt'>;

export type NextStep =
  | { readonly do: 'wait'; readonly until: Instant | null }
  /** The last step has run out: everybody of it is reminded, next at `nextAt`, until it is settled. */
  | { readonly do: 'remind'; readonly nextAt: Instant }
  | {
      readonly do: 'climb';
      readonly step: number;
      readonly startsAt: Instant;
      readonly clock: Clock;
      readonly outage: { readonly from: Instant; readonly until: Instant } | null;
    };

/** Where a ladder begins: ordinary at its first step, acute at its own first, which is step 2. Throws RangeError. */
export const firstStep = (acute: boolean, raisedAt: Instant, world: LadderWorld) => {
  const step = ladderSteps(world.organisation, acute)[0];
  if (!step) throw new RangeError('organisation without a ladder');
  return { step: step.step, clock: stepClock(step, raisedAt, acute, world) };
};

/** The same step where the other ladder has it, else the next one that it has. */
const sameStep = (steps: readonly LadderStep[], step: number): LadderStep => {
  const found = steps.find((one) => one.step >= step) ?? steps.at(-1);
  if (!found) throw new RangeError('organisation without a ladder');
  return found;
};

/** What somebody is told whose step the dispute has left since they looked. */
export const climbedMeanwhile = (): DomainError =>
  new DomainError('STALE', {
    da: 'Uenigheden er gået et trin op imens.',
    en: 'The dispute has gone up a step meanwhile.',
  });

/** The next step of the ladder, begun at `startsAt`; null after the last one. */
export const stepAfter = (dispute: Pick<Dispute, 'acute' | 'step'>, startsAt: Instant, world: LadderWorld) => {
  const next = ladderSteps(world.organisation, dispute.acute).find(({ step }) => step > dispute.step);
  return next ? { step: next.step, startsAt, clock: stepClock(next, startsAt, dispute.acute, world) } : null;
};

/**
 * What the ladder does now. A step ends at its due instant and the next begins there and then; after an outage the next
 * one has its whole time from its notice, which is now, and never more than one step is climbed at once.
 * Raised Mon 2026-11-02 10:00 → at Wed 23:59:59 climb to step 2, which begins at that instant and ends Mon 9th.
 */
export const nextStep = (dispute: OnLadder, now: Instant, world: LadderWorld): NextStep => {
  if (dispute.state !== 'open') return { do: 'wait', until: null };
  if (isBefore(now, dispute.stepEndsAt)) return { do: 'wait', until: dispute.stepEndsAt };
  const late = isLate(dispute.stepEndsAt, now);
  const next = stepAfter(dispute, late ? now : dispute.stepEndsAt, world);
  if (next) return { do: 'climb', ...next, outage: late ? { from: dispute.stepEndsAt, until: now } : null };
  const last = sameStep(ladderSteps(world.organisation, dispute.acute), dispute.step);
  const times = { startsAt: dispute.stepStartedAt, endedAt: dispute.stepEndsAt };
  return { do: 'remind', nextAt: reminderAfter(last, times, world, now) };
};

const TO_ACUTE: Reason = {
  da: 'Ændret til akut: fristen er den tidligste af den hidtidige og den akutte fra ændringen.',
  en: 'Changed to acute: due at the earlier of what it was and the acute period from the change.',
};
const TO_ORDINARY: Reason = {
  da: 'Ændret til ikke akut: den almindelige frist fra trinets begyndelse, dog aldrig før ændringen.',
  en: "Changed to ordinary: the ordinary period from the step's start, never before the change.",
};

const dueAs = (clock: Clock, dueAt: Instant, note: Reason): Clock => ({
  ...clock,
  dueAt,
  derivation: { ...clock.derivation, due: withOffset(dueAt), note },
});

/**
 * The ladder when a matter becomes acute or ordinary. To acute: step 1 becomes step 2, with the acute time from the
 * change; a later one keeps its step, with the acute time from the change if that is earlier. To ordinary: the ordinary
 * period from the step's start, never before the change. `clock.startedAt` says from where it is counted.
 */
export const changeLadderPriority = <D extends OnLadder>(
  dispute: D,
  acute: boolean,
  now: Instant,
  world: LadderWorld,
): { readonly dispute: D; readonly clock: Clock } => {
  const step = sameStep(ladderSteps(world.organisation, acute), dispute.step);
  const other = step.step !== dispute.step;
  const stepStartedAt = other ? now : dispute.stepStartedAt;
  const full = stepClock(step, acute ? now : stepStartedAt, acute, world);
  const dueAt = acute ? earliest(other ? full.dueAt : dispute.stepEndsAt, full.dueAt) : latest(full.dueAt, now);
  return {
    dispute: { ...dispute, acute, step: step.step, stepStartedAt, stepEndsAt: dueAt },
    clock: dueAs(full, dueAt, acute ? TO_ACUTE : TO_ORDINARY),
  };
};
