import { type ActingNow, actsNow } from './acting.ts';
import { type Clock, startClock } from './deadlines.ts';
import { nextClosing, nextOpening } from './opening-hours.ts';
import { unitOf } from './organisation-tree.ts';
import type { Mail, Move, Timer } from './referral.ts';
import { type Routed, type RoutingInput, route } from './routing.ts';
import type { RuledKind } from './rulebook.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

export type Arrival = {
  readonly routing: RoutingInput;
  readonly receivedAt: Instant;
  readonly now: Instant;
  readonly acute: boolean;
  /** No receipt is owed to an anonymous notifier or where there is nowhere to send it. */
  readonly receiptOwed: boolean;
};

export type Intake = {
  readonly routed: Routed;
  readonly acting: ActingNow;
  readonly owner: Move;
  readonly assessmentUnit: string | null;
  readonly clocks: readonly Clock[];
  readonly timers: readonly Timer[];
  readonly mails: readonly Mail[];
};

/** Who owns and who assesses, once it is known whose it is and what the hour is. */
export const placement = (
  acting: ActingNow,
  responsible: string,
  reason: string,
): { owner: Move; assessmentUnit: string | null } => {
  const provisional = acting.as === 'provisional owner';
  return {
    owner: {
      unit: provisional ? acting.unit : responsible,
      provisionalRule: provisional ? 'acute-while-closed' : null,
      reason,
      countsAsMove: false,
    },
    assessmentUnit: acting.as === 'assessment task' ? acting.unit : null,
  };
};

/** Timers of a referral: back at the responsible unit's opening, looked at again at each closing. */
export const timersFor = (world: World, responsible: string, provisional: boolean, now: Instant): readonly Timer[] => {
  const unit = unitOf(world.organisation, responsible);
  if (provisional) {
    const opens = nextOpening(unit, world.calendar, now);
    return [{ kind: 'opening', dueAt: opens, why: 'ownership returns to the responsible unit at its next opening' }];
  }
  const closes = nextClosing(unit, world.calendar, now);
  return closes ? [{ kind: 'closing', dueAt: closes, why: 'who acts now is decided again at each closing' }] : [];
};

/** Tells whoever must act: the duty unit at once, an ordinary matter's unit when it is open. */
export const noticesFor = (
  owner: Move,
  assessmentUnit: string | null,
  acute: boolean,
  caseworker: string | null = null,
): readonly Mail[] => [
  { template: 'referral-received', to: { unit: owner.unit }, exempt: acute },
  // The child's own caseworker hears of it beside the unit; whoever is there takes it.
  ...(caseworker && owner.provisionalRule === null
    ? [{ template: 'referral-received' as const, to: { person: caseworker }, exempt: acute }]
    : []),
  ...(assessmentUnit ? [{ template: 'assessment-task' as const, to: { unit: assessmentUnit }, exempt: true }] : []),
];

/** Everything that follows from a referral's arrival; pure, so that the same arrival always gives the same. */
export const receive = (arrival: Arrival, world: World): Intake => {
  const { receivedAt, now, acute } = arrival;
  const clock = (kind: RuledKind, start: Instant): Clock =>
    startClock(kind, { start, receivedAt, acute }, world.rulebook, world.calendar);
  const routed = route(arrival.routing, world.organisation);
  // An inquiry reports no worry: there is nothing to assess within 24 hours, receipt or investigate.
  const inquiry = arrival.routing.matter === 'inquiry';
  const assess = clock('assess-24h', receivedAt);
  const acting = actsNow(
    { responsible: routed.unit, acute, assessBy: assess.dueAt, assessed: inquiry, at: now },
    world,
  );
  const { owner, assessmentUnit } = placement(acting, routed.unit, 'routed');
  return {
    routed,
    acting,
    owner,
    assessmentUnit,
    clocks: [
      ...(inquiry ? [] : [assess]),
      ...(arrival.receiptOwed && !inquiry ? [clock('receipt', receivedAt)] : []),
      ...(inquiry ? [] : [clock('investigation', receivedAt)]),
      clock('acknowledge', now),
    ],
    timers: timersFor(world, routed.unit, owner.provisionalRule !== null, now),
    mails: noticesFor(owner, assessmentUnit, acute, routed.caseworker),
  };
};
