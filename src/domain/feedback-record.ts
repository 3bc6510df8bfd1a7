import type { Reason } from './errors.ts';
import type { Tier } from './feedback.ts';
import type { Instant } from './time.ts';

export const FEEDBACK_STATES = ['given', 'delivered', 'awaiting-approval', 'withheld', 'refused', 'lifted'] as const;
export type FeedbackState = (typeof FEEDBACK_STATES)[number];

/** On the site behind login or code, told on the phone, or posted as a letter. */
export const FEEDBACK_CHANNELS = ['site', 'call', 'letter'] as const;
export type FeedbackChannel = (typeof FEEDBACK_CHANNELS)[number];

/** What shows that it arrived: the notice accepted by the mail server, opened on the site, phoned, posted. */
export const DELIVERIES = ['mail-accepted', 'opened', 'call', 'letter'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** One feedback, or one decision to withhold it, to the notifier of one referral. */
export type Feedback = {
  readonly id: string;
  readonly referralId: string;
  readonly tier: Tier;
  readonly state: FeedbackState;
  readonly channel: FeedbackChannel;
  /** Subjects of the feedback clocks that it answers: decisions and measures. */
  readonly answers: readonly string[];
  readonly template: string;
  readonly givenBy: string;
  readonly givenAt: Instant;
  readonly approvedBy: string | null;
  /** The notifier stood as a suspect when it was given or proposed. */
  readonly toSuspect: boolean;
  readonly deliveredAt: Instant | null;
};

/** `told` is stored sealed. `update` counts only while the state is `from`; zero rows changed are STALE. */
export type FeedbackChange =
  | { readonly change: 'insert'; readonly feedback: Feedback; readonly told: readonly Reason[] }
  | {
      readonly change: 'update';
      readonly id: string;
      readonly from: FeedbackState;
      readonly set: Partial<Pick<Feedback, 'state' | 'approvedBy' | 'deliveredAt'>>;
    };
