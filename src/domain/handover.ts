import { combine } from './combine.ts';
import { startClock } from './deadlines.ts';
import { endDispute, raise } from './dispute-record.ts';
import { DomainError } from './errors.ts';
import { illegal } from './lifecycle.ts';
import { demandOwner } from './named-unit.ts';
import { afterOpenTime } from './opening-hours.ts';
import { unitOf } from './organisation-tree.ts';
import { type Handover, hasLeft, isAcceptable, type OpenMatters, openDispute, type Party } from './ownership.ts';
import { resumeAfterDispute } from './provisional.ts';
import type { Decision, Referral } from './referral.ts';
import { policyAt } from './rulebook.ts';
import { type Instant, withOffset } from './time.ts';
import type { World } from './world.ts';

const HOUR_MS = 60 * 60 * 1000;

/** The hand-over's own clock and timer end; statutory clocks run on. */
export const endHandoverClocks = (handover: Handover, as: 'met' | 'lapsed'): NonNullable<Decision['end']> => [
  { kind: 'handover', as, subjectId: handover.id },
  { kind: 'return-check', as: 'lapsed', subjectId: handover.id },
];

/** The hand-over that can be answered. Throws ILLEGAL_TRANSITION when it has been answered or withdrawn. */
export const demandHandover = ({ handover, dispute }: OpenMatters): Handover => {
  if (handover && isAcceptable(handover, dispute)) return handover;
  throw illegal('Overdragelsen er allerede besvaret eller trukket tilbage.', 'The hand-over is answered or withdrawn.');
};

/** When work proposed back at `proposedAt` to a unit that has left it is in dispute: after so many of its opening hours. */
export const returnCheckAt = (
  to: string,
  { organisation, rulebook, calendar }: World,
  proposedAt: Instant,
): Instant => {
  const hours = policyAt(rulebook, proposedAt).returnCheckOpeningHours;
  return afterOpenTime(unitOf(organisation, to), calendar, proposedAt, hours * HOUR_MS);
};

/**
 * Asks a unit to take the work: within 2 workdays, acute 4 hours. Work that comes back to a unit that has left it gets
 * a timer besides, which puts it in dispute after 4 of the unit's opening hours.
 */
export const proposed = (
  referral: Referral,
  open: OpenMatters,
  what: Pick<Handover, 'id' | 'from' | 'to' | 'chain'> & { readonly reason?: string },
  world: World,
  now: Instant,
): Decision => {
  const { id, from, to, chain, reason } = what;
  const { organisation, rulebook, calendar } = world;
  const { receivedAt, acute } = referral;
  const clock = startClock('handover', { start: now, receivedAt, acute }, rulebook, calendar);
  const back = hasLeft(to, open.history, organisation, now);
  const checkAt = back ? returnCheckAt(to, world, now) : null;
  const is: Handover = { id, referralId: referral.id, from, to, state: 'proposed', proposedAt: now, back, chain };
  const due = { due: withOffset(clock.dueAt), checkAt: checkAt ? withOffset(checkAt) : null };
  return {
    patch: {},
    facts: [
      {
        kind: 'handover-proposed',
        data: { handover: id, from, to, back, ...due },
        ...(reason === undefined ? {} : { sealed: { text: reason } }),
      },
    ],
    handovers: [{ was: null, is }],
    start: [{ ...clock, subjectId: id }],
    timers: checkAt
      ? [{ kind: 'return-check', dueAt: checkAt, subjectId: id, why: 'proposed back to a unit that has left it' }]
      : [],
    mails: [{ template: 'handover-proposed', to: { unit: to }, exempt: acute }],
  };
};

/**
 * Proposes the work to another unit; the sender stays owner until it is accepted. Throws INVALID for a unit that does
 * not exist now, may not own the matter or has it already, DUPLICATE while another hand-over or a dispute is open.
 */
export const proposeHandover = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly id: string; readonly to: string; readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  if (open.handover?.state === 'proposed') {
    throw new DomainError('DUPLICATE', {
      da: 'Der er allerede en overdragelse, der ikke er besvaret.',
      en: 'A hand-over is waiting for its answer already.',
    });
  }
  if (openDispute(open)?.kind === 'dispute') {
    throw new DomainError('DUPLICATE', {
      da: 'Der er en åben uenighed. Foreslå en løsning i den.',
      en: 'A dispute is open. Propose a settlement there.',
    });
  }
  const { ownerUnit, matter } = referral;
  demandOwner({ path: 'to', unit: input.to, matter, not: ownerUnit }, world.organisation, now);
  return proposed(referral, open, { ...input, from: ownerUnit, chain: [] }, world, now);
};

/** Does withdrawing the hand-over end the dispute too? Not one that somebody else has raised by hand. */
const endsWith = (handover: Handover, open: OpenMatters) => {
  const dispute = openDispute(open);
  if (!dispute || dispute.handoverId !== handover.id) return null;
  return dispute.raisedBy === null || dispute.raisedBy === handover.from ? dispute : null;
};

/** The sender keeps the work after all. Ends silence about the hand-over and the dispute that it led to by rule. */
export const withdrawHandover = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  const handover = demandHandover(open);
  const { id, from, to } = handover;
  const withdrawn: Decision = {
    patch: {},
    facts: [{ kind: 'handover-withdrawn', data: { handover: id, from, to }, sealed: { text: input.reason } }],
    handovers: [{ was: handover.state, is: { ...handover, state: 'withdrawn' } }],
    end: endHandoverClocks(handover, 'lapsed'),
    mails: [{ template: 'handover-answered', to: { unit: to }, exempt: referral.acute }],
  };
  const dispute = endsWith(handover, open);
  if (!dispute) return withdrawn;
  const fact = { kind: 'dispute-withdrawn', data: { dispute: dispute.id, how: 'handover-withdrawn' } };
  const ended = combine(withdrawn, endDispute(dispute, 'withdrawn', fact, world, now));
  return combine(ended, resumeAfterDispute(referral, world, now));
};

const silent = (unit: string): Party => ({ unit, claim: null, whose: null, basis: null });

/** The timer of work that was proposed back: not accepted by now means dispute. `id` of the dispute, should it be one. */
export const checkReturn = (
  referral: Referral,
  open: OpenMatters,
  due: { readonly handoverId: string; readonly id: string },
  world: World,
  now: Instant,
): Decision => {
  const { handover } = open;
  const met: Decision = { patch: {}, facts: [], end: [{ kind: 'return-check', as: 'met', subjectId: due.handoverId }] };
  const waiting = handover?.id === due.handoverId && handover.state === 'proposed' ? handover : null;
  if (!waiting || openDispute(open)?.kind === 'dispute') return met;
  const { from, to } = waiting;
  const parties: readonly Party[] = [{ unit: from, claim: 'not-mine', whose: to, basis: null }, silent(to)];
  const what = { id: due.id, kind: 'dispute', awaited: null, handoverId: waiting.id, raisedBy: null } as const;
  return combine(met, raise(referral, open, { ...what, parties, rule: 'returned' }, world, now));
};
