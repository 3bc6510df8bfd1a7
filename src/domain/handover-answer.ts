import { assessBy, isAssessed, UNIT_TIMERS } from './acknowledge.ts';
import { actsNow } from './acting.ts';
import { combine } from './combine.ts';
import { endDispute, raise } from './dispute-record.ts';
import { demandHandover, endHandoverClocks, proposed } from './handover.ts';
import { timersFor } from './intake.ts';
import { illegal, takenStatus } from './lifecycle.ts';
import { demandOwner } from './named-unit.ts';
import { dutyUnit } from './organisation-tree.ts';
import { type Dispute, type Handover, isInDispute, type OpenMatters, openDispute, type Party } from './ownership.ts';
import type { Decision, Mail, Referral } from './referral.ts';
import { type Instant, localDay } from './time.ts';
import type { World } from './world.ts';

const NOTHING: Decision = { patch: {}, facts: [] };

/** The 24-hour assessment goes to the duty unit when the new owner has too little opening time left for it. */
const assessmentOf = (referral: Referral, responsible: string, world: World, now: Instant): string | null => {
  const { acute } = referral;
  const facts = { responsible, acute, assessBy: assessBy(referral), assessed: isAssessed(referral), at: now };
  const acting = actsNow(facts, world);
  return acting.as === 'assessment task' ? acting.unit : null;
};

const settledBy = (how: string, dispute: Dispute, world: World, now: Instant, owner?: string): Decision => {
  const kind = dispute.kind === 'dispute' ? 'dispute-settled' : 'escalation-ended';
  const fact = { kind, data: { dispute: dispute.id, how, step: dispute.step, ...(owner ? { owner } : {}) } };
  return endDispute(dispute, 'settled', fact, world, now);
};

/**
 * A named person of the receiving unit takes the work, which acknowledges it: the unit is owner and responsible from
 * now on, also while it is closed, because somebody is there. Settles whatever is open. A move that counts, unless the
 * duty unit hands over. Throws ILLEGAL_TRANSITION.
 */
export const acceptHandover = (
  referral: Referral,
  open: OpenMatters,
  by: { readonly personId: string },
  world: World,
  now: Instant,
): Decision => {
  const handover = demandHandover(open);
  const { id, from, to } = handover;
  const assessmentUnit = assessmentOf(referral, to, world, now);
  const countsAsMove = from !== dutyUnit(world.organisation, localDay(now)).id;
  const move = { unit: to, provisionalRule: null, reason: 'accepted', countsAsMove };
  const exempt = referral.acute;
  const task: readonly Mail[] =
    assessmentUnit !== null && assessmentUnit !== referral.assessmentUnit
      ? [{ template: 'assessment-task', to: { unit: assessmentUnit }, exempt: true }]
      : [];
  const accepted: Decision = {
    patch: {
      status: takenStatus(referral),
      responsibleUnit: to,
      ownerUnit: to,
      provisionalRule: null,
      assessmentUnit,
      handlerId: by.personId,
      acknowledgedAt: now,
      stayingPerson: null,
    },
    facts: [
      { kind: 'handover-accepted', data: { handover: id, from, to } },
      { kind: 'owned', data: { ...move, assessmentUnit } },
      { kind: 'acknowledged', data: { unit: to } },
    ],
    move,
    handovers: [{ was: handover.state, is: { ...handover, state: 'accepted' } }],
    end: [...endHandoverClocks(handover, 'met'), { kind: 'acknowledge', as: 'met' }, ...UNIT_TIMERS],
    timers: timersFor(world, to, false, now),
    mails: [{ template: 'handover-answered', to: { unit: from }, exempt }, ...task],
  };
  const dispute = openDispute(open);
  return dispute ? combine(accepted, settledBy('accepted', dispute, world, now, to)) : accepted;
};

type Declining = {
  /** Id of the next hand-over or of the dispute, whichever it leads to. */
  readonly nextId: string;
  readonly reason: string;
  readonly basis: string;
  /** The unit whose it is instead. */
  readonly instead: string;
};

/**
 * Does a refusal put the work in dispute? When the unit named instead is the proposer, or when this is the unit that
 * was named instead and it declines too. Otherwise the work is proposed to the third unit at once.
 */
const leadsToDispute = ({ from, chain }: Handover, instead: string): boolean => instead === from || chain.length > 0;

/** The proposer says that it is the first receiver's; every unit that declined says whose it is instead. */
const partiesOf = (handover: Handover, declined: readonly Party[]): readonly Party[] => [
  { unit: handover.from, claim: 'not-mine', whose: declined[0]?.unit ?? handover.to, basis: null },
  ...declined.filter(({ unit }) => unit !== handover.from),
];

/** A refusal in a dispute that is open already is what the unit says in it; `change` says where the work stands then. */
const saidInDispute = (dispute: Dispute, party: Party, change: Partial<Dispute>): Decision => {
  const others = dispute.parties.filter(({ unit }) => unit !== party.unit);
  return { ...NOTHING, disputes: [{ was: 'open', is: { ...dispute, parties: [...others, party], ...change } }] };
};

/**
 * The receiving unit refuses and says whose it is instead. A third unit is asked at once; the proposer, or a refusal by
 * a unit that was itself named instead, makes a dispute. The sender stays owner, statutory clocks run on. Throws
 * INVALID, ILLEGAL_TRANSITION when it has been answered.
 */
export const declineHandover = (
  referral: Referral,
  open: OpenMatters,
  input: Declining,
  world: World,
  now: Instant,
): Decision => {
  const handover = demandHandover(open);
  if (handover.state !== 'proposed')
    throw illegal('Overdragelsen er allerede afvist.', 'It has been declined already.');
  const { nextId, reason, basis, instead } = input;
  const { id, from, to, chain } = handover;
  demandOwner({ path: 'instead', unit: instead, matter: referral.matter, not: to }, world.organisation, now);
  const party: Party = { unit: to, claim: 'not-mine', whose: instead, basis };
  const declined: Decision = {
    patch: {},
    facts: [{ kind: 'handover-declined', data: { handover: id, from, to, instead, basis }, sealed: { text: reason } }],
    handovers: [{ was: 'proposed', is: { ...handover, state: 'declined' } }],
    end: endHandoverClocks(handover, 'met'),
    mails: [{ template: 'handover-answered', to: { unit: from }, exempt: referral.acute }],
  };
  const dispute = openDispute(open);
  // A unit that has taken over one that declined may be asked itself: what it says counts from now on.
  const answers = [...chain.filter(({ unit }) => unit !== to), party];
  const asked = { id: nextId, from, to: instead, chain: answers };
  if (dispute && isInDispute(handover, dispute)) {
    // By rule it is now in dispute whoever raised it first, so that nobody can take it back by hand.
    if (leadsToDispute(handover, instead)) return combine(declined, saidInDispute(dispute, party, { raisedBy: null }));
    const third = proposed(referral, open, asked, world, now);
    return combine(declined, combine(saidInDispute(dispute, party, { handoverId: nextId }), third));
  }
  // Silence about this hand-over is over; silence about the acknowledgement is not.
  const answered = dispute?.awaited === 'handover' ? settledBy('answered', dispute, world, now) : NOTHING;
  const left = { ...open, dispute: dispute?.awaited === 'handover' ? null : dispute };
  const next = leadsToDispute(handover, instead)
    ? raise(
        referral,
        left,
        {
          id: nextId,
          kind: 'dispute',
          awaited: null,
          handoverId: id,
          raisedBy: null,
          parties: partiesOf(handover, answers),
          rule: instead === from ? 'proposer-named' : 'declined-too',
        },
        world,
        now,
      )
    : proposed(referral, left, asked, world, now);
  return combine(combine(declined, answered), next);
};
