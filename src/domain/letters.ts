import { type Clock, startClock } from './deadlines.ts';
import { deliverFeedback } from './feedback-acts.ts';
import type { Feedback } from './feedback-record.ts';
import type { Letter, LetterWay } from './letter-record.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, iso } from './time.ts';
import type { World } from './world.ts';

/** The letter queue gets it, and a named person the task. */
export const wantLetter = (
  { ownerUnit, acute }: Pick<Referral, 'ownerUnit' | 'acute'>,
  { id, kind, feedbackId, reason }: Omit<Letter, 'state'>,
): Pick<Decision, 'facts' | 'letters' | 'tasks'> => ({
  facts: [{ kind: 'letter-wanted', data: { letterId: id, letter: kind, feedbackId, reason } }],
  letters: [{ change: 'insert', letter: { id, kind, feedbackId, reason, state: 'open' } }],
  tasks: [{ kind: 'letter', unit: ownerUnit, reason, subject: id, letterId: id, urgent: acute }],
});

type Told = { readonly way: LetterWay; readonly occurredAt: Instant; readonly spokenTo: string | null };

const CHANNELS = { posted: 'letter', phoned: 'call' } as const satisfies Readonly<Record<LetterWay, string>>;

const demandOpen = ({ state }: Letter): void => {
  if (state === 'open') return;
  throw illegal('Det er allerede gjort.', 'It has been done already.');
};

const receiptTold = (referral: Referral, letter: Letter, { way, occurredAt, spokenTo }: Told): Decision => {
  demandLegal('deliver-receipt', referral.status);
  return {
    patch: {},
    facts: [
      {
        kind: 'receipt-delivered',
        data: { channel: CHANNELS[way], letterId: letter.id },
        occurredAt: iso(occurredAt),
        ...(spokenTo === null ? {} : { sealed: { text: spokenTo } }),
      },
    ],
    end: [{ kind: 'receipt', as: 'met', at: occurredAt }],
  };
};

/** What is withheld has no clock left: its approval met it. That nothing more is told was told all the same. */
const withheldTold = ({ id, kind, feedbackId }: Letter, { way, occurredAt }: Told): Decision => ({
  patch: {},
  facts: [{ kind: 'letter-sent', data: { letterId: id, letter: kind, feedbackId, way }, occurredAt: iso(occurredAt) }],
});

const feedbackTold = (referral: Referral, feedback: Feedback, { way, occurredAt, spokenTo }: Told): Decision => {
  const decision = deliverFeedback(referral, feedback, CHANNELS[way], occurredAt);
  const facts = decision.facts.map((fact) => (spokenTo === null ? fact : { ...fact, sealed: { text: spokenTo } }));
  return { ...decision, facts };
};

/**
 * The notifier has been told by letter or phone: who and when stand with it, and by that instant its clock is met. `spokenTo`
 * is sealed. `feedback`: the one that the letter tells, null for a receipt.
 */
export const sendLetter = (referral: Referral, letter: Letter, feedback: Feedback | null, told: Told): Decision => {
  demandOpen(letter);
  const decision =
    feedback === null
      ? receiptTold(referral, letter, told)
      : feedback.state === 'given'
        ? feedbackTold(referral, feedback, told)
        : withheldTold(letter, told);
  const { way, occurredAt } = told;
  return { ...decision, letters: [{ change: 'close', id: letter.id, as: way, because: way, occurredAt }] };
};

/** The mail arrived after all, or there is nothing left to tell. */
export const withdrawLetter = (
  { id, kind, feedbackId }: Letter,
  because: 'by-mail' | 'not-needed',
): Pick<Decision, 'facts' | 'letters'> => ({
  facts: [{ kind: 'letter-withdrawn', data: { letterId: id, letter: kind, feedbackId, because } }],
  letters: [{ change: 'close', id, as: 'withdrawn', because, occurredAt: null }],
});

/** The receipt's mail came back after it had counted as delivered: the duty stands again, and its clock as it was. */
export const receiptCameBack = (referral: Referral, world: World, now: Instant): Decision => {
  const from = { start: now, receivedAt: referral.receivedAt, acute: referral.acute };
  const runs = referral.clocks.some(({ kind }) => kind === 'receipt');
  return {
    patch: {},
    facts: [{ kind: 'mail-reported', data: { mail: 'receipt', reason: 'reported' } }],
    start: runs ? [] : [startClock('receipt', from, world.rulebook, world.calendar)],
  };
};

/** The same of a feedback's notice: given and not delivered, the clocks that it had met run on as they were. */
export const feedbackCameBack = (
  { id }: Pick<Feedback, 'id'>,
  met: readonly (Clock & { readonly subjectId: string })[],
): Decision => {
  return {
    patch: {},
    facts: [{ kind: 'mail-reported', data: { mail: 'feedback', feedbackId: id, reason: 'reported' } }],
    feedbacks: [{ change: 'update', id, from: 'delivered', set: { state: 'given', deliveredAt: null } }],
    start: met,
  };
};
