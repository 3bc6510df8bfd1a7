import { combine } from './combine.ts';
import { disputeMails } from './dispute-record.ts';
import { changeLadderPriority, type NextStep, nextStep } from './ladder-step.ts';
import { keepMeeting, ownEndOf } from './meeting.ts';
import { type Dispute, type OpenMatters, openDispute } from './ownership.ts';
import { placesOwner, placeWhileOpen } from './provisional.ts';
import type { Decision, Mail, Referral, Template, To } from './referral.ts';
import { told } from './speakers.ts';
import { type Instant, localDay, withOffset } from './time.ts';
import type { World } from './world.ts';

const NOTHING: Decision = { patch: {}, facts: [] };

const ladderKind = ({ step }: Dispute): string => `ladder.${step}`;

/** Reminders of a step, to those who may agree or decide at it, on every side. */
export const stepReminders = (
  dispute: Dispute,
  alarm: { readonly deadlineId: string; readonly stage: string },
  world: World,
  now: Instant,
): readonly Mail[] =>
  told(dispute, world.organisation, localDay(now)).map((to) => ({
    template: 'alarm',
    to,
    exempt: dispute.acute,
    ...alarm,
  }));

/** The next step begins; `notice`: which mail says so, and to whom besides those of the new step. */
export const climbed = (
  dispute: Dispute,
  { step, startsAt, clock, outage }: Omit<Extract<NextStep, { do: 'climb' }>, 'do'>,
  notice: { readonly template: Template; readonly also: readonly To[] },
  world: World,
  now: Instant,
): Decision => {
  const is: Dispute = { ...dispute, step, stepStartedAt: startsAt, stepEndsAt: clock.dueAt };
  const held = outage ? { from: withOffset(outage.from), until: withOffset(outage.until) } : null;
  const times = { startsAt: withOffset(startsAt), endsAt: withOffset(clock.dueAt) };
  return {
    patch: {},
    facts: [{ kind: 'step-begun', data: { dispute: dispute.id, step, from: dispute.step, ...times, outage: held } }],
    disputes: [{ was: 'open', is }],
    end: [{ kind: ladderKind(dispute), as: 'lapsed', subjectId: dispute.id }],
    start: [{ ...clock, subjectId: dispute.id }],
    mails: disputeMails(notice.template, is, notice.also, world, now),
  };
};

const BY_ITSELF = { template: 'step-begun', also: [] } as const;

/**
 * The end of a ladder step: climbs, one step at a time. `next` says whether there was anything to do; reminders after
 * the last step are the clock's own alarms (`stepReminders`) and change no state. Done again it waits.
 */
export const advanceDispute = (
  open: OpenMatters,
  world: World,
  now: Instant,
): Decision & { readonly next: NextStep } => {
  const dispute = openDispute(open);
  if (!dispute) return { ...NOTHING, next: { do: 'wait', until: null } };
  const next = nextStep(dispute, now, world);
  return { ...(next.do === 'climb' ? climbed(dispute, next, BY_ITSELF, world, now) : NOTHING), next };
};

const ladderChanged = (referral: Referral, dispute: Dispute, world: World, now: Instant): Decision => {
  const own = { ...dispute, stepEndsAt: ownEndOf(dispute) };
  const { dispute: changed, clock } = changeLadderPriority(own, referral.acute, now, world);
  const { is, ...meeting } = keepMeeting(dispute, changed, world, now);
  const subjectId = dispute.id;
  const disputes = [{ was: 'open', is }] as const;
  const data = { dispute: subjectId, acute: is.acute, step: is.step, from: dispute.step };
  const facts = [{ kind: 'ladder-changed', data: { ...data, endsAt: withOffset(is.stepEndsAt) } }];
  if (is.step !== dispute.step) {
    return {
      patch: {},
      facts,
      disputes,
      end: [{ kind: ladderKind(dispute), as: 'lapsed', subjectId }],
      start: [{ ...clock, subjectId }],
      mails: disputeMails('step-begun', is, [], world, now),
    };
  }
  const running = referral.clocks.filter((one) => one.kind === ladderKind(dispute) && one.subjectId === subjectId);
  const dueAt = is.stepEndsAt;
  const derivation = { ...clock.derivation, due: withOffset(dueAt) };
  const retime = running.map(({ id, kind }) => ({ id, kind, acute: is.acute, dueAt, derivation }));
  return combine({ patch: {}, facts, disputes, retime }, meeting);
};

/**
 * What a change between acute and ordinary does to an open dispute, on top of `changed`, the decision about the referral
 * itself: its ladder changes, and an acute matter is placed while the dispute is open.
 */
export const changeDisputePriority = (
  referral: Referral,
  changed: Decision,
  open: OpenMatters,
  world: World,
  now: Instant,
): Decision => {
  const dispute = openDispute(open);
  const after: Referral = { ...referral, ...changed.patch };
  if (!dispute || dispute.acute === after.acute) return changed;
  const whole = combine(changed, ladderChanged(after, dispute, world, now));
  // One act moves ownership once; where the duty unit has it now, its own timer places it at the next opening.
  if (changed.move || !after.acute || !placesOwner(open)) return whole;
  return combine(whole, placeWhileOpen(after, open, world, now));
};
