import { moveTo, UNIT_TIMERS } from './acknowledge.ts';
import { combine } from './combine.ts';
import { timersFor } from './intake.ts';
import { kept } from './kept.ts';
import { mattersAfter, namedIn } from './matters-after.ts';
import { isOpen } from './opening-hours.ts';
import { unitOf } from './organisation-tree.ts';
import type { OpenMatters } from './ownership.ts';
import { placesOwner, placeWhileOpen } from './provisional.ts';
import type { Decision, Move, Patch, Referral, Timer } from './referral.ts';
import { type Instant, iso } from './time.ts';
import type { UnitPlan } from './unit-plan.ts';
import type { World } from './world.ts';

/** The change as one referral meets it: where each closing unit's share of it goes, and who takes it if its person does not. */
export type Following = {
  readonly change: string;
  readonly what: UnitPlan['what'];
  readonly to: (unit: string) => string;
  /** Of a split: the unit and the part that this one goes to. */
  readonly parts: Readonly<Record<string, string>>;
  /** Person id of who gets it where its own person has not come along; null: they have. */
  readonly handler: string | null;
};

const MOVE_REASON = { open: 'merged', close: 'merged', merge: 'merged', split: 'split' } as const satisfies Record<
  UnitPlan['what'],
  string
>;

const NOTHING: Decision = { patch: {}, facts: [] };

type Looks = { readonly next: readonly Timer[] };
/** Thousands of referrals of the same few units ask for the same. */
const looks = kept<Looks>(200);

/** When the system looks at what `home` has, or holds for it; `was`: the unit that had it. */
const nextLooks = (was: string, home: string, provisional: boolean, world: World, now: Instant): readonly Timer[] => {
  const open = (unit: string): boolean => isOpen(unitOf(world.organisation, unit), world.calendar, now);
  const compute = (): Looks => {
    if (provisional || !open(was) || open(home)) return { next: timersFor(world, home, provisional, now) };
    // A unit that is closed takes over from one that was open: that is a closing, and is looked at like every other.
    return {
      next: [{ kind: 'closing', dueAt: now, why: 'the unit that was open has gone over into one that is closed' }],
    };
  };
  return looks([world, world.organisation], `${was} ${home} ${provisional} ${iso(now)}`, compute).next;
};

/** The timers run by the hours of the unit that now has it; one that says the same stays as it is. */
const timersAnew = (before: Referral, after: Referral, world: World, now: Instant): Decision => {
  const present = before.clocks.filter(({ kind }) => kind === 'opening' || kind === 'closing');
  if (present.length === 0) return NOTHING;
  const provisional = after.provisionalRule !== null && after.provisionalRule !== 'dispute';
  const home = after.provisionalRule === 'dispute' ? after.ownerUnit : after.responsibleUnit;
  const was = before.provisionalRule === 'dispute' ? before.ownerUnit : before.responsibleUnit;
  const next = nextLooks(was, home, provisional, world, now);
  const same =
    next.length === present.length &&
    next.every((one) => present.some(({ kind, dueAt }) => kind === one.kind && dueAt.equals(one.dueAt)));
  return same ? NOTHING : { ...NOTHING, end: UNIT_TIMERS, timers: next };
};

const ownerAfter = (
  referral: Referral,
  to: (unit: string) => string,
): Pick<Patch, 'ownerUnit' | 'responsibleUnit' | 'assessmentUnit' | 'provisionalRule'> & {
  ownerUnit: string;
  responsibleUnit: string;
} => {
  const ownerUnit = to(referral.ownerUnit);
  const responsibleUnit = to(referral.responsibleUnit);
  const assessor = referral.assessmentUnit === null ? null : to(referral.assessmentUnit);
  return {
    ownerUnit,
    responsibleUnit,
    // Whoever owns it needs no task to assess it.
    assessmentUnit: assessor === ownerUnit ? null : assessor,
    provisionalRule: ownerUnit === responsibleUnit ? null : referral.provisionalRule,
  };
};

/** A dispute that a merger has settled leaves the work with the one unit that is left, which takes it as from any other. */
const settledOwner = (referral: Referral, unit: string, world: World, now: Instant): Decision => {
  if (referral.responsibleUnit === unit && referral.provisionalRule !== 'dispute') return NOTHING;
  if (referral.ownerUnit === unit) {
    const move: Move = { unit, provisionalRule: null, reason: 'merged', countsAsMove: false };
    const { assessmentUnit, handlerId: handler } = referral;
    const fact = { kind: 'owned', data: { ...move, assessmentUnit, handler } };
    return { patch: { responsibleUnit: unit, provisionalRule: null }, facts: [fact], move };
  }
  const fact = { kind: 'responsible-named', data: { unit, how: 'merged' } };
  return moveTo(referral, unit, 'merged', fact, world, now);
};

/**
 * What a change of units means for one open referral: it goes where its unit has gone, with its person, its clocks and
 * what is open about it. No clock of it gets another instant, and it is no move that counts. Null when it does not
 * concern the referral (any more). `world` is the one after the change. (`docs/decisions/023`.)
 *
 * Two units that merge on 1 January: a referral with the 24 hours ending 1 January 10:00 keeps 10:00.
 */
export const followUnit = (
  referral: Referral,
  open: OpenMatters,
  following: Following,
  world: World,
  now: Instant,
): Decision | null => {
  const { to, what, change, handler, parts } = following;
  const placed = ownerAfter(referral, to);
  const matters = mattersAfter(referral, open, to, world, now);
  const concerned = (['ownerUnit', 'responsibleUnit', 'assessmentUnit'] as const).some((key) => {
    const unit = referral[key];
    return unit !== null && to(unit) !== unit;
  });
  if (!concerned && !namedIn(open).some((unit) => to(unit) !== unit)) return null;
  const { ownerUnit: from } = referral;
  const moved = placed.ownerUnit !== from || placed.provisionalRule !== referral.provisionalRule;
  const move: Move = {
    unit: placed.ownerUnit,
    provisionalRule: placed.provisionalRule ?? null,
    reason: MOVE_REASON[what],
    countsAsMove: false,
  };
  const passed = handler !== null && referral.handlerId !== null && handler !== referral.handlerId ? handler : null;
  const after: Referral = { ...referral, ...placed, ...(passed ? { handlerId: passed } : {}) } as Referral;
  const followed: Decision = {
    patch: { ...placed, ...(passed ? { handlerId: passed, stayingPerson: null } : {}) },
    facts: [
      {
        kind: 'unit-changed',
        data: {
          change,
          what,
          from,
          to: placed.ownerUnit,
          responsible: placed.responsibleUnit,
          assessmentUnit: placed.assessmentUnit,
          ...(what === 'split' ? { parts } : {}),
        },
      },
      // Unlike every other owner the new one has the person along who had the case.
      ...(moved
        ? [{ kind: 'owned', data: { ...move, assessmentUnit: placed.assessmentUnit, handler: referral.handlerId } }]
        : []),
      ...(passed ? [{ kind: 'assigned', data: { to: passed, by: what } }] : []),
    ],
    ...(moved ? { move } : {}),
  };
  const all = combine(followed, matters.decision);
  if (matters.settledFor !== null) {
    const placedAgain = settledOwner(after, matters.settledFor, world, now);
    const timers = placedAgain.move === undefined ? timersAnew(referral, after, world, now) : NOTHING;
    return combine(combine(all, placedAgain), timers);
  }
  const history = { ...open.history, parts: { ...open.history.parts, ...parts } };
  const stillOpen: OpenMatters = { dispute: matters.dispute, handover: matters.handover, history };
  const inDispute = matters.dispute !== null && placesOwner(stillOpen) && after.acute;
  const where = inDispute ? placeWhileOpen(after, stillOpen, world, now) : timersAnew(referral, after, world, now);
  return combine(all, where);
};
