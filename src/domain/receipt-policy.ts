import { addDays, type Calendar } from './calendar.ts';
import { combine } from './combine.ts';
import type { Decision, Referral, Timer } from './referral.ts';
import { type ReceiptPolicy, receiptPolicyAt } from './rulebook.ts';
import { atLocal, type Instant, isAfter, localDay } from './time.ts';
import type { World } from './world.ts';

/** Where the receipt waits for somebody to take the matter: the system's last resort. */
const KIND = 'receipt-send';
const OVER: Decision = { patch: {}, facts: [], end: [{ kind: KIND, as: 'met' }] };

/**
 * When the system sends the receipt itself (rules, Policy clocks: "on acknowledgement, at the latest 10:00 on the fourth
 * hverdag"). Received Friday 6 November 2026: Wednesday the 11th at 10:00. The law's own six hverdage run as they do.
 */
export const lastResortAt = (receivedAt: Instant, { latest }: ReceiptPolicy, calendar: Calendar): Instant =>
  atLocal(addDays(calendar, localDay(receivedAt), latest.hverdage, 'hverdage').due, latest.at);

/** Of a matter whose receipt waits; null where it is sent at once, or where the last resort has come already. */
export const receiptTimer = (receivedAt: Instant, { rulebook, calendar }: World, now: Instant): Timer | null => {
  const policy = receiptPolicyAt(rulebook, now);
  if (policy.sent === 'at-once') return null;
  const dueAt = lastResortAt(receivedAt, policy, calendar);
  return isAfter(dueAt, now) ? { kind: KIND, dueAt, why: 'the receipt is sent by the system, taken or not' } : null;
};

type Why = 'acknowledged' | 'last-resort' | 'reopened';

const sent = ({ senderPersonId, clocks }: Referral, why: Why): Decision => ({
  patch: {},
  facts: [{ kind: 'receipt-sent', data: { why } }],
  mails: [{ template: 'receipt', to: senderPersonId ? { person: senderPersonId } : { notifier: true }, exempt: true }],
  ...(clocks.some(({ kind }) => kind === KIND) ? { end: OVER.end ?? [] } : {}),
});

/** The last resort has come. */
export const sendReceipt = (referral: Referral): Decision => sent(referral, 'last-resort');

const has = ({ facts }: Decision, kind: string): boolean => facts.some((fact) => fact.kind === kind);

/** May a receipt leave with this decision? Whether one waits still, only its row can say. */
export const maySendReceipt = ({ clocks }: Referral, decision: Decision): boolean =>
  has(decision, 'receipt-sent') ||
  has(decision, 'reopened') ||
  (has(decision, 'acknowledged') && clocks.some(({ kind }) => kind === KIND));

/** With the receipt of a notification whose receipt `waited`; else without it, because a sibling's unit was first. */
export const withReceipt = (referral: Referral, decision: Decision, waited: boolean): Decision => {
  const due = has(decision, 'receipt-sent');
  if (due) return waited ? decision : OVER;
  if (waited) return combine(decision, sent(referral, has(decision, 'acknowledged') ? 'acknowledged' : 'reopened'));
  return has(decision, 'acknowledged') ? combine(decision, OVER) : decision;
};
