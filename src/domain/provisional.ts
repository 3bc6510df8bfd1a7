import { moveTo, UNIT_TIMERS } from './acknowledge.ts';
import { startClock } from './deadlines.ts';
import { noticesFor, timersFor } from './intake.ts';
import { isOpen } from './opening-hours.ts';
import type { Unit } from './organisation.ts';
import { centralIntake, currentUnit, dutyUnit, isValid, mayOwn } from './organisation-tree.ts';
import { type OpenMatters, openDispute } from './ownership.ts';
import type { Decision, Patch, Referral } from './referral.ts';
import { type Instant, localDay, withOffset } from './time.ts';
import type { World } from './world.ts';

/**
 * Does the open matter decide who acts meanwhile? While only an answer to a hand-over is missing, its sender stays
 * owner as in any hand-over.
 */
export const placesOwner = (open: OpenMatters): boolean => {
  const dispute = openDispute(open);
  return dispute !== null && dispute.awaited !== 'handover';
};

const lastThatMay = (referral: Referral, { history }: OpenMatters, world: World, now: Instant): Unit => {
  const day = localDay(now);
  const may = (unit: Unit | undefined | null): unit is Unit =>
    unit != null && isValid(unit.validity, day) && mayOwn(unit, referral.matter);
  for (const { unit } of history.owners.toReversed()) {
    const own = world.organisation.units.get(unit);
    if (may(own)) return own;
    const today = currentUnit(world.organisation, unit, day, history.parts);
    if (may(today)) return today;
  }
  return centralIntake(world.organisation, day);
};

/** The unit that an acute matter goes back to while it is open: first routed to, or who may own it instead. */
const anchor = (referral: Referral, open: OpenMatters, world: World, now: Instant): Unit => {
  const { firstRouted, parts } = open.history;
  const first = currentUnit(world.organisation, firstRouted, localDay(now), parts);
  return first && mayOwn(first, referral.matter) ? first : lastThatMay(referral, open, world, now);
};

/**
 * Who acts while it is in dispute whose a matter is: the present owner; if it may not own what is running, the last
 * unit that may; acute: the duty unit while closed, else the unit first routed to.
 */
export const provisionalOwner = (referral: Referral, open: OpenMatters, world: World, now: Instant): string => {
  if (!referral.acute) {
    const owner = { unit: referral.ownerUnit, reason: '', countsAsMove: false };
    const history = { ...open.history, owners: [...open.history.owners, owner] };
    return lastThatMay(referral, { ...open, history }, world, now).id;
  }
  const unit = anchor(referral, open, world, now);
  return isOpen(unit, world.calendar, now) ? unit.id : dutyUnit(world.organisation, localDay(now)).id;
};

/**
 * Places the owner while a dispute is open: to be asked when it is raised, when it becomes acute, and again at each
 * opening and closing. The responsible unit stays; where the owner is another, the mark says `dispute`. A unit that
 * becomes owner this way must acknowledge, and it is no move that counts.
 */
export const placeWhileOpen = (referral: Referral, open: OpenMatters, world: World, now: Instant): Decision => {
  const unit = provisionalOwner(referral, open, world, now);
  const { acute, receivedAt, responsibleUnit, ownerUnit } = referral;
  if (!acute && unit === ownerUnit) return { patch: {}, facts: [] };
  const home = acute ? anchor(referral, open, world, now).id : unit;
  const timers = {
    end: UNIT_TIMERS,
    timers: timersFor(world, home, unit !== home, now),
  };
  if (unit === ownerUnit) return { patch: {}, facts: [], ...timers };
  const provisionalRule = unit === responsibleUnit ? null : 'dispute';
  const move = { unit, provisionalRule, reason: 'dispute', countsAsMove: false };
  const clock = startClock('acknowledge', { start: now, receivedAt, acute }, world.rulebook, world.calendar);
  // An acute matter is assessed by whoever owns it.
  const assessmentUnit = acute ? null : referral.assessmentUnit;
  return {
    patch: {
      status: 'received',
      ownerUnit: unit,
      provisionalRule,
      assessmentUnit,
      handlerId: null,
      acknowledgedAt: null,
      stayingPerson: null,
    },
    facts: [
      { kind: 'owned', data: { ...move, assessmentUnit } },
      { kind: 'clocks-started', data: { acknowledge: withOffset(clock.dueAt) } },
    ],
    move,
    end: [{ kind: 'acknowledge', as: 'lapsed' }, ...timers.end],
    start: [clock],
    timers: timers.timers,
    mails: noticesFor(move, null, acute),
  };
};

/** Who holds it goes on holding it, for another rule than the dispute: no move of ownership, whoever has taken it has it. */
const heldOn = ({ handlerId }: Referral, moved: Decision & Required<Pick<Decision, 'move'>>): Decision => {
  const { responsibleUnit, ownerUnit, provisionalRule, assessmentUnit } = moved.patch;
  const owned = { ...moved.move, assessmentUnit, handler: handlerId };
  return {
    patch: { responsibleUnit, ownerUnit, provisionalRule, assessmentUnit } as Patch,
    facts: [{ kind: 'owned', data: owned }],
    move: moved.move,
    end: UNIT_TIMERS,
    timers: moved.timers ?? [],
  };
};

/**
 * A dispute, or silence, has ended without naming another owner: what it had moved provisionally goes to the responsible
 * unit. By night the duty unit keeps it until that unit opens.
 */
export const resumeAfterDispute = (referral: Referral, world: World, now: Instant): Decision => {
  const { responsibleUnit, ownerUnit, provisionalRule, acute } = referral;
  const responsible = currentUnit(world.organisation, responsibleUnit, localDay(now))?.id ?? responsibleUnit;
  if (provisionalRule === 'dispute') {
    const fact = { kind: 'ownership-returned', data: { unit: responsible, from: ownerUnit } };
    const moved = moveTo(referral, responsible, 'dispute-ended', fact, world, now);
    return moved.move?.unit === ownerUnit ? heldOn(referral, { ...moved, move: moved.move }) : moved;
  }
  if (!acute) return { patch: {}, facts: [] };
  return {
    patch: {},
    facts: [],
    end: UNIT_TIMERS,
    timers: timersFor(world, responsible, provisionalRule !== null, now),
  };
};
