import { DomainError, type Reason } from './errors.ts';
import { type FeedbackAsked, type FeedbackPlan, feedbackFor } from './feedback.ts';
import type { FeedbackChoice } from './feedback-policy.ts';
import type { Delivery, Feedback, FeedbackChange, FeedbackChannel } from './feedback-record.ts';
import { refuseField } from './field-errors.ts';
import { canonical } from './journal.ts';
import { type Act, demandLegal, illegal } from './lifecycle.ts';
import type { Decision, Mail, Referral } from './referral.ts';
import { type Instant, iso } from './time.ts';

/** What the rule is asked about: the record, not the writer's wishes. `pending`: feedback under way. */
export type FeedbackFacts = Omit<FeedbackAsked, 'material' | 'withheld' | 'choices'> & {
  readonly pending: readonly Feedback[];
  /** They say that they are owed it, and nobody has looked whether that is so. */
  readonly unchecked?: boolean;
};

/**
 * `material`: the internal written reason why the measure's type and duration matter to the notifier; null tells tier 1
 * only. `previewed`: the sentences that the writer saw and confirmed.
 */
export type Giving = {
  readonly feedbackId: string;
  readonly material: string | null;
  readonly choices: readonly FeedbackChoice[];
  readonly channel: FeedbackChannel;
  readonly previewed: readonly Reason[];
};

type By = { readonly personId: string };

const UNDER_WAY: ReadonlySet<string> = new Set(['given', 'awaiting-approval']);

/** Decisions and measures whose feedback is still owed and not already under way: what was given reaches no suspect. */
export const unanswered = (
  referral: Referral,
  { pending, suspected = false }: { readonly pending: readonly Feedback[]; readonly suspected?: boolean },
): readonly string[] => {
  const underWay = ({ state }: Feedback): boolean => UNDER_WAY.has(state) && !(suspected && state === 'given');
  const answered = new Set(pending.filter(underWay).flatMap((f) => f.answers));
  return referral.clocks
    .filter((c) => c.kind === 'feedback')
    .flatMap((c) => (c.subjectId === null || answered.has(c.subjectId) ? [] : [c.subjectId]));
};

const demandOwed = (act: Act, referral: Referral, facts: FeedbackFacts): readonly string[] => {
  demandLegal(act, referral.status);
  const answers = unanswered(referral, facts);
  if (answers.length > 0) return answers;
  throw illegal('Der mangler ingen orientering nu.', 'No feedback is owed now.');
};

const demandState = (act: Act, referral: Referral, feedback: Feedback, state: Feedback['state']): void => {
  demandLegal(act, referral.status);
  if (feedback.referralId === referral.id && feedback.state === state) return;
  throw illegal('Det er allerede gjort.', 'It has been done already.');
};

const notice = (referral: Referral, feedbackId: string): Mail => ({
  template: 'feedback',
  to: referral.senderPersonId ? { person: referral.senderPersonId } : { notifier: true },
  exempt: referral.acute,
  feedbackId,
});

const met = (answers: readonly string[], at?: Instant): NonNullable<Decision['end']> =>
  answers.map((subjectId) => ({ kind: 'feedback', as: 'met', subjectId, ...(at ? { at } : {}) }));

const changed = (
  { id, state }: Feedback,
  set: Extract<FeedbackChange, { change: 'update' }>['set'],
): FeedbackChange => ({ change: 'update', id, from: state, set });

/** The plan for these choices, exactly as previewed. Throws STALE when the record has changed since the preview. */
const planned = (facts: FeedbackFacts, how: Pick<FeedbackAsked, 'material' | 'withheld' | 'choices'>): FeedbackPlan => {
  const { pending: _, unchecked: __, ...record } = facts;
  return feedbackFor({ ...record, ...how });
};

/** Throws STALE when what would be told is not, word for word, what was looked at. */
export const demandSeen = (told: readonly Reason[], previewed: readonly Reason[]): void => {
  if (canonical(told) === canonical(previewed)) return;
  throw new DomainError('STALE', {
    da: 'Det, der må fortælles, er ændret, siden forhåndsvisningen blev vist.',
    en: 'What may be told has changed since the preview was shown.',
  });
};

/**
 * The notifier is told. On the site it counts once its notice is accepted or it is opened there, as a letter once that
 * is posted; told on the phone, the act itself is the evidence, and the feedback clocks are met at once.
 */
export const giveFeedback = (
  referral: Referral,
  { feedbackId, material, choices, channel, previewed }: Giving,
  facts: FeedbackFacts,
  by: By,
  now: Instant,
): Decision => {
  const answers = demandOwed('give-feedback', referral, facts);
  const reason = material?.trim() ? material.trim() : null;
  if (material !== null && reason === null) refuseField('material', 'required');
  const { tier, told } = planned(facts, { material: reason !== null, withheld: false, choices });
  if (facts.suspected) {
    throw illegal(
      'Underretteren er selv mistænkt. Orienteringen skal holdes tilbage.',
      'The notifier is a suspect. The feedback must be withheld.',
    );
  }
  if (facts.unchecked) {
    throw illegal('Bekræft først, hvem underretteren er.', 'Confirm first what the notifier is.');
  }
  if (tier !== 1 && tier !== 2) throw illegal('Underretter skal ikke orienteres.', 'No feedback is owed.');
  demandSeen(told, previewed);
  const delivered = channel === 'call';
  const feedback: Feedback = {
    id: feedbackId,
    referralId: referral.id,
    tier,
    state: delivered ? 'delivered' : 'given',
    channel,
    answers,
    template: facts.template.id,
    givenBy: by.personId,
    givenAt: now,
    approvedBy: null,
    toSuspect: false,
    deliveredAt: delivered ? now : null,
  };
  const data = { feedbackId, tier, channel, answers, template: facts.template.id, choices };
  const text = told.map(({ da }) => da).join(' ');
  return {
    patch: {},
    facts: [
      { kind: 'feedback-given', data, sealed: { text, told, reason } },
      ...(delivered ? [{ kind: 'feedback-delivered', data: { feedbackId, delivery: channel, answers } }] : []),
    ],
    feedbacks: [{ change: 'insert', feedback, told }],
    ...(delivered ? { end: met(answers) } : {}),
    ...(channel === 'site' ? { mails: [notice(referral, feedbackId)] } : {}),
  };
};

/** It reached the notifier `at` that instant: the clocks that it answers are met by it. */
export const deliverFeedback = (referral: Referral, feedback: Feedback, delivery: Delivery, at: Instant): Decision => {
  demandState('deliver-feedback', referral, feedback, 'given');
  const { id, answers } = feedback;
  return {
    patch: {},
    facts: [{ kind: 'feedback-delivered', data: { feedbackId: id, delivery, answers }, occurredAt: iso(at) }],
    feedbacks: [changed(feedback, { state: 'delivered', deliveredAt: at })],
    end: met(answers, at),
  };
};

/** Special circumstances: proposed with an internal written reason. The duty stays open until a second person agrees. */
export const withholdFeedback = (
  referral: Referral,
  { feedbackId, reason }: { readonly feedbackId: string; readonly reason: string },
  facts: FeedbackFacts,
  by: By,
  now: Instant,
): Decision => {
  const answers = demandOwed('withhold-feedback', referral, facts);
  if (!reason.trim()) refuseField('reason', 'required');
  const { tier, told } = planned(facts, { material: false, withheld: true, choices: [] });
  if (tier !== 'withheld') throw illegal('Underretter skal ikke orienteres.', 'No feedback is owed.');
  const feedback: Feedback = {
    id: feedbackId,
    referralId: referral.id,
    tier,
    state: 'awaiting-approval',
    channel: 'site',
    answers,
    template: facts.template.id,
    givenBy: by.personId,
    givenAt: now,
    approvedBy: null,
    toSuspect: facts.suspected === true,
    deliveredAt: null,
  };
  return {
    patch: {},
    facts: [{ kind: 'withholding-proposed', data: { feedbackId, answers }, sealed: { text: reason } }],
    feedbacks: [{ change: 'insert', feedback, told }],
    mails: [{ template: 'withholding', to: { unit: referral.ownerUnit }, exempt: referral.acute }],
  };
};

const demandSecondPerson = (feedback: Feedback, by: By): void => {
  if (feedback.givenBy !== by.personId) return;
  throw illegal(
    'En anden end den, der foreslog det, skal tage stilling.',
    'Somebody else than the proposer must decide.',
  );
};

/** Throws STALE when the notifier was named as a suspect, or cleared, since the words were proposed. */
const demandStillSo = (proposed: readonly Reason[], facts: FeedbackFacts): void => {
  const { told } = planned(facts, { material: false, withheld: true, choices: [] });
  // The contact may have changed; the first sentence tells whether there is more.
  if (canonical(told.slice(0, 1)) === canonical(proposed.slice(0, 1))) return;
  throw new DomainError('STALE', {
    da: 'Det, underretteren må få at vide, er ændret, siden det blev foreslået. Afvis det, og foreslå det igen.',
    en: 'What the notifier may be told has changed since it was proposed. Refuse it and propose it anew.',
  });
};

/**
 * A second person agrees to what was `proposed`: lawfully withheld, the clocks are met, and the notifier is told that
 * nothing more is told. To a suspect no mail leaves: that one arrives tells that something was decided.
 */
export const approveWithholding = (
  referral: Referral,
  feedback: Feedback,
  proposed: readonly Reason[],
  facts: FeedbackFacts,
  by: By,
): Decision => {
  demandState('approve-withholding', referral, feedback, 'awaiting-approval');
  demandSecondPerson(feedback, by);
  demandStillSo(proposed, facts);
  const { id: feedbackId, answers } = feedback;
  return {
    patch: {},
    facts: [{ kind: 'withholding-approved', data: { feedbackId, answers } }],
    feedbacks: [changed(feedback, { state: 'withheld', approvedBy: by.personId })],
    end: met(answers),
    mails: facts.suspected ? [] : [notice(referral, feedbackId)],
  };
};

/** Given, and not arrived when the notifier became a suspect: it is owed again, and is never seen by them. */
export const takeBack = (feedback: Feedback): Decision => ({
  patch: {},
  facts: [{ kind: 'feedback-taken-back', data: { feedbackId: feedback.id } }],
  feedbacks: [changed(feedback, { state: 'lifted' })],
});

/** A second person does not agree: the feedback is owed as before. `reason` is sealed. */
export const refuseWithholding = (referral: Referral, feedback: Feedback, reason: string, by: By): Decision => {
  demandState('refuse-withholding', referral, feedback, 'awaiting-approval');
  demandSecondPerson(feedback, by);
  return {
    patch: {},
    facts: [{ kind: 'withholding-refused', data: { feedbackId: feedback.id }, sealed: { text: reason } }],
    feedbacks: [changed(feedback, { state: 'refused' })],
  };
};
