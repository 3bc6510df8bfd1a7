import { stepReminders } from './advance-dispute.ts';
import { type Alarmed, alarmClockOf, alarmMails } from './alarm-mails.ts';
import { alarmsOf, nextAlarm } from './alarms.ts';
import { nextStep } from './ladder-step.ts';
import type { Dispute } from './ownership.ts';
import { isTimer, type Mail } from './referral.ts';
import { alarmRulesOf } from './rulebook.ts';
import { type Instant, isAfter } from './time.ts';
import type { World } from './world.ts';

/** Silence past the end of these climbs the ladder, beside the reminders. */
const AWAITED: ReadonlySet<string> = new Set(['acknowledge', 'handover']);
const PAST_END: ReadonlySet<string> = new Set(['end', 'after']);

export type AlarmingClock = Alarmed & { readonly startedAt: Instant; readonly dueAt: Instant };

/** A reminder with its receivers, and when the next one is. */
export type Reminder = {
  readonly stage: string;
  readonly mails: readonly Mail[];
  readonly next: { readonly at: Instant; readonly stage: string };
};

/** What a clock whose alarm or instant has come leads to: the system acts, people are reminded, or both. */
export type DueStep = { readonly acts: boolean; readonly reminder: Reminder | null };

const rulesOf = ({ kind, startedAt }: AlarmingClock, { rulebook }: World) => alarmRulesOf(rulebook, kind, startedAt);

/** After an outage the alarm is the one that should have gone out last: past the end it is the end's. */
const stageNow = (clock: AlarmingClock, world: World, now: Instant): string => {
  if (clock.stage === 'after') return clock.stage;
  const planned = alarmsOf(alarmClockOf(clock), world.calendar, rulesOf(clock, world));
  return planned.findLast(({ at }) => !isAfter(at, now))?.stage ?? clock.stage;
};

/** `dispute`: the one whose ladder the clock is a step of. */
export const dueStep = (clock: AlarmingClock, dispute: Dispute | undefined, world: World, now: Instant): DueStep => {
  const step = dispute ? nextStep(dispute, now, world) : null;
  if (isTimer(clock.kind) || step?.do === 'climb') return { acts: true, reminder: null };
  const stage = stageNow(clock, world, now);
  const told = { ...clock, stage };
  const mails = dispute
    ? stepReminders(dispute, { deadlineId: clock.id, stage }, world, now)
    : alarmMails(told, world, now);
  // How often the last step is reminded of stands in the ladder's own data.
  const next =
    step?.do === 'remind'
      ? { at: step.nextAt, stage: 'after' }
      : nextAlarm(alarmClockOf(clock), world.calendar, now, rulesOf(clock, world));
  return { acts: AWAITED.has(clock.kind) && PAST_END.has(stage), reminder: { stage, mails, next } };
};
