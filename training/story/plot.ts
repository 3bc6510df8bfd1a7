import { type Instant, instant } from '#domain/time.ts';
import { father } from './father.ts';
import { friday } from './friday.ts';
import { school } from './school.ts';
import type { Step } from './step.ts';

/** Where the clock stands before anything happens. */
export const BEGINS_AT: Instant = instant('2026-11-02T09:00:00+01:00');

/** The three threads, woven by time. */
export const PLOT: readonly Step[] = [...father, ...school, ...friday].sort(
  (a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds,
);
