import { sleep } from '#platform/clock.ts';

export type Loop = {
  /** Ends the sleep, waits for the round in work, and begins no other. */
  readonly stop: () => Promise<void>;
};

const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 15_000;

/** Calls queue up, so that who waits for a round also waits for the one already in work. A failed one holds up nobody. */
export const oneAtATime = <R>(work: () => Promise<R>): (() => Promise<R>) => {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
};

/**
 * Repeats `round`, which answers how many milliseconds of real time to rest. A round that throws is reported and
 * repeated, the pause growing from a quarter of a second to 15 seconds and starting anew after a success.
 */
export const startLoop = (round: () => Promise<number>, report: (error: unknown) => void): Loop => {
  const ending = new AbortController();
  let backoff = FIRST_BACKOFF_MS;
  const turn = async (): Promise<number> => {
    try {
      const rest = await round();
      backoff = FIRST_BACKOFF_MS;
      return rest;
    } catch (error) {
      if (!ending.signal.aborted) report(error);
      const rest = backoff;
      backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS);
      return rest;
    }
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) await sleep(await turn(), ending.signal);
  };
  const running = run();
  return {
    stop: () => {
      ending.abort();
      return running;
    },
  };
};
