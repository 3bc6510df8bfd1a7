import { combine } from './combine.ts';
import { endDispute, raise, sideMails, written } from './dispute-record.ts';
import { refuseField } from './field-errors.ts';
import { illegal } from './lifecycle.ts';
import { demandOwner } from './named-unit.ts';
import { type Dispute, isAcceptable, type OpenMatters, type Party } from './ownership.ts';
import { resumeAfterDispute } from './provisional.ts';
import type { Decision, Referral } from './referral.ts';
import { demandDispute } from './settlement.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

/** Who is concerned, and so may raise a dispute by hand: owner, responsible unit, both sides of an open hand-over. */
export const concernedUnits = (
  referral: Pick<Referral, 'ownerUnit' | 'responsibleUnit'>,
  { handover, dispute }: OpenMatters,
): readonly string[] => [
  ...new Set([
    referral.ownerUnit,
    referral.responsibleUnit,
    ...(handover && isAcceptable(handover, dispute) ? [handover.from, handover.to] : []),
  ]),
];

const said = (unit: string, claim: Party['claim'], whose: string | null, basis: string | null): Party => ({
  unit,
  claim,
  whose,
  basis,
});

/**
 * A unit that is concerned says that the work is another's, or its own though another has it. The owner is a party
 * whoever raises it, and so are both sides of an open hand-over, which the dispute is then about. Throws INVALID,
 * OUT_OF_SCOPE by the policy before, DUPLICATE while a dispute is open.
 */
export const raiseDispute = (
  referral: Referral,
  open: OpenMatters,
  input: {
    readonly id: string;
    /** The unit that raises it. */
    readonly unit: string;
    /** The unit that it says is responsible; its own: it claims the work from the owner. */
    readonly whose: string;
    readonly basis: string;
    readonly reason: string;
    readonly shows?: string | null | undefined;
  },
  world: World,
  now: Instant,
): Decision => {
  const { id, unit, whose, basis, reason, shows } = input;
  const concerned = concernedUnits(referral, open);
  if (!concerned.includes(unit)) refuseField('unit', 'not-a-party');
  demandOwner({ path: 'whose', unit: whose, matter: referral.matter, not: null }, world.organisation, now);
  if (whose === unit && referral.ownerUnit === unit) refuseField('whose', 'own-unit');
  const handover = open.handover && isAcceptable(open.handover, open.dispute) ? open.handover : null;
  const others = [whose, referral.ownerUnit, ...(handover ? [handover.from, handover.to] : [])];
  const parties = [
    said(unit, whose === unit ? 'mine' : 'not-mine', whose, basis),
    ...[...new Set(others)].filter((other) => other !== unit).map((other) => said(other, null, null, null)),
  ];
  const what = { id, kind: 'dispute', awaited: null, handoverId: handover?.id ?? null, raisedBy: unit } as const;
  return raise(referral, open, { ...what, parties, rule: 'by-hand', reason, shows }, world, now);
};

/** A party says whose it is and why. Binding only as words: ownership moves by acceptance, agreement or decision. */
export const claim = (
  referral: Referral,
  open: OpenMatters,
  input: {
    readonly unit: string;
    readonly whose: string;
    readonly basis: string;
    readonly reason: string;
    /** What shows it: the evidence, in words. */
    readonly shows?: string | null | undefined;
    readonly personId: string;
  },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const { unit, whose, basis, reason, shows, personId } = input;
  if (!dispute.parties.some((party) => party.unit === unit)) refuseField('unit', 'not-a-party');
  demandOwner({ path: 'whose', unit: whose, matter: referral.matter, not: null }, world.organisation, now);
  const party = said(unit, whose === unit ? 'mine' : 'not-mine', whose, basis);
  const is: Dispute = { ...dispute, parties: dispute.parties.map((one) => (one.unit === unit ? party : one)) };
  return {
    patch: {},
    facts: [
      {
        kind: 'dispute-claimed',
        data: { dispute: dispute.id, unit, claim: party.claim, whose, basis },
        sealed: written(reason, shows),
      },
    ],
    disputes: [{ was: 'open', is }],
    mails: sideMails('dispute-claimed', is, personId, world, now),
  };
};

/** Work proposed back whose 4 opening hours are over without an answer: the rules want it in dispute, whoever raised it. */
const isOverdueReturn = ({ clocks }: Referral, { handover }: OpenMatters): boolean =>
  handover?.state === 'proposed' &&
  handover.back &&
  !clocks.some(({ kind, subjectId }) => kind === 'return-check' && subjectId === handover.id);

/**
 * The unit that raised it by hand takes it back; the work stays with, or returns to, the responsible unit. One that a
 * rule raised ends otherwise: the hand-over is accepted or withdrawn, or it is settled. Throws ILLEGAL_TRANSITION.
 */
export const withdrawDispute = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  if (dispute.raisedBy === null) {
    throw illegal(
      'Uenigheden er rejst af en regel. Den slutter ved aftale, afgørelse, eller når overdragelsen tages eller trækkes tilbage.',
      'A rule raised this dispute. It ends by agreement or decision, or when the hand-over is accepted or withdrawn.',
    );
  }
  if (isOverdueReturn(referral, open)) {
    throw illegal(
      'Sagen er sendt tilbage og ikke taget imod i tide. Den er i uenighed, til overdragelsen er besvaret eller trukket tilbage.',
      'Work that was sent back was not accepted in time. It is in dispute until the hand-over is answered or withdrawn.',
    );
  }
  const fact = {
    kind: 'dispute-withdrawn',
    data: { dispute: dispute.id, how: 'by-hand', by: dispute.raisedBy },
    sealed: { text: input.reason },
  };
  return combine(endDispute(dispute, 'withdrawn', fact, world, now), resumeAfterDispute(referral, world, now));
};
