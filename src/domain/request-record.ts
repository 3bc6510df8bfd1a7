import type { Reason } from './errors.ts';
import type { Question } from './questions.ts';
import type { Instant } from './time.ts';

/** A unit asks the notifier of one referral to tell more. */
export type RequestForMore = {
  readonly id: string;
  readonly referralId: string;
  readonly questions: readonly Question[];
  readonly template: string;
  readonly state: 'open' | 'answered' | 'withdrawn';
  readonly askedBy: string;
  readonly askedAt: Instant;
};

/** `told` is stored sealed. `close` counts only while the request is open; zero rows changed are STALE. */
export type RequestChange =
  | { readonly change: 'insert'; readonly request: RequestForMore; readonly told: readonly Reason[] }
  | {
      readonly change: 'close';
      readonly id: string;
      readonly as: 'answered' | 'withdrawn';
      readonly additionId: string | null;
    };
