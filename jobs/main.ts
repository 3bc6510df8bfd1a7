import { appendFile } from 'node:fs/promises';
import process, { env } from 'node:process';
import { mintScope } from '#domain/scope.ts';
import { sleep, systemClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { productionEnv } from '#platform/env.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { createLogger } from '#platform/pino-logger.ts';
import { StartError } from '#platform/start-error.ts';
import { releaseLeases } from '#store/leases.ts';
import { outboxLag } from '#store/outbox.ts';
import { installRegulations } from '#usecases/take-setup.ts';
import { startEngine } from './engine.ts';
import type { MakeCtx } from './handlers/handler.ts';
import { createHandling } from './handling.ts';
import { createMailer, senderAt } from './mail/transport.ts';
import { openQueues } from './queues.ts';
import { settle } from './settle.ts';

export type JobsSettings = {
  /** `redis:` or `rediss:` for Redis, else PostgreSQL. */
  readonly queueUrl: string;
  readonly smtpUrl: string;
  /** Where the anchors over the journal are kept, a line each; not kept when left out. */
  readonly anchorFile?: string | null;
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
   * Pauses before another attempt are not waited for. Throws when nothing has moved for two minutes.
   */
  readonly settle: () => Promise<void>;
  readonly health: () => Promise<JobsHealth>;
  /** Finishes what is in work, then lets go of queues and mail server. `deps` stay open. May be called twice. */
  readonly stop: () => Promise<void>;
};

/** Longer than a mail server may keep a connection waiting. */
const STOP_MS = 40_000;
/** Each of the workers' jobs holds one at a time; relay and sweeps another each. */
const CONNECTIONS = 8;

/** Starts relay, workers and sweeps of this process. Throws when the database or the queue's server cannot be reached. */
export const startJobs = async ({ queueUrl, smtpUrl, anchorFile, deps }: JobsSettings): Promise<Jobs> => {
  const { log, db, clock } = deps;
  const scope = mintScope({ personId: null, unitIds: 'all' });
  const makeCtx: MakeCtx = async (rule) => ({
    deps,
    actor: { kind: 'system', rule },
    scope,
    now: await clock.now(),
    key: null,
  });
  await installRegulations(await makeCtx('delivered regulations'));
  if (deps.training) await releaseLeases(db, scope);
  const queues = await openQueues(queueUrl, log, deps.training ? 'training' : 'production');
  const mailer = createMailer(smtpUrl, senderAt(deps.publicUrl));

  const keep = async (line: string): Promise<void> => {
    if (anchorFile) await appendFile(anchorFile, `${line}\n`, { mode: 0o600, flush: true });
  };
  const engine = startEngine(makeCtx, queues, createHandling({ mailer, keep }, makeCtx, log), log);

  const health = async (): Promise<JobsHealth> => {
    const now = await clock.now();
    const { waiting, oldestAt } = await outboxLag(db, scope, now);
    const lagMs = oldestAt === null ? 0 : now.epochMilliseconds - oldestAt.epochMilliseconds;
    return { waiting, lagMs, ...(await queues.counts()) };
  };
  const end = async (): Promise<void> => {
    await engine.stop();
    // A server that does not answer must not hold up the end: what is cut off here is taken up again by the next start.
    const closed = new AbortController();
    await Promise.race([queues.close().finally(() => closed.abort()), sleep(STOP_MS, closed.signal)]);
    mailer.close();
    log.info('jobs.stopped');
  };
  let stopping: Promise<void> | undefined;
  log.info('jobs.started');
  return {
    settle: () =>
      settle({
        push: engine.push,
        waiting: async () => {
          const { waiting, ready, delayed } = await health();
          return { ready: waiting + ready, delayed };
        },
        promote: queues.promote,
        movements: engine.movements,
      }),
    health,
    stop: () => {
      stopping ??= end();
      return stopping;
    },
  };
};

/**
 * The jobs process of production: runs until SIGINT or SIGTERM, then finishes what is in work. Throws StartError with
 * one sentence for a setting at fault, and whatever database and queue say when they cannot be reached.
 */
export const runJobsProcess = async (settings: NodeJS.ProcessEnv): Promise<void> => {
  const {
    databaseUrl,
    queueUrl,
    smtpUrl,
    anchorFile,
    encryptionKeys: keys,
    publicUrl,
    scannerUrl,
  } = productionEnv(settings);
  const log = createLogger('jobs');
  const deps = nodeDeps({
    databaseUrl,
    keys,
    publicUrl,
    training: false,
    clock: systemClock,
    log,
    connections: CONNECTIONS,
    scannerUrl,
  });
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
  try {
    const jobs = await startJobs({ queueUrl, smtpUrl, anchorFile, deps });
    await asked;
    await jobs.stop();
  } finally {
    await deps.db.$disconnect();
  }
};

/** An error's own words may quote a row or an address, so only sentences of ours are shown. */
const fail = (error: unknown): void => {
  if (error instanceof StartError) process.stderr.write(`${error.message}\n`);
  else createLogger('jobs').error('jobs.crashed', {}, error);
  process.exit(1);
};

if (import.meta.main) {
  process.on('uncaughtException', fail);
  runJobsProcess(env).catch(fail);
}
