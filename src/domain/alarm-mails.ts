import { type AlarmClock, countingOf, type NoticeStage } from './alarms.ts';
import { requestNotice } from './asking.ts';
import type { Derivation } from './deadlines.ts';
import { recipientsOf } from './recipients.ts';
import type { Mail } from './referral.ts';
import { type Instant, instant, latest } from './time.ts';
import type { World } from './world.ts';

/** A due clock together with what is needed of its referral to know who must be told. */
export type Alarmed = {
  readonly id: string;
  readonly kind: string;
  readonly stage: string;
  readonly acute: boolean;
  readonly derivation: unknown;
  readonly ownerUnit: string;
  readonly assessmentUnit: string | null;
  /** Who is to answer, of the clock of a hand-over. */
  readonly receiverUnit: string | null;
  readonly handlerId: string | null;
  /** Who sent the notification, if they have a login. */
  readonly senderPersonId: string | null;
};

const ELSEWHERE: Readonly<Record<string, (clock: Alarmed) => string | null>> = {
  'assess-24h': ({ assessmentUnit }) => assessmentUnit,
  handover: ({ receiverUnit }) => receiverUnit,
};

/** Whose the duty is: the 24 hours whoever's task they are, the answer to a hand-over the receiver's, else the owner's. */
const holderOf = (clock: Alarmed): { unitId: string; handlerId: string | null } => {
  const unitId = ELSEWHERE[clock.kind]?.(clock) ?? null;
  return unitId === null ? { unitId: clock.ownerUnit, handlerId: clock.handlerId } : { unitId, handlerId: null };
};

const PAST_END: ReadonlySet<string> = new Set(['end', 'after']);

/** Until its end the request for more is the notifier's to answer; then whoever asked must know that nobody did. */
const askedOf = ({ kind, stage, senderPersonId }: Alarmed): string | null =>
  kind === 'request-for-more' && !PAST_END.has(stage) ? senderPersonId : null;

/** Who is mailed about this alarm. Quiet hours never hold the 24-hour clock or an acute matter. */
export const alarmMails = (clock: Alarmed, world: World, at: Instant): readonly Mail[] => {
  const asked = askedOf(clock);
  if (asked !== null) return [requestNotice(asked, clock.acute, { deadlineId: clock.id, stage: clock.stage })];
  const { period } = clock.derivation as Derivation;
  const notice = {
    stage: clock.stage as NoticeStage,
    kind: clock.kind,
    counting: countingOf(period),
    at,
    ...holderOf(clock),
  };
  return recipientsOf(notice, world.organisation).map((to) => ({
    template: 'alarm',
    to: to.kind === 'person' ? { person: to.personId } : { unit: to.unitId },
    exempt: clock.acute || clock.kind === 'assess-24h',
    deadlineId: clock.id,
    stage: clock.stage,
  }));
};

/** The clock as its alarms count it: one that was moved counts from the change that its derivation begins with. */
export const alarmClockOf = (clock: {
  readonly kind: string;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly derivation: unknown;
}): AlarmClock => {
  const { start, period, pauses = [] } = clock.derivation as Derivation;
  return { ...clock, period, pauses, startedAt: latest(clock.startedAt, instant(start)) };
};
