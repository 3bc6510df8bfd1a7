import { illegal } from './lifecycle.ts';
import type { Decision } from './referral.ts';
import { type Instant, isBefore } from './time.ts';

/** Whether a passed clock of the law has been explained in writing, and what the leader said to it. */
export const EXPLAINED = ['given', 'asked-again', 'accepted'] as const;
export type Explained = (typeof EXPLAINED)[number];

export type LawfulClock = {
  readonly id: string;
  readonly kind: string;
  /** Of its derivation: law, recalled or policy; null for a timer. */
  readonly status: string | null;
  readonly state: 'running' | 'met' | 'lapsed';
  readonly dueAt: Instant;
  readonly secondaryAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly explained: Explained | null;
  readonly explainedBy: string | null;
};

/**
 * Has a period set by law been passed by every reading of it? What is met between the strict date and the secondary one
 * is neither on time nor late. What has lapsed was nobody's duty any more.
 */
export const hasPassed = (clock: LawfulClock, now: Instant): boolean =>
  (clock.status === 'law' || clock.status === 'recalled') &&
  clock.state !== 'lapsed' &&
  isBefore(clock.secondaryAt ?? clock.dueAt, clock.endedAt ?? now);

/** Whoever has the case owes an explanation. */
export const isOwed = (clock: LawfulClock, now: Instant): boolean =>
  hasPassed(clock, now) && (clock.explained === null || clock.explained === 'asked-again');

/** The leader owes an answer, who is not whoever explained. */
export const awaitsAnswer = (clock: LawfulClock, by: string): boolean =>
  clock.explained === 'given' && clock.explainedBy !== by;

const about = ({ id, kind }: LawfulClock) => ({ clock: kind, deadline: id });

/** Why a period set by law was passed, in the words of whoever has the case. Throws ILLEGAL_TRANSITION. */
export const explainOverdue = (clock: LawfulClock, text: string, now: Instant): Decision => {
  if (!hasPassed(clock, now)) {
    throw illegal('Fristen er ikke en overskredet frist i loven.', 'This is not a passed period set by law.');
  }
  if (!isOwed(clock, now)) throw illegal('Fristen er allerede forklaret.', 'It has been explained already.');
  return { patch: {}, facts: [{ kind: 'overdue-explained', data: about(clock), sealed: { text } }] };
};

/** The leader accepts the explanation or asks for another; nobody answers their own. Throws ILLEGAL_TRANSITION. */
export const answerExplanation = (
  clock: LawfulClock,
  answer: { readonly accepted: boolean; readonly text: string },
  by: string,
): Decision => {
  if (clock.explained !== 'given') {
    throw illegal('Der er ingen forklaring at svare på.', 'There is no explanation to answer.');
  }
  if (!awaitsAnswer(clock, by)) {
    throw illegal('Du kan ikke svare på din egen forklaring.', 'You cannot answer your own explanation.');
  }
  const data = { ...about(clock), accepted: answer.accepted };
  return { patch: {}, facts: [{ kind: 'explanation-answered', data, sealed: { text: answer.text } }] };
};
