import { awaitsAnswer, isOwed, type LawfulClock } from './explanation.ts';
import { isLegal } from './lifecycle.ts';
import { isPaused, mayPause } from './pausing.ts';
import { can } from './policy.ts';
import type { Subject } from './policy-relations.ts';
import type { Referral, RunningClock } from './referral.ts';
import type { Actor } from './scope.ts';
import type { Instant } from './time.ts';

export const CLOCK_ACTS = ['pause-clock', 'resume-clock', 'explain-overdue', 'answer-explanation'] as const;
export type ClockAct = (typeof CLOCK_ACTS)[number];

/** What a person may do with each clock of a referral now. `running` is the clock's row while it runs. */
export const clockActs = (
  actor: Actor,
  subject: Subject,
  { status }: Pick<Referral, 'status'>,
  clock: LawfulClock,
  running: RunningClock | undefined,
  now: Instant,
): ClockAct[] => {
  const by = actor.kind === 'person' ? actor.personId : '';
  const makesSense: Readonly<Record<ClockAct, boolean>> = {
    'pause-clock': running !== undefined && mayPause(running, now),
    'resume-clock': running !== undefined && isPaused(running, now),
    'explain-overdue': isOwed(clock, now),
    'answer-explanation': awaitsAnswer(clock, by),
  };
  return CLOCK_ACTS.filter((act) => makesSense[act] && isLegal(act, status) && can(actor, `referral.${act}`, subject));
};
