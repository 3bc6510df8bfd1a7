import { mintScope } from '#domain/scope.ts';
import { sleep, stopwatch } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { outboxLag } from '#store/outbox.ts';
import type { MakeCtx } from './handlers/handler.ts';
import { createHandling } from './handling.ts';
import { oneAtATime, startLoop } from './loop.ts';
import { createMailer, senderAt } from './mail/transport.ts';
import { openQueues } from './queues.ts';
import { createRelay } from './relay.ts';
import { createSweeper, SWEEPS } from './schedule.ts';

export type JobsSettings = {
  readonly queueUrl: string;
  readonly smtpUrl: string;
  readonly deps: Deps;
};

export type JobsHealth = {
  /** Rows of the outbox that could have been handed over, and how long the oldest has waited. */
  readonly waiting: number;
  readonly lagMs: number;
  /** Jobs in the queues: to be done now, pausing before another attempt, given up. */
  readonly ready: number;
  readonly delayed: number;
  readonly failed: number;
};

export type Jobs = {
  /**
   * Answers when nothing is due, nothing waits in the outbox and the queues are empty, by the clock as it stands.
   * Pauses before another attempt are not waited for. Throws when nothing has moved for a minute.
   */
  readonly settle: () => Promise<void>;
  readonly health: () => Promise<JobsHealth>;
  /** Finishes what is in work, then lets go of queues and mail server. `deps` stay open. May be called twice. */
  readonly stop: () => Promise<void>;
};

const IDLE_MS = 200;
const SETTLE_REST_MS = 5;
const STANDSTILL_MS = 60_000;
/** Longer than a mail server may keep a connection waiting. */
const STOP_MS = 40_000;

/** Starts relay, workers and sweeps of this process. Throws when the queue's server cannot be reached. */
export const startJobs = async ({ queueUrl, smtpUrl, deps }: JobsSettings): Promise<Jobs> => {
  const { log, db, clock } = deps;
  const scope = mintScope({ personId: null, unitIds: 'all' });
  const makeCtx: MakeCtx = async (rule) => ({
    deps,
    actor: { kind: 'system', rule },
    scope,
    now: await clock.now(),
    key: null,
  });

  const mailer = createMailer(smtpUrl, senderAt(deps.publicUrl));
  const queues = await openQueues(queueUrl, log);
  // Counts whatever begins, moves or ends, so that `settle` can tell a quiet look from one that something passed by.
  let movements = 0;

  const handle = createHandling(mailer, makeCtx, log);
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
    return {
      name: sweep.name,
      once: oneAtATime(async () => {
        const round = await once();
        movements += round.count;
        return round;
      }),
    };
  });

  const loops = [
    startLoop(
      async () => ((await relayOnce()).full ? 0 : IDLE_MS),
      (error) => log.warn('relay.failed', {}, error),
    ),
    ...sweeps.map(({ name, once }) =>
      startLoop(
        async () => (await once()).restMs,
        (error) => log.warn('sweep.failed', { sweep: name }, error),
      ),
    ),
  ];

  /** Work handed on in this look, or still to be seen in outbox and queues. */
  const look = async (): Promise<boolean> => {
    const before = movements;
    for (const { once } of sweeps) await once();
    await relayOnce();
    const { waiting } = await outboxLag(db, scope, await clock.now());
    const { ready, delayed } = await queues.counts();
    if (waiting === 0 && ready === 0 && delayed > 0) await queues.promote();
    return waiting + ready + delayed === 0 && movements === before;
  };

  const settle = async (): Promise<void> => {
    let [seen, standing] = [movements, stopwatch()];
    while (!(await look())) {
      if (movements !== seen) [seen, standing] = [movements, stopwatch()];
      else if (standing() > STANDSTILL_MS) throw new Error('The jobs do not come to rest.');
      await sleep(SETTLE_REST_MS);
    }
  };

  const health = async (): Promise<JobsHealth> => {
    const now = await clock.now();
    const { waiting, oldestAt } = await outboxLag(db, scope, now);
    const lagMs = oldestAt === null ? 0 : now.epochMilliseconds - oldestAt.epochMilliseconds;
    return { waiting, lagMs, ...(await queues.counts()) };
  };

  const end = async (): Promise<void> => {
    await Promise.all(loops.map((loop) => loop.stop()));
    // A server that does not answer must not hold up the end: what is cut off here is in the outbox or stalls and is
    // taken up again.
    const closed = new AbortController();
    await Promise.race([queues.close().finally(() => closed.abort()), sleep(STOP_MS, closed.signal)]);
    mailer.close();
    log.info('jobs.stopped');
  };
  let stopping: Promise<void> | undefined;
  log.info('jobs.started');
  return {
    settle,
    health,
    stop: () => {
      stopping ??= end();
      return stopping;
    },
  };
};
