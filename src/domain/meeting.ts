import type { Derivation } from './deadlines.ts';
import { disputeMails } from './dispute-record.ts';
import type { Reason } from './errors.ts';
import { refuseField } from './field-errors.ts';
import { ladderSteps } from './ladder.ts';
import { climbedMeanwhile, stepAfter } from './ladder-step.ts';
import { illegal } from './lifecycle.ts';
import type { Organisation } from './organisation.ts';
import type { Dispute, Meeting, OpenMatters } from './ownership.ts';
import type { Decision, Referral, Retiming } from './referral.ts';
import { demandDispute } from './settlement.ts';
import {
  earliest,
  endOfDay,
  type Instant,
  instant,
  isAfter,
  isBefore,
  iso,
  latest,
  localDay,
  withOffset,
} from './time.ts';
import type { World } from './world.ts';

type OnLadder = Pick<Dispute, 'acute' | 'step' | 'meeting'>;

/** What the meeting of the present step is called; null where it is none. Directors meet, whatever it is called. */
export const meetingNameOf = ({ acute, step }: OnLadder, organisation: Organisation): string | null => {
  const found = ladderSteps(organisation, acute).find((one) => one.step === step);
  return found?.meeting ?? (found?.agree.includes('director') ? 'directors' : null);
};

/** The one of the present step; one of a step that has been left bounds nothing any more. */
export const meetingNow = ({ meeting, step }: OnLadder): Meeting | null => (meeting?.step === step ? meeting : null);

/** May minutes be written now? Also of a meeting whose step has ended since. */
export const awaitsMinutes = ({ meeting }: OnLadder, now: Instant): boolean =>
  meeting !== null && !meeting.held && !isBefore(now, instant(meeting.at));

/** The step ends with the day of its meeting, never later than it would have: called to Wed 10:00 → Wed 23:59:59. */
const boundBy = ({ at }: Pick<Meeting, 'at'>, ownEnd: Instant): Instant =>
  earliest(ownEnd, endOfDay(localDay(instant(at))));

const BOUND: Reason = {
  da: 'Trinnet slutter med dagen for mødet.',
  en: 'The step ends with the day of its meeting.',
};
const FREED: Reason = {
  da: 'Mødet er aflyst: trinnet har sin egen tid igen.',
  en: 'The meeting is called off: the step has its own time again.',
};

/** The step's clock ends at `endsAt`; nothing where it does already. */
const ending = (referral: Referral, dispute: Dispute, endsAt: Instant, note: Reason): readonly Retiming[] =>
  referral.clocks
    .filter(({ kind, subjectId }) => kind === `ladder.${dispute.step}` && subjectId === dispute.id)
    .filter(({ dueAt }) => !dueAt.equals(endsAt))
    .map(({ id, kind, acute, derivation }) => ({
      id,
      kind,
      acute,
      dueAt: endsAt,
      derivation: { ...(derivation as Derivation), due: withOffset(endsAt), note },
    }));

/** When the step ends by itself, whatever meeting has been called. */
export const ownEndOf = (dispute: Dispute): Instant => {
  const meeting = meetingNow(dispute);
  return meeting ? instant(meeting.ownEnd) : dispute.stepEndsAt;
};

/**
 * The step's meeting gets a date and an agenda, or another date: it lies ahead and within the step, which then ends with
 * that day. Once the last step has run out nothing is left to bound, and it may lie further ahead. Those of the step and
 * the coordinators are told. Throws ILLEGAL_TRANSITION where the step is no meeting, STALE
 * where it is over, INVALID.
 */
export const callMeeting = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly at: Instant; readonly agenda: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const name = meetingNameOf(dispute, world.organisation);
  if (name === null) throw illegal('Der holdes ikke møde på dette trin.', 'This step has no meeting.');
  const { at, agenda } = input;
  const ownEnd = ownEndOf(dispute);
  const runs = isBefore(now, dispute.stepEndsAt);
  // A step that its meeting has ended is over, though nobody has climbed yet.
  if (!runs && stepAfter(dispute, now, world)) throw climbedMeanwhile();
  if (!isAfter(at, now)) refuseField('at', 'not-ahead');
  if (runs && isAfter(at, ownEnd)) refuseField('at', 'after-step');
  const stepEndsAt = runs ? boundBy({ at: iso(at) }, ownEnd) : dispute.stepEndsAt;
  const meeting: Meeting = { step: dispute.step, name, at: iso(at), held: false, ownEnd: iso(ownEnd) };
  const is: Dispute = { ...dispute, stepEndsAt, meeting };
  const data = { dispute: dispute.id, step: dispute.step, meeting: name, at: iso(at), endsAt: withOffset(stepEndsAt) };
  return {
    patch: {},
    facts: [{ kind: 'meeting-called', data, sealed: { text: agenda } }],
    disputes: [{ was: 'open', is }],
    retime: runs ? ending(referral, dispute, stepEndsAt, BOUND) : [],
    mails: disputeMails('meeting-called', is, [], world, now),
  };
};

/** It is called off before it was held, with a reason; the step has its own time again. Throws ILLEGAL_TRANSITION. */
export const cancelMeeting = (
  referral: Referral,
  open: OpenMatters,
  input: { readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const meeting = meetingNow(dispute);
  if (!meeting || meeting.held || !isBefore(now, instant(meeting.at))) {
    throw illegal('Der er ikke noget møde at aflyse.', 'There is no meeting to call off.');
  }
  const ownEnd = ownEndOf(dispute);
  const runs = isBefore(now, ownEnd);
  const is: Dispute = { ...dispute, stepEndsAt: runs ? ownEnd : dispute.stepEndsAt, meeting: null };
  const data = { dispute: dispute.id, step: dispute.step, meeting: meeting.name, at: meeting.at };
  return {
    patch: {},
    facts: [
      {
        kind: 'meeting-cancelled',
        data: { ...data, endsAt: withOffset(is.stepEndsAt) },
        sealed: { text: input.reason },
      },
    ],
    disputes: [{ was: 'open', is }],
    retime: runs ? ending(referral, dispute, ownEnd, FREED) : [],
    mails: disputeMails('meeting-cancelled', is, [], world, now),
  };
};

/** What the meeting came to, in words; deciding and agreeing are acts of their own. Throws ILLEGAL_TRANSITION. */
export const recordMinutes = (
  open: OpenMatters,
  input: { readonly minutes: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const { meeting } = dispute;
  if (!meeting || !awaitsMinutes(dispute, now)) {
    throw illegal('Der er ikke holdt et møde, der mangler referat.', 'No meeting has been held that lacks minutes.');
  }
  const is: Dispute = { ...dispute, meeting: { ...meeting, held: true } };
  const data = { dispute: dispute.id, step: meeting.step, meeting: meeting.name, at: meeting.at };
  return {
    patch: {},
    facts: [{ kind: 'meeting-held', data, sealed: { text: input.minutes } }],
    disputes: [{ was: 'open', is }],
    mails: disputeMails('minutes-recorded', is, [], world, now),
  };
};

/**
 * The step got another end of its own by a change between acute and ordinary. A meeting that lies before it bounds it as
 * before; one that lies after it can settle nothing in time: it lapses, and who was called is told.
 */
export const keepMeeting = (
  before: Dispute,
  changed: Dispute,
  world: World,
  now: Instant,
): Decision & { is: Dispute } => {
  const meeting = meetingNow(before);
  const own = changed.stepEndsAt;
  const none = { patch: {}, facts: [] };
  if (!meeting || changed.step !== before.step || !isBefore(now, own)) return { ...none, is: changed };
  if (!meeting.held && isAfter(instant(meeting.at), own)) {
    const { step, name, at } = meeting;
    const data = { dispute: before.id, step, meeting: name, at, endsAt: withOffset(own), how: 'overtaken' };
    const is = { ...changed, meeting: null };
    const mails = disputeMails('meeting-cancelled', is, [], world, now);
    return { patch: {}, facts: [{ kind: 'meeting-cancelled', data }], mails, is };
  }
  const stepEndsAt = latest(boundBy(meeting, own), now);
  return { ...none, is: { ...changed, stepEndsAt, meeting: { ...meeting, ownEnd: iso(own) } } };
};
