import type { Instant } from './time.ts';

/** Help put in place for the child of one referral, read under the referral's row lock. */
export type Measure = {
  readonly id: string;
  readonly referralId: string;
  /** A code of the list of measures. */
  readonly type: string;
  /** Whole months; null where no end is planned. */
  readonly plannedMonths: number | null;
  readonly state: 'running' | 'ended';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** Follow-ups made so far. */
  readonly followUps: number;
};

/** `update` counts only while the row still stands as `from` says; zero rows changed are STALE. */
export type MeasureChange =
  | { readonly change: 'insert'; readonly measure: Measure }
  | {
      readonly change: 'update';
      readonly id: string;
      readonly from: Pick<Measure, 'state' | 'followUps'>;
      readonly set: Partial<Pick<Measure, 'type' | 'plannedMonths' | 'state' | 'endedAt' | 'followUps'>>;
    };
