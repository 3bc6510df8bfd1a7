import { moveTo } from './acknowledge.ts';
import { combine } from './combine.ts';
import { startClock } from './deadlines.ts';
import { endDispute, sideMails } from './dispute-record.ts';
import { DomainError } from './errors.ts';
import { endHandoverClocks } from './handover.ts';
import { illegal } from './lifecycle.ts';
import { demandOwner } from './named-unit.ts';
import { dutyUnit } from './organisation-tree.ts';
import { type Dispute, isAcceptable, type OpenMatters, openDispute } from './ownership.ts';
import { resumeAfterDispute } from './provisional.ts';
import type { Decision, Referral } from './referral.ts';
import { mayDecide, partiesBoundBy } from './speakers.ts';
import { type Instant, localDay, withOffset } from './time.ts';
import type { World } from './world.ts';

const NOTHING: Decision = { patch: {}, facts: [] };

export type Settlement = {
  /** The unit that is responsible and owner from now on. */
  readonly owner: string;
  readonly how: 'agreed' | 'decided';
  readonly basis: string | null;
  readonly reason?: string;
};

/** The open dispute or escalation. Throws ILLEGAL_TRANSITION: the first decision stands, whoever comes later is told. */
const demandOpen = (open: OpenMatters): Dispute => {
  const dispute = openDispute(open);
  if (dispute) return dispute;
  throw illegal('Uenigheden er allerede afsluttet.', 'The dispute has ended already.');
};

/** The same, but silence cannot be agreed or argued away: it ends with the act or a decision. */
export const demandDispute = (open: OpenMatters): Dispute => {
  const dispute = demandOpen(open);
  if (dispute.kind === 'dispute') return dispute;
  throw illegal(
    'En eskalering slutter, når enheden handler, eller når der træffes afgørelse.',
    'An escalation ends when the unit acts or when somebody decides.',
  );
};

/** What is still waiting for an answer is overtaken; ends the hand-over without acceptance. */
const closeHandover = ({ handover, dispute }: OpenMatters): Decision => {
  if (!handover || !isAcceptable(handover, dispute)) return NOTHING;
  const { id, from, to } = handover;
  return {
    patch: {},
    facts: [{ kind: 'handover-closed', data: { handover: id, from, to } }],
    handovers: [{ was: handover.state, is: { ...handover, state: 'withdrawn' } }],
    end: endHandoverClocks(handover, 'lapsed'),
  };
};

/** The unit keeps what it has. One that was silent has the time of its acknowledgement again, now that it is named. */
const keep = (referral: Referral, dispute: Dispute, world: World, now: Instant): Decision => {
  const { receivedAt, acute, status } = referral;
  const resumed = resumeAfterDispute(referral, world, now);
  if (resumed.start || dispute.awaited !== 'acknowledge' || status !== 'received') return resumed;
  const clock = startClock('acknowledge', { start: now, receivedAt, acute }, world.rulebook, world.calendar);
  return combine(resumed, {
    patch: {},
    facts: [{ kind: 'clocks-started', data: { acknowledge: withOffset(clock.dueAt) } }],
    end: [{ kind: 'acknowledge', as: 'lapsed' }],
    start: [clock],
  });
};

const take = (referral: Referral, { owner, how }: Settlement, world: World, now: Instant): Decision => {
  const named = { kind: 'responsible-named', data: { unit: owner, from: referral.responsibleUnit, how } };
  const moved = moveTo(referral, owner, how, named, world, now);
  const countsAsMove = referral.ownerUnit !== dutyUnit(world.organisation, localDay(now)).id;
  if (!moved.move) return moved;
  // The journal tells of the move what the ownership history does.
  const facts = moved.facts.map((told) =>
    told.kind === 'owned' ? { ...told, data: { ...told.data, countsAsMove } } : told,
  );
  return { ...moved, facts, move: { ...moved.move, countsAsMove } };
};

/**
 * Ends the open dispute or escalation by naming the owner, in the one decision that also moves ownership. The named
 * unit becomes responsible and, unless it is closed in an acute matter, owner; if it was not, its acknowledgement clock
 * runs. Statutory clocks run on. Throws ILLEGAL_TRANSITION, INVALID for a unit that may not own the matter.
 */
const settle = (
  referral: Referral,
  open: OpenMatters,
  settlement: Settlement,
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandOpen(open);
  const { owner, how, basis, reason } = settlement;
  demandOwner({ path: 'owner', unit: owner, matter: referral.matter, not: null }, world.organisation, now);
  const fact = {
    kind: dispute.kind === 'dispute' ? 'dispute-settled' : 'escalation-ended',
    data: { dispute: dispute.id, how, owner, basis, step: dispute.step },
    ...(reason === undefined ? {} : { sealed: { text: reason } }),
  };
  const ended = combine(endDispute(dispute, 'settled', fact, world, now), closeHandover(open));
  const moves = owner !== referral.responsibleUnit;
  return combine(ended, moves ? take(referral, settlement, world, now) : keep(referral, dispute, world, now));
};

const allAgreed = ({ parties }: Dispute, agreed: readonly string[]): boolean =>
  parties.every(({ unit }) => agreed.includes(unit));

/** Puts the person's agreement to the proposal; the last party's settles. `settled` says which of the two it was. */
const withAgreement = (
  referral: Referral,
  open: OpenMatters,
  proposal: NonNullable<Dispute['proposal']>,
  personId: string,
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const bound = partiesBoundBy(personId, dispute, world.organisation, localDay(now));
  const agreed = [...new Set([...proposal.agreed, ...bound])];
  const is: Dispute = { ...dispute, proposal: { ...proposal, agreed } };
  const facts: Decision['facts'] =
    bound.length > 0
      ? [{ kind: 'settlement-agreed', data: { dispute: dispute.id, owner: proposal.owner, parties: bound } }]
      : [];
  const said: Decision = { patch: {}, facts };
  if (!allAgreed(dispute, agreed)) return { ...said, disputes: [{ was: 'open', is }] };
  const { owner } = proposal;
  return combine(said, settle(referral, { ...open, dispute: is }, { owner, how: 'agreed', basis: null }, world, now));
};

/**
 * Names the unit that the parties may agree on; replaces an earlier proposal and its agreements. Somebody who speaks
 * for a party agrees for it by proposing, and settles if it is for every party. Throws ILLEGAL_TRANSITION, INVALID.
 */
export const proposeSettlement = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly owner: string; readonly personId: string; readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const { owner, personId, reason } = input;
  demandOwner({ path: 'owner', unit: owner, matter: referral.matter, not: null }, world.organisation, now);
  const fact = { kind: 'settlement-proposed', data: { dispute: dispute.id, owner }, sealed: { text: reason } };
  const agreed = withAgreement(referral, open, { owner, by: personId, agreed: [] }, personId, world, now);
  // Whoever binds every party has settled it, and the end is told instead.
  const settled = agreed.disputes?.some(({ is }) => is.state !== 'open');
  const mails = settled ? [] : sideMails('settlement-proposed', dispute, personId, world, now);
  return combine({ patch: {}, facts: [fact], mails }, agreed);
};

/**
 * One who speaks for a party binds it to the proposal; when every party is bound it settles. Throws OUT_OF_SCOPE for
 * somebody who speaks for none, STALE when another unit is proposed than the one that was read.
 */
export const agree = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly owner: string; readonly personId: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const { owner, personId } = input;
  if (partiesBoundBy(personId, dispute, world.organisation, localDay(now)).length === 0) {
    throw new DomainError('OUT_OF_SCOPE');
  }
  if (!dispute.proposal) throw illegal('Der er ikke foreslået nogen løsning.', 'No settlement has been proposed.');
  if (dispute.proposal.owner !== owner) {
    throw new DomainError('STALE', { da: 'Der er foreslået en anden enhed.', en: 'Another unit has been proposed.' });
  }
  return withAgreement(referral, open, dispute.proposal, personId, world, now);
};

/**
 * One holder of the step's deciding role in a party's department names the owner; the first decision stands. Throws
 * OUT_OF_SCOPE, ILLEGAL_TRANSITION, INVALID.
 */
export const decideDispute = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly owner: string; readonly personId: string; readonly basis: string; readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandOpen(open);
  const { owner, personId, basis, reason } = input;
  if (!mayDecide(personId, dispute, world.organisation, localDay(now))) throw new DomainError('OUT_OF_SCOPE');
  return settle(referral, open, { owner, how: 'decided', basis, reason }, world, now);
};

/**
 * Ownership has moved, or the referral ends, for another reason (routing corrected, closed, registered in error): what
 * was open about it is withdrawn. Does not move anything itself.
 */
export const dropOpenMatters = (open: OpenMatters, world: World, now: Instant): Decision => {
  const dispute = openDispute(open);
  const dropped = closeHandover(open);
  if (!dispute) return dropped;
  const fact = { kind: 'dispute-withdrawn', data: { dispute: dispute.id, how: 'overtaken' } };
  return combine(dropped, endDispute(dispute, 'withdrawn', fact, world, now));
};
