import { startClock } from './deadlines.ts';
import type { Reason } from './errors.ts';
import { demandSeen } from './feedback-acts.ts';
import { filled } from './feedback-sentences.ts';
import { refuseField } from './field-errors.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import { QUESTION_CODES, type Question } from './questions.ts';
import type { Decision, Mail, Referral } from './referral.ts';
import type { RequestForMore } from './request-record.ts';
import type { FeedbackTemplate } from './rulebook.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

type Contact = { readonly department: Reason; readonly phone: string };

/** The whole message, sentence by sentence: what is asked, and whom to call; nothing of the case. */
export const requestWords = (
  questions: readonly Question[],
  { department, phone }: Contact,
  { sentences }: FeedbackTemplate,
): readonly Reason[] => [
  filled(sentences, 'ask'),
  ...QUESTION_CODES.filter((code) => questions.includes(code)).map((code) => filled(sentences, code)),
  filled(sentences, 'contact', { department, phone: { da: phone, en: phone } }),
];

/** Who has no login cannot answer on the site and is phoned instead. */
export const mayBeAsked = ({ senderPersonId }: Pick<Referral, 'senderPersonId'>): boolean => senderPersonId !== null;

const open = ({ clocks }: Referral): boolean => clocks.some(({ kind }) => kind === 'request-for-more');

/** Says that there is something to answer behind the login, and nothing else; a reminder names the clock. */
export const requestNotice = (person: string, acute: boolean, about: Partial<Mail> = {}): Mail => ({
  template: 'request',
  to: { person },
  exempt: acute,
  ...about,
});

type Asking = {
  readonly requestId: string;
  readonly questions: readonly Question[];
  /** The sentences that the writer saw and confirmed. */
  readonly previewed: readonly Reason[];
};

/**
 * The notifier is asked to tell more, with a clock of its own (rules, Policy clocks: 5 workdays, acute 4 hours; asked
 * Tuesday 3 November 2026, due by the 10th). One request at a time. Throws STALE when the words are not those previewed.
 */
export const askForMore = (
  referral: Referral,
  { requestId, questions, previewed }: Asking,
  { contact, template }: { readonly contact: Contact; readonly template: FeedbackTemplate },
  { world, by, now }: { readonly world: World; readonly by: string; readonly now: Instant },
): Decision => {
  demandLegal('ask-for-more', referral.status);
  const { id: referralId, senderPersonId, receivedAt, acute } = referral;
  if (senderPersonId === null) {
    throw illegal('Underretter har intet login. Ring i stedet.', 'The notifier has no login. Call instead.');
  }
  if (open(referral)) throw illegal('Underretter er allerede spurgt.', 'The notifier has been asked already.');
  if (questions.length === 0) refuseField('questions', 'required');
  const told = requestWords(questions, contact, template);
  demandSeen(told, previewed);
  const clock = startClock('request-for-more', { start: now, receivedAt, acute }, world.rulebook, world.calendar);
  const request = { id: requestId, referralId, questions, template: template.id, askedBy: by, askedAt: now } as const;
  return {
    patch: {},
    facts: [
      {
        kind: 'more-asked-for',
        data: { requestId, questions, template: template.id },
        sealed: { text: told.map(({ da }) => da).join(' '), told },
      },
    ],
    requests: [{ change: 'insert', request: { ...request, state: 'open' }, told }],
    start: [{ ...clock, subjectId: requestId }],
    mails: [requestNotice(senderPersonId, acute)],
  };
};

const demandOpen = (referral: Referral, { referralId, state }: RequestForMore): void => {
  if (referralId === referral.id && state === 'open') return;
  throw illegal(
    'Spørgsmålet er allerede besvaret eller trukket tilbage.',
    'It has been answered or withdrawn already.',
  );
};

/** Answered on the site: the answer lies beside the notification as an addition, and the clock is met by it. */
export const answerRequest = (referral: Referral, request: RequestForMore, additionId: string): Decision => {
  demandLegal('answer-request', referral.status);
  demandOpen(referral, request);
  const { id, handlerId, ownerUnit, acute } = { ...referral, id: request.id };
  return {
    patch: {},
    facts: [{ kind: 'more-answered', data: { requestId: id, additionId } }],
    requests: [{ change: 'close', id, as: 'answered', additionId }],
    end: [{ kind: 'request-for-more', as: 'met', subjectId: id }],
    mails: [{ template: 'addition', to: handlerId ? { person: handlerId } : { unit: ownerUnit }, exempt: acute }],
  };
};

/** It was told on the phone, or is not needed any more. `reason` is sealed. */
export const withdrawRequest = (referral: Referral, request: RequestForMore, reason: string): Decision => {
  demandLegal('withdraw-request', referral.status);
  demandOpen(referral, request);
  if (!reason.trim()) refuseField('reason', 'required');
  const { id } = request;
  return {
    patch: {},
    facts: [{ kind: 'request-withdrawn', data: { requestId: id }, sealed: { text: reason } }],
    requests: [{ change: 'close', id, as: 'withdrawn', additionId: null }],
    end: [{ kind: 'request-for-more', as: 'lapsed', subjectId: id }],
  };
};
