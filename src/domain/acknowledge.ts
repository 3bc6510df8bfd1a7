import { actsNow } from './acting.ts';
import { startClock } from './deadlines.ts';
import { noticesFor, placement, timersFor } from './intake.ts';
import { takenStatus } from './lifecycle.ts';
import type { NamedBy } from './ownership.ts';
import type { Decision, Referral } from './referral.ts';
import { type RoutingInput, route } from './routing.ts';
import { type Instant, withOffset } from './time.ts';
import { keptTrace } from './trace-words.ts';
import type { World } from './world.ts';

/** Timers are begun anew whenever the responsible unit changes. */
export const UNIT_TIMERS = [
  { kind: 'opening', as: 'lapsed' },
  { kind: 'closing', as: 'lapsed' },
] as const;

/** When the 24 hours end, also after the clock itself has ended. */
export const assessBy = (referral: Referral): Instant =>
  referral.clocks.find((c) => c.kind === 'assess-24h')?.dueAt ?? referral.receivedAt.add({ hours: 24 });

/** Nothing is left to assess; an inquiry has no 24-hour assessment at all. */
export const isAssessed = (referral: Pick<Referral, 'assessedAt' | 'matter'>): boolean =>
  referral.assessedAt !== null || referral.matter === 'inquiry';

/**
 * A named person takes the referral, having confirmed or corrected whether the child is known. It is routed again with
 * what they say; if that names another unit, ownership moves there at once, and that is no move that counts. A unit
 * that an acceptance or a decision has named keeps it.
 */
export const acknowledge = (
  referral: Referral,
  by: { readonly personId: string },
  routing: RoutingInput,
  world: World,
  now: Instant,
  namedBy: NamedBy = 'routing',
): Decision & { readonly moved: boolean } => {
  const routed = route(routing, world.organisation);
  const data = { unit: routed.unit, rule: routed.rule, trace: keptTrace(routed.trace), known: routing.known };
  if (routed.unit === referral.responsibleUnit || namedBy !== 'routing') {
    return {
      moved: false,
      patch: { status: takenStatus(referral), handlerId: by.personId, acknowledgedAt: now, need: routing.need },
      facts: [
        { kind: 'routed-again', data },
        { kind: 'acknowledged', data: { unit: referral.ownerUnit } },
      ],
      end: [{ kind: 'acknowledge', as: 'met' }],
    };
  }
  const moved = moveTo(referral, routed.unit, 'corrected', { kind: 'routed-again', data }, world, now);
  return { moved: true, ...moved, patch: { ...moved.patch, need: routing.need } };
};

/**
 * Gives the referral to another responsible unit without its acceptance: who acts now is decided again, and the unit
 * that becomes owner must acknowledge.
 */
export const moveTo = (
  referral: Referral,
  responsible: string,
  reason: string,
  fact: Decision['facts'][number],
  world: World,
  now: Instant,
): Decision => {
  const { rulebook, calendar } = world;
  const acting = actsNow(
    {
      responsible,
      acute: referral.acute,
      assessBy: assessBy(referral),
      assessed: isAssessed(referral),
      at: now,
    },
    world,
  );
  const { owner, assessmentUnit } = placement(acting, responsible, reason);
  const clock = startClock(
    'acknowledge',
    { start: now, receivedAt: referral.receivedAt, acute: referral.acute },
    rulebook,
    calendar,
  );
  return {
    patch: {
      status: 'received',
      responsibleUnit: responsible,
      ownerUnit: owner.unit,
      provisionalRule: owner.provisionalRule,
      assessmentUnit,
      handlerId: null,
      acknowledgedAt: null,
      stayingPerson: null,
    },
    facts: [
      fact,
      { kind: 'owned', data: { ...owner, assessmentUnit, trace: keptTrace(acting.trace) } },
      { kind: 'clocks-started', data: { acknowledge: withOffset(clock.dueAt) } },
    ],
    move: owner,
    end: [{ kind: 'acknowledge', as: 'lapsed' }, ...UNIT_TIMERS],
    start: [clock],
    timers: timersFor(world, responsible, owner.provisionalRule !== null, now),
    mails: noticesFor(owner, assessmentUnit, referral.acute),
  };
};
