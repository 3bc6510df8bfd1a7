import { combine } from './combine.ts';
import { endDispute, raise } from './dispute-record.ts';
import { type Dispute, type OpenMatters, openDispute, type Party } from './ownership.ts';
import { resumeAfterDispute } from './provisional.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, isBefore } from './time.ts';
import type { World } from './world.ts';

const NOTHING: Decision = { patch: {}, facts: [] };

type Awaited = 'acknowledge' | 'handover';

/** The unit that has not answered, and what about; null when nothing is awaited any more or its time is not over. */
const silence = (
  referral: Referral,
  { handover }: OpenMatters,
  awaited: Awaited,
  now: Instant,
): { readonly unit: string; readonly handoverId: string | null } | null => {
  const waiting = awaited === 'handover' && handover?.state === 'proposed' ? handover : null;
  const clock = referral.clocks.find(
    (one) => one.kind === awaited && (awaited === 'acknowledge' || one.subjectId === handover?.id),
  );
  if (!clock || isBefore(now, clock.dueAt)) return null;
  if (awaited === 'acknowledge') {
    return referral.status === 'received' ? { unit: referral.ownerUnit, handoverId: null } : null;
  }
  return waiting ? { unit: waiting.to, handoverId: waiting.id } : null;
};

const party = (unit: string): Party => ({ unit, claim: null, whose: null, basis: null });

/** Ownership moved on and the next unit is silent too: it joins, and the ladder that has begun goes on. */
const alsoSilent = (escalation: Dispute, unit: string): Decision => ({
  patch: {},
  facts: [{ kind: 'escalated', data: { dispute: escalation.id, awaited: escalation.awaited, joined: unit } }],
  disputes: [{ was: 'open', is: { ...escalation, parties: [...escalation.parties, party(unit)] } }],
});

/**
 * The end of the `acknowledge` or `handover` clock without the act: the silent unit is escalated. Null when there is
 * nothing to escalate: answered, not due, or a dispute or escalation is open already; a hand-over in dispute does not
 * escalate. To be asked at the clock's end and again at each reminder after it, because what was open may have ended.
 */
export const escalate = (
  referral: Referral,
  open: OpenMatters,
  due: { readonly awaited: Awaited; readonly id: string },
  world: World,
  now: Instant,
): Decision | null => {
  const { awaited, id } = due;
  const found = silence(referral, open, awaited, now);
  if (!found) return null;
  const present = openDispute(open);
  if (present) {
    const joins = present.awaited === 'acknowledge' && awaited === 'acknowledge';
    return joins && present.parties.every(({ unit }) => unit !== found.unit) ? alsoSilent(present, found.unit) : null;
  }
  const what = { id, kind: 'escalation', awaited, handoverId: found.handoverId, raisedBy: null } as const;
  return raise(referral, open, { ...what, parties: [party(found.unit)], rule: 'silence' }, world, now);
};

/**
 * The awaited act is done: the escalation that waited for it ends, and with it what it had moved provisionally. To be
 * combined with the act itself, `referral` as the act leaves it; nothing when none waits. Acceptance and refusal of a
 * hand-over do it themselves.
 */
export const acknowledgedAfterSilence = (
  referral: Referral,
  open: OpenMatters,
  world: World,
  now: Instant,
): Decision => {
  const dispute = openDispute(open);
  if (dispute?.awaited !== 'acknowledge') return NOTHING;
  const fact = { kind: 'escalation-ended', data: { dispute: dispute.id, how: 'acknowledged', step: dispute.step } };
  const { end = [], ...resumed } = resumeAfterDispute(referral, world, now);
  // The act has met the clock that a move would let lapse.
  const others = end.filter(({ kind }) => kind !== 'acknowledge');
  return combine(endDispute(dispute, 'settled', fact, world, now), { ...resumed, end: others });
};
