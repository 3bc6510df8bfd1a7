import { moveTo, UNIT_TIMERS } from './acknowledge.ts';
import { combine } from './combine.ts';
import { endDispute } from './dispute-record.ts';
import { endHandoverClocks } from './handover.ts';
import { timersFor } from './intake.ts';
import { kept } from './kept.ts';
import { isOpen } from './opening-hours.ts';
import { unitOf } from './organisation-tree.ts';
import { type Dispute, type Handover, isAcceptable, type OpenMatters, openDispute, type Party } from './ownership.ts';
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
  /** Person id of who gets it where its own person has not come along; null: they have. */
  readonly handler: string | null;
};

const MOVE_REASON = { open: 'merged', close: 'merged', merge: 'merged', split: 'split' } as const satisfies Record<
  UnitPlan['what'],
  string
>;

/** Two sides that have become one say what the one that goes on has said; else what the first has. */
const oneSide = (sides: readonly Party[], unit: string, to: (id: string) => string): Party => {
  const said = sides.filter(({ claim }) => claim !== null);
  const side = said.find((one) => one.unit === unit) ?? said[0] ?? (sides[0] as Party);
  const whose = side.whose === null ? null : to(side.whose);
  const claim = side.claim === null ? null : whose === unit ? 'mine' : side.claim;
  return { ...side, unit, whose, claim };
};

const partiesOf = (parties: readonly Party[], to: (id: string) => string): readonly Party[] =>
  [...Map.groupBy(parties, ({ unit }) => to(unit))].map(([unit, sides]) => oneSide(sides, unit, to));

const sameHandover = (handover: Handover, to: (id: string) => string): Handover => ({
  ...handover,
  from: to(handover.from),
  to: to(handover.to),
  chain: partiesOf(handover.chain, to),
});

const sameDispute = (dispute: Dispute, to: (id: string) => string): Dispute => {
  const { proposal, raisedBy } = dispute;
  return {
    ...dispute,
    parties: partiesOf(dispute.parties, to),
    raisedBy: raisedBy === null ? null : to(raisedBy),
    proposal: proposal && {
      ...proposal,
      owner: to(proposal.owner),
      agreed: [...new Set(proposal.agreed.map(to))],
    },
  };
};

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

/** An open hand-over and dispute with their sides as they now are; what has only one side left is over. */
const mattersAfter = (referral: Referral, open: OpenMatters, to: Following['to'], world: World, now: Instant) => {
  const how = 'merged';
  const handover = open.handover && isAcceptable(open.handover, open.dispute) ? open.handover : null;
  const dispute = openDispute(open);
  const movedHandover = handover && sameHandover(handover, to);
  const movedDispute = dispute && sameDispute(dispute, to);
  const overHandover = movedHandover !== null && movedHandover.from === movedHandover.to;
  const settled = movedDispute?.kind === 'dispute' && movedDispute.parties.length < 2;
  const answered = overHandover && movedDispute?.awaited === 'handover';
  let decision: Decision = NOTHING;
  if (handover && movedHandover) {
    const { id, from } = movedHandover;
    const ended: Decision = {
      ...NOTHING,
      facts: [{ kind: 'handover-closed', data: { handover: id, from: handover.from, to: handover.to, how } }],
      handovers: [{ was: handover.state, is: { ...movedHandover, state: 'withdrawn' } }],
      end: endHandoverClocks(movedHandover, 'lapsed'),
      mails: [{ template: 'handover-answered', to: { unit: from }, exempt: referral.acute }],
    };
    decision = overHandover ? ended : { ...NOTHING, handovers: [{ was: handover.state, is: movedHandover }] };
  }
  if (dispute && movedDispute && (settled || answered)) {
    const kind = settled ? 'dispute-settled' : 'escalation-ended';
    const owner = settled ? (movedDispute.parties[0]?.unit ?? to(referral.responsibleUnit)) : undefined;
    const data = { dispute: dispute.id, how, step: dispute.step, ...(owner ? { owner } : {}) };
    return {
      decision: combine(decision, endDispute(movedDispute, 'settled', { kind, data }, world, now)),
      dispute: null,
      settledFor: owner ?? null,
      handover: null,
    };
  }
  if (movedDispute) decision = combine(decision, { ...NOTHING, disputes: [{ was: 'open', is: movedDispute }] });
  return { decision, dispute: movedDispute, settledFor: null, handover: overHandover ? null : movedHandover };
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
  const { to, what, change, handler } = following;
  const placed = ownerAfter(referral, to);
  const matters = mattersAfter(referral, open, to, world, now);
  const concerned = (['ownerUnit', 'responsibleUnit', 'assessmentUnit'] as const).some((key) => {
    const unit = referral[key];
    return unit !== null && to(unit) !== unit;
  });
  const sides = [
    ...(open.handover ? [open.handover.from, open.handover.to] : []),
    ...(openDispute(open)?.parties ?? []).map(({ unit }) => unit),
  ];
  if (!concerned && !sides.some((unit) => to(unit) !== unit)) return null;
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
        },
      },
      // Unlike every other owner the new one has the person along who had the case.
      ...(moved ? [{ kind: 'owned', data: { ...move, assessmentUnit: placed.assessmentUnit, handler: referral.handlerId } }] : []),
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
  const stillOpen: OpenMatters = { ...open, dispute: matters.dispute, handover: matters.handover };
  const inDispute = matters.dispute !== null && placesOwner(stillOpen) && after.acute;
  const where = inDispute ? placeWhileOpen(after, stillOpen, world, now) : timersAnew(referral, after, world, now);
  return combine(all, where);
};
