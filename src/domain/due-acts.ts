import { advanceDispute } from './advance-dispute.ts';
import { returnAtOpening, reviewAtClosing } from './closing.ts';
import { escalate } from './escalation.ts';
import { checkReturn } from './handover.ts';
import type { Act } from './lifecycle.ts';
import type { OpenMatters } from './ownership.ts';
import { endPause } from './pausing.ts';
import type { Action } from './policy.ts';
import { sendReceipt } from './receipt-policy.ts';
import type { Decision, Referral, RunningClock } from './referral.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

/** A clock that is due, with everything that the system looks at when it acts. `newId` names a dispute, should it be one. */
export type DueScene = {
  readonly referral: Referral;
  readonly open: OpenMatters;
  readonly clock: RunningClock;
  readonly world: World;
  readonly now: Instant;
  readonly newId: () => string;
};

export type DueAct = {
  readonly act: Act;
  readonly action: Action;
  readonly decide: (scene: DueScene) => Decision | null;
};

const silence = (awaited: 'acknowledge' | 'handover'): DueAct => ({
  act: 'escalate',
  action: 'dispute.escalate',
  decide: ({ referral, open, world, now, newId }) => escalate(referral, open, { awaited, id: newId() }, world, now),
});

const ACTS: Readonly<Record<string, DueAct>> = {
  opening: {
    act: 'return-ownership',
    action: 'clock.act',
    decide: ({ referral, open, world, now }) => returnAtOpening(referral, world, now, open),
  },
  closing: {
    act: 'review-at-closing',
    action: 'clock.act',
    decide: ({ referral, open, world, now }) => reviewAtClosing(referral, world, now, open),
  },
  'return-check': {
    act: 'check-return',
    action: 'clock.act',
    decide: ({ referral, open, clock, world, now, newId }) =>
      checkReturn(referral, open, { handoverId: clock.subjectId ?? '', id: newId() }, world, now),
  },
  'pause-end': {
    act: 'end-pause',
    action: 'clock.act',
    decide: ({ referral, open, clock, world, now }) => endPause(referral, open, clock, world, now),
  },
  'receipt-send': {
    act: 'deliver-receipt',
    action: 'clock.act',
    decide: ({ referral }) => sendReceipt(referral),
  },
  acknowledge: silence('acknowledge'),
  handover: silence('handover'),
  ladder: {
    act: 'advance-dispute',
    action: 'dispute.advance',
    decide: ({ open, world, now }) => advanceDispute(open, world, now),
  },
};

/** What the system does when a clock of the kind is due; null: it only reminds. */
export const dueActOf = (kind: string): DueAct | null => ACTS[kind.startsWith('ladder.') ? 'ladder' : kind] ?? null;

/** Nothing follows from the act: it leaves no trace. */
export const isNothing = (decision: Decision): boolean =>
  decision.facts.length === 0 && (decision.end ?? []).length === 0;
