import type { Clock, Derivation } from './deadlines.ts';
import type { FeedbackChange } from './feedback-record.ts';
import type { Fact } from './journal.ts';
import type { LetterChange } from './letter-record.ts';
import type { MeasureChange } from './measure.ts';
import type { Examination, Outcome } from './outcomes.ts';
import type { DisputeChange, HandoverChange } from './ownership.ts';
import type { RequestChange } from './request-record.ts';
import type { NewTask, TaskInHand } from './tasks.ts';
import type { Instant } from './time.ts';

export const STATUSES = ['received', 'acknowledged', 'examining', 'decided', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

/** A deadline row that still runs. */
export type RunningClock = {
  readonly id: string;
  readonly kind: string;
  /** The hand-over, dispute, decision or measure that the clock is about; null when it is the referral itself. */
  readonly subjectId: string | null;
  readonly acute: boolean;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** How it was counted; of a timer, only why there is one. */
  readonly derivation?: unknown;
  /** When it is looked at next, and as what; null while it rests. */
  readonly alarmAt?: Instant | null;
  readonly stage?: string | null;
};

/** Person ids. */
export type Restricted = {
  /** For whom the case is there: named for each child that it tells of. */
  readonly named: readonly string[];
  /** Related to the child: never named. */
  readonly related: readonly string[];
  /** The list of its own child; null: only a child named with it is restricted. */
  readonly own: readonly string[] | null;
};

/** A referral as the rules see it, read under its row lock. */
export type Referral = {
  readonly id: string;
  readonly caseNumber: string;
  readonly matter: 'notification' | 'inquiry';
  readonly notificationId: string | null;
  readonly childId: string;
  readonly childPosition: number;
  readonly childAge: number | null;
  readonly status: Status;
  readonly acute: boolean;
  readonly need: string | null;
  readonly responsibleUnit: string;
  readonly ownerUnit: string;
  readonly provisionalRule: string | null;
  readonly handlerId: string | null;
  readonly assessmentUnit: string | null;
  readonly stayingPerson: string | null;
  /** Named to make the re-assessment. */
  readonly reassessor: string | null;
  readonly senderPersonId: string | null;
  /** Person ids of those who are related to its child: to them it is not there. */
  readonly barred: readonly string[];
  /** Its child's cases are there for named people only; among `barred` is then everybody else. Null: it is not restricted. */
  readonly restricted: Restricted | null;
  /** What the notifier wrote in and is answered in; null for an inquiry. */
  readonly notifierLanguage: 'da' | 'en' | null;
  readonly receivedAt: Instant;
  readonly registeredAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly assessedAt: Instant | null;
  /** The latest decision. */
  readonly decision: Outcome | null;
  /** The examination that runs. */
  readonly examination: Examination | null;
  readonly closedAt: Instant | null;
  /** The last journalled instant. */
  readonly changedAt: Instant;
  readonly stateVersion: number;
  readonly eventCount: number;
  readonly headHash: Uint8Array;
  readonly clocks: readonly RunningClock[];
};

export type Patch = Partial<
  Pick<
    Referral,
    | 'status'
    | 'acute'
    | 'need'
    | 'responsibleUnit'
    | 'ownerUnit'
    | 'provisionalRule'
    | 'handlerId'
    | 'assessmentUnit'
    | 'stayingPerson'
    | 'reassessor'
    | 'acknowledgedAt'
    | 'assessedAt'
    | 'decision'
    | 'examination'
    | 'closedAt'
    | 'childAge'
  >
> & { readonly closeReason?: string | null };

export const TIMER_KINDS = ['opening', 'closing', 'return-check', 'pause-end', 'receipt-send'] as const;
export const isTimer = (kind: string): boolean => TIMER_KINDS.some((timer) => timer === kind);

/** Whose the clock is within its unit: the re-assessment's who is named for it, else who has the case or stays on it. */
export const personOn = (
  kind: string,
  { reassessor, handlerId, stayingPerson }: Pick<Referral, 'reassessor' | 'handlerId' | 'stayingPerson'>,
): string | null => (kind === 'reassess' ? reassessor : null) ?? handlerId ?? stayingPerson;

/** Internal timers stand in the same table as duties: the system acts on them, nobody is late by them. */
export type Timer = {
  readonly kind: (typeof TIMER_KINDS)[number];
  readonly dueAt: Instant;
  readonly why: string;
  readonly subjectId?: string;
};

export type To = { readonly person: string } | { readonly unit: string } | { readonly notifier: true };

export const TEMPLATES = [
  'receipt',
  'task',
  'task-reminder',
  'referral-received',
  'assessment-task',
  'ownership-arrived',
  'assigned',
  'addition',
  'emergency-opened',
  'family-news',
  'reassessment',
  'alarm',
  'became-acute',
  'feedback',
  'feedback-link',
  'notifier-link',
  'door-code',
  'withholding',
  'request',
  'handover-proposed',
  'handover-answered',
  'dispute-raised',
  'dispute-claimed',
  'settlement-proposed',
  'step-begun',
  'climbed-early',
  'meeting-called',
  'meeting-cancelled',
  'minutes-recorded',
  'dispute-settled',
  'dissent-recorded',
  'units-changed',
] as const;
export type Template = (typeof TEMPLATES)[number];

/** One mail: a template and a receiver. `exempt` from quiet hours: the 24-hour clock and acute matters. */
export type Mail = {
  readonly template: Template;
  readonly to: To;
  readonly exempt: boolean;
  readonly deadlineId?: string;
  readonly stage?: string;
  /** The feedback that a notifier's mail gives notice of: once accepted, that feedback is delivered. */
  readonly feedbackId?: string;
  /** The task that this is the notice of. */
  readonly taskId?: string;
  /** The one-time code that it carries. */
  readonly doorCodeId?: string;
};

export type Move = {
  readonly unit: string;
  readonly provisionalRule: string | null;
  readonly reason: string;
  /** Hand-overs from the duty unit, by merger, by a changed address or a corrected routing do not count. */
  readonly countsAsMove: boolean;
};

/**
 * A running clock gets another due instant; `acute` and `derivation` replace what the row had, `startedAt` stays. Alarms
 * count from the derivation's own start, which may be the change.
 */
export type Retiming = {
  readonly id: string;
  readonly kind: string;
  readonly acute: boolean;
  readonly dueAt: Instant;
  readonly derivation: Derivation;
  /** Alarms up to here are over; the act's own instant, unless it is said. */
  readonly alarmsAfter?: Instant;
};

/** A clock begins to rest, or runs again: `endedAt` is then at the latest the end that was set. */
export type PauseChange =
  | {
      readonly change: 'begin';
      readonly id: string;
      readonly deadlineId: string;
      readonly reason: string;
      readonly personId: string;
      readonly startedAt: Instant;
      readonly endsAt: Instant;
    }
  | { readonly change: 'end'; readonly deadlineId: string; readonly endedAt: Instant };

/** What an act leads to: next state, facts for the journal, clocks begun and ended, mails. */
export type Decision = {
  readonly patch: Patch;
  readonly facts: readonly Fact[];
  readonly move?: Move;
  readonly start?: readonly (Clock & { readonly subjectId?: string })[];
  readonly timers?: readonly Timer[];
  /** With a `subjectId` only the clock of that subject ends, else every one of the kind. `at`: if earlier than now. */
  readonly end?: readonly {
    readonly kind: string;
    readonly as: 'met' | 'lapsed';
    readonly subjectId?: string;
    readonly at?: Instant;
  }[];
  readonly retime?: readonly Retiming[];
  readonly pauses?: readonly PauseChange[];
  readonly measures?: readonly MeasureChange[];
  readonly feedbacks?: readonly FeedbackChange[];
  readonly handovers?: readonly HandoverChange[];
  readonly disputes?: readonly DisputeChange[];
  readonly requests?: readonly RequestChange[];
  readonly letters?: readonly LetterChange[];
  /** Who gets a task is found, and told, when it is written. */
  readonly tasks?: readonly NewTask[];
  /** Open tasks whose person is sought anew, and told. */
  readonly passed?: readonly TaskInHand[];
  readonly mails?: readonly Mail[];
};
