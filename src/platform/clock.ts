import type { Instant } from '#domain/time.ts';
import { T } from '#domain/time.ts';

/** Read once at the edge of an act, then passed on as `now`. The only file that asks the machine for the time. */
export interface Clock {
  now(): Promise<Instant>;
}

/** Whole milliseconds, as the database keeps them: an instant read back equals the one that was written. */
const machineNow = (): Instant => T.Instant.fromEpochMilliseconds(Date.now());

export const systemClock: Clock = { now: async () => machineNow() };

/** A clock that stands still, for tests and for commands that are given their instant. */
export const fixedClock = (at: Instant): Clock => ({ now: async () => at });

/** The one row of `training_clock`: the machine's time plus `offsetMs`, or standing still at `fixedAt`. */
export type TrainingClockRow = { readonly offsetMs: bigint | number; readonly fixedAt: Instant | null };

/**
 * The clock of training mode: a row that all processes read, so that moving it moves all of them. `readRow` answers
 * null before the row is written; then the time is the machine's.
 */
export const trainingClock = (readRow: () => Promise<TrainingClockRow | null>): Clock => ({
  now: async () => {
    const row = await readRow();
    if (row === null) return machineNow();
    return row.fixedAt ?? machineNow().add({ milliseconds: Number(row.offsetMs) });
  },
});

/** What to add to the machine's time so that it reads `at` now. */
export const offsetMsTo = (at: Instant): number => at.epochMilliseconds - machineNow().epochMilliseconds;

/** Milliseconds since the call; for durations only, not bound to any calendar. */
export const stopwatch = (): (() => number) => {
  const started = performance.now();
  return () => performance.now() - started;
};

/** Waits `ms` of real time, whatever the training clock says. Ends early, without an error, when `signal` aborts. */
export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
