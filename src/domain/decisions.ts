import type { LegalBasis } from './codes.ts';
import { type Clock, startClock } from './deadlines.ts';
import { feedbackClocks } from './feedback-duty.ts';
import { refuseField } from './field-errors.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import { type Examination, OUTCOMES, type Outcome } from './outcomes.ts';
import type { Decision, Referral } from './referral.ts';
import { lawAt } from './rulebook.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

/** `decisionId` names the decision, and the feedback clock that it opens. `reason` is sealed. */
export type Deciding = { readonly decisionId: string; readonly outcome: Outcome; readonly reason: string };

/** What the notification says: who notified, and whether violence or abuse is suspected. */
export type NotificationFacts = { readonly basis: LegalBasis | null; readonly suspectedViolence: boolean };

const BEGINS: Readonly<Partial<Record<Outcome, Examination>>> = {
  'limited-examination': 'limited',
  investigation: 'investigation',
};

const investigationClock = (referral: Referral) => referral.clocks.find((c) => c.kind === 'investigation');

/**
 * § 20(1), § 124: on abuse or suspicion of it the investigation is mandatory. It is still to be made while its clock
 * runs, which then nothing but a finished investigation ends.
 */
const mustInvestigate = (referral: Referral, { suspectedViolence }: NotificationFacts): boolean =>
  suspectedViolence && investigationClock(referral) !== undefined;

const demandOutcome = (referral: Referral, outcome: Outcome, facts: NotificationFacts): void => {
  const { examination, matter } = referral;
  if (matter === 'inquiry' && outcome !== 'nothing' && outcome !== 'preventive') {
    refuseField('outcome', 'notification-only');
  }
  if (outcome === 'immediate-measure') return;
  if (outcome === 'investigation') {
    if (examination !== 'investigation') return;
    throw illegal('Undersøgelsen er allerede i gang.', 'The investigation has begun already.');
  }
  if (examination !== null) {
    throw illegal(
      'Afslut først den afdækning eller undersøgelse, der er i gang.',
      'Finish the examination or investigation that runs first.',
    );
  }
  if (mustInvestigate(referral, facts)) refuseField('outcome', 'investigation-mandatory');
};

const clocksOf = (referral: Referral, outcome: Outcome, world: World, now: Instant) => {
  const runs = investigationClock(referral) !== undefined;
  const ends = outcome === 'nothing' || outcome === 'preventive';
  const begins = outcome === 'investigation' || outcome === 'limited-examination';
  const from = { start: now, receivedAt: referral.receivedAt, acute: referral.acute };
  // Decided after an earlier "nothing": the law's four months still count from receipt.
  const start: readonly Clock[] =
    begins && !runs ? [startClock('investigation', from, world.rulebook, world.calendar)] : [];
  return { start, end: ends && runs ? [{ kind: 'investigation', as: 'lapsed' as const }] : [] };
};

/**
 * What the screening (§ 18) leads to, or what an examination did. Only after the 24-hour assessment and by a unit that
 * has acknowledged. Nothing and a preventive offer end the investigation clock, § 19 and § 20 let it run on, an
 * immediate measure leaves it as it is. Opens the feedback clock. Throws ILLEGAL_TRANSITION, INVALID.
 */
export const decide = (
  referral: Referral,
  { decisionId, outcome, reason }: Deciding,
  facts: NotificationFacts,
  world: World,
  now: Instant,
): Decision => {
  demandLegal('decide', referral.status);
  if (referral.matter === 'notification' && referral.assessedAt === null) {
    throw illegal('Foretag først 24-timers vurderingen.', 'Make the 24-hour assessment first.');
  }
  demandOutcome(referral, outcome, facts);
  const examination = BEGINS[outcome] ?? referral.examination;
  const law = lawAt(world.rulebook, referral.receivedAt);
  const topic = OUTCOMES.find((row) => row.code === outcome)?.topic;
  const paragraph = (topic && law.references[topic]?.paragraph) ?? null;
  const { start, end } = clocksOf(referral, outcome, world, now);
  return {
    patch: { status: examination === null ? 'decided' : 'examining', decision: outcome, examination },
    facts: [{ kind: 'decided', data: { decisionId, outcome, law: law.id, paragraph }, sealed: { text: reason } }],
    start: [...start, ...feedbackClocks(referral, decisionId, facts.basis, world, now)],
    end,
  };
};
