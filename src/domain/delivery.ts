import type { Reason } from './errors.ts';
import { earliest, type Instant, isBefore, localDay } from './time.ts';

/**
 * What came of one attempt, as the transport saw it. `code` is the mail server's reply code, null where none came;
 * `enhanced` the code of RFC 3463 beside it. `at` says how far the talk had come; `whole`: the mail had left entirely.
 */
export type Answer = {
  readonly taken: boolean;
  readonly code: number | null;
  readonly enhanced: string | null;
  readonly at: 'server' | 'address' | 'receiver';
  readonly whole: boolean;
};

export const MESSAGE_STATES = [
  'queued',
  'sending',
  'sent',
  'deferred',
  'bounced',
  'failed',
  'fallback',
  'dropped',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Why a mail is not, or not yet, with its receiver. */
export const REASONS = {
  'unknown-address': { da: 'Adressen findes ikke', en: 'The address does not exist' },
  refused: { da: 'Modtagerens mailserver afviste mailen', en: "The receiver's mail server refused the mail" },
  full: { da: 'Modtagerens postkasse er fuld', en: "The receiver's mailbox is full" },
  later: { da: 'Modtagerens mailserver bad om at vente', en: "The receiver's mail server asked to wait" },
  away: { da: 'Mailserveren svarede ikke', en: 'The mail server did not answer' },
  'cut-off': {
    da: 'Forbindelsen blev afbrudt, da mailen var sendt',
    en: 'The connection was lost once the mail had left',
  },
  'no-address': { da: 'Der er ingen mailadresse', en: 'There is no mail address' },
  'failing-address': {
    da: 'Flere mails i træk til adressen er ikke nået frem',
    en: 'Several mails in a row to the address did not arrive',
  },
  reported: { da: 'Meldt som ikke nået frem', en: 'Reported as not arrived' },
  chosen: { da: 'Svaret gives som brev', en: 'The answer is given as a letter' },
  moot: { da: 'Det, mailen fortalte, gælder ikke længere', en: 'What the mail told is no longer so' },
} as const satisfies Readonly<Record<string, Reason>>;
export type UndeliveredReason = keyof typeof REASONS;

/** Minutes before each further attempt, the last one repeated, and hours after the first at which the last is made. */
type Schedule = { readonly pauses: readonly number[]; readonly horizonHours: number };

/** In force for attempts on the local day `from` or later, until the next version begins. */
export type DeliveryPolicy = {
  readonly id: string;
  readonly from: string | null;
  readonly ordinary: Schedule;
  /** The 24-hour clock and acute matters: whoever cannot be mailed within it must be told otherwise. */
  readonly urgent: Schedule;
  /** While the mail server itself is away: it may be back any moment, and nothing else can be learned by waiting. */
  readonly awayPauses: readonly number[];
  /** After so many messages in a row that did not arrive, further mail does not go to the address. */
  readonly failingAfter: number;
  readonly source: string;
};

/**
 * Two days for an ordinary mail leave four hverdage of the receipt's six for a letter; RFC 5321 § 4.5.4.1 would let a
 * server try for four to five days.
 */
export const DELIVERY_POLICIES: readonly DeliveryPolicy[] = [
  {
    id: 'delivery-default',
    from: null,
    ordinary: { pauses: [1, 5, 15, 30, 60, 120, 240, 480], horizonHours: 48 },
    urgent: { pauses: [1, 2, 5, 10, 15], horizonHours: 1 },
    awayPauses: [1, 2, 5, 10, 15],
    failingAfter: 3,
    source: 'kommunens standardfrister (policy-default)',
  },
];

export const deliveryPolicyAt = (at: Instant, policies = DELIVERY_POLICIES): DeliveryPolicy => {
  const day = localDay(at).toString();
  const found = policies.findLast(({ from }) => from === null || from <= day);
  if (!found) throw new RangeError('no delivery policy is in force on that day');
  return found;
};

/** The receiver's own codes: RFC 3463 § 3.2 (mailbox) and § 3.8 (policy), RFC 5321 § 4.2.3. */
const UNKNOWN_CODES: ReadonlySet<number> = new Set([501, 550, 551, 553]);

const ofReceiver = ({ code, enhanced }: Answer): UndeliveredReason => {
  if (code === null) return 'away';
  const [, detail = ''] = /^[245]\.(\d{1,3}\.\d{1,3})$/.exec(enhanced ?? '') ?? [];
  if (detail === '2.2') return 'full';
  // Without the detail, 452 and 552 say that storage is used up; with another detail they speak of something else.
  if (detail === '' && (code === 452 || code === 552)) return 'full';
  if (code < 500) return 'later';
  if (detail.startsWith('1.') || (detail === '' && UNKNOWN_CODES.has(code))) return 'unknown-address';
  return 'refused';
};

/**
 * What an answer means; null: it was taken. Codes of 5xx speak of the receiver only once the talk has come to the
 * receiver: at greeting, login or sender they speak of our own settings, and what they hold up must leave once somebody
 * has mended those. `550 5.1.1` → unknown-address, `452 4.2.2` → full, `451 4.7.1` → later.
 */
export const reasonOf = (answer: Answer): UndeliveredReason | null => {
  if (answer.taken) return null;
  if (answer.at === 'address') return 'unknown-address';
  if (answer.code === null && answer.whole) return 'cut-off';
  return answer.at === 'server' ? 'away' : ofReceiver(answer);
};

const FOR_EVER: ReadonlySet<UndeliveredReason> = new Set(['unknown-address', 'refused', 'full']);
/** What says nothing of the address. */
const NOT_THE_ADDRESS: ReadonlySet<UndeliveredReason> = new Set(['away', 'cut-off']);

type Attempted = {
  readonly urgent: boolean;
  /** This one among them. */
  readonly attempts: number;
  readonly firstAttemptAt: Instant;
};

export type Outcome = {
  readonly state: 'sent' | 'deferred' | 'bounced' | 'failed';
  readonly reason: UndeliveredReason | null;
  readonly nextAttemptAt: Instant | null;
  /** It counts among the messages in a row that did not arrive at this address. */
  readonly countsAgainst: boolean;
};

/** Of an attempt that the mail server took. */
export const SENT: Outcome = { state: 'sent', reason: null, nextAttemptAt: null, countsAgainst: false };

const pauseAfter = (pauses: readonly number[], attempts: number): number =>
  pauses[Math.min(attempts, pauses.length) - 1] ?? 0;

/**
 * The state of a message after an attempt. Pauses grow; the last attempt is made at the horizon, and what has not
 * arrived by then has failed. First attempt 09:00, `451` → next 09:01, then 09:06, 09:21, 09:51 …, 09:00 two days on.
 */
export const afterAttempt = (
  message: Attempted,
  reason: UndeliveredReason | null,
  now: Instant,
  policy: DeliveryPolicy = deliveryPolicyAt(now),
): Outcome => {
  if (reason === null) return SENT;
  if (FOR_EVER.has(reason)) return { state: 'bounced', reason, nextAttemptAt: null, countsAgainst: true };
  const schedule = message.urgent ? policy.urgent : policy.ordinary;
  const horizon = message.firstAttemptAt.add({ hours: schedule.horizonHours });
  if (!isBefore(now, horizon)) {
    return { state: 'failed', reason, nextAttemptAt: null, countsAgainst: !NOT_THE_ADDRESS.has(reason) };
  }
  const pauses = reason === 'away' ? policy.awayPauses : schedule.pauses;
  const next = now.add({ minutes: pauseAfter(pauses, message.attempts) });
  return { state: 'deferred', reason, nextAttemptAt: earliest(next, horizon), countsAgainst: false };
};

/** A receipt may wait as long as its clock lets it; what the 24 hours and acute matters tell may not. */
export const isUrgent = ({ template, exempt }: { readonly template: string; readonly exempt: boolean }): boolean =>
  exempt && template !== 'receipt' && template !== 'feedback';
