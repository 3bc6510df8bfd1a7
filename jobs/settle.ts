import { sleep, stopwatch } from '#platform/clock.ts';

const REST_MS = 10;
/** Longer than a queue takes to notice a job whose process was killed. */
const STANDSTILL_MS = 120_000;

export type Look = {
  /** One round of everything that brings work forward. */
  readonly push: () => Promise<unknown>;
  /** What can be done now, and what pauses before another attempt. */
  readonly waiting: () => Promise<{ readonly ready: number; readonly delayed: number }>;
  /** Lets what pauses go on at once. */
  readonly promote: () => Promise<void>;
  /** Rises whenever work begins, moves on or ends. */
  readonly movements: () => number;
};

/**
 * Answers when a whole look has found nothing to do and nothing has moved during it, so that no act can have slipped
 * from one place to another between two counts. Throws when nothing has moved for two minutes of real time.
 */
export const settle = async ({ push, waiting, promote, movements }: Look): Promise<void> => {
  let standing = stopwatch();
  let seen = movements();
  for (;;) {
    const before = movements();
    await push();
    const { ready, delayed } = await waiting();
    if (ready + delayed === 0 && movements() === before) return;
    if (ready === 0 && delayed > 0) await promote();
    if (movements() !== seen) {
      seen = movements();
      standing = stopwatch();
    } else if (standing() > STANDSTILL_MS) throw new Error('The jobs do not come to rest.');
    await sleep(REST_MS);
  }
};
