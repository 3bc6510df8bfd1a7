import type { Logger } from '#platform/logger.ts';
import type { MakeCtx } from './handlers/handler.ts';
import { oneAtATime, startLoop } from './loop.ts';
import type { Job, QueueName, Queues } from './queues.ts';
import { createRelay } from './relay.ts';
import { createSweeper, SWEEPS } from './schedule.ts';

export type Engine = {
  /** One round of every sweep and of the relay, after those in work. */
  readonly push: () => Promise<void>;
  /** Rises whenever work begins, moves on or ends. */
  readonly movements: () => number;
  /** Ends relay and sweeps; the workers end with their queues. */
  readonly stop: () => Promise<void>;
};

const IDLE_MS = 200;

/** Everything that runs by itself: the workers, the relay, the sweeps. */
export const startEngine = (
  makeCtx: MakeCtx,
  queues: Queues,
  handle: (queue: QueueName, job: Job) => Promise<void>,
  log: Logger,
): Engine => {
  let movements = 0;
  queues.work(async (queue, job) => {
    movements += 1;
    try {
      await handle(queue, job);
    } finally {
      movements += 1;
    }
  });
  const relay = createRelay(makeCtx, queues.add);
  const relayOnce = oneAtATime(async () => {
    const round = await relay();
    movements += round.moved;
    return round;
  });
  const sweeps = SWEEPS.map((sweep) => {
    const once = createSweeper(sweep, makeCtx);
    const counted = async () => {
      const round = await once();
      movements += round.count;
      return round;
    };
    return { name: sweep.name, once: oneAtATime(counted) };
  });
  const relaying = startLoop(
    async () => ((await relayOnce()).full ? 0 : IDLE_MS),
    (error) => log.warn('relay.failed', {}, error),
  );
  const sweeping = sweeps.map(({ name, once }) =>
    startLoop(
      async () => (await once()).restMs,
      (error) => log.warn('sweep.failed', { sweep: name }, error),
    ),
  );
  return {
    push: async () => {
      for (const { once } of sweeps) await once();
      await relayOnce();
    },
    movements: () => movements,
    stop: async () => {
      await Promise.all([relaying, ...sweeping].map((loop) => loop.stop()));
    },
  };
};
