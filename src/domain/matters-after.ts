import { combine } from './combine.ts';
import { endDispute, sideMails } from './dispute-record.ts';
import { endHandoverClocks } from './handover.ts';
import {
  type Dispute,
  type Handover,
  isAcceptable,
  type OpenMatters,
  openDispute,
  type Party,
  type Proposal,
} from './ownership.ts';
import type { Decision, Referral } from './referral.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

type To = (unit: string) => string;
type OpenSides = Pick<OpenMatters, 'handover' | 'dispute'>;

/** Two sides that have become one say what the one that goes on has said; else what the first has. */
const oneSide = (sides: readonly Party[], unit: string, to: To): Party => {
  const said = sides.filter(({ claim }) => claim !== null);
  const side = said.find((one) => one.unit === unit) ?? said[0] ?? (sides[0] as Party);
  const whose = side.whose === null ? null : to(side.whose);
  const claim = side.claim === null ? null : whose === unit ? 'mine' : side.claim;
  return { ...side, unit, whose, claim };
};

const partiesOf = (parties: readonly Party[], to: To): readonly Party[] =>
  [...Map.groupBy(parties, ({ unit }) => to(unit))].map(([unit, sides]) => oneSide(sides, unit, to));

const sameHandover = (handover: Handover, to: To): Handover => ({
  ...handover,
  from: to(handover.from),
  to: to(handover.to),
  chain: partiesOf(handover.chain, to),
});

/**
 * The proposed unit's successor is proposed instead. A side that has become one has agreed if all of it has, and one that
 * would now get the work itself is asked anew: it has said yes to another's having it.
 */
const proposalAfter = (proposal: Proposal, before: readonly Party[], after: readonly Party[], to: To): Proposal => {
  const owner = to(proposal.owner);
  const wasParty = before.some(({ unit }) => unit === proposal.owner);
  const agreed = after
    .map(({ unit }) => unit)
    .filter((unit) => unit !== owner || wasParty)
    .filter((unit) => before.every((side) => to(side.unit) !== unit || proposal.agreed.includes(side.unit)));
  return { ...proposal, owner, agreed };
};

const sameDispute = (dispute: Dispute, to: To): Dispute => {
  const { proposal, raisedBy } = dispute;
  const parties = partiesOf(dispute.parties, to);
  return {
    ...dispute,
    parties,
    raisedBy: raisedBy === null ? null : to(raisedBy),
    proposal: proposal && proposalAfter(proposal, dispute.parties, parties, to),
  };
};

/** Every unit that stands in what is open: sides, who has declined, and who is proposed as owner. */
export const namedIn = (open: OpenMatters): readonly string[] => {
  const { parties = [], proposal = null } = openDispute(open) ?? {};
  return [
    ...(open.handover ? [open.handover.from, open.handover.to, ...open.handover.chain.map(({ unit }) => unit)] : []),
    ...parties.map(({ unit }) => unit),
    ...(proposal ? [proposal.owner] : []),
  ];
};

/** What is open with its sides as they will be, and which of it is over by that. One piece for doing and for telling. */
export const sidesAfter = (open: OpenSides, to: To) => {
  const handover = open.handover && isAcceptable(open.handover, open.dispute) ? open.handover : null;
  const dispute = open.dispute?.state === 'open' ? open.dispute : null;
  const movedHandover = handover && sameHandover(handover, to);
  const movedDispute = dispute && sameDispute(dispute, to);
  const overHandover = movedHandover !== null && movedHandover.from === movedHandover.to;
  const settled = movedDispute?.kind === 'dispute' && movedDispute.parties.length < 2;
  const answered = overHandover && movedDispute?.awaited === 'handover';
  return { handover, dispute, movedHandover, movedDispute, overHandover, settled, overDispute: settled || answered };
};

/** Has a side that had agreed to agree once more? */
const askedAnew = (before: Dispute | null, after: Dispute, to: To): boolean =>
  (before?.proposal?.agreed ?? []).some((unit) => !after.proposal?.agreed.includes(to(unit)));

const NOTHING: Decision = { patch: {}, facts: [] };

/** An open hand-over and dispute with their sides as they now are; what has only one side left is over. */
export const mattersAfter = (referral: Referral, open: OpenMatters, to: To, world: World, now: Instant) => {
  const how = 'merged';
  const { handover, dispute, movedHandover, movedDispute, overHandover, settled, overDispute } = sidesAfter(open, to);
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
  if (dispute && movedDispute && overDispute) {
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
  if (movedDispute) {
    const asked = askedAnew(dispute, movedDispute, to);
    const mails = asked ? sideMails('settlement-proposed', movedDispute, '', world, now) : [];
    decision = combine(decision, { ...NOTHING, disputes: [{ was: 'open', is: movedDispute }], mails });
  }
  return { decision, dispute: movedDispute, settledFor: null, handover: overHandover ? null : movedHandover };
};
