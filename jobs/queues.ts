import type { MessageName } from '#messages';
import type { Logger } from '#platform/logger.ts';
import { MAIL_CONNECTIONS } from './mail/transport.ts';
import { type BackendWorker, openBackend } from './queue-backend.ts';

/** Where the relay takes each message. A queue each, so that neither a slow mail server nor a slow scanner delays an act. */
export const ROUTES = {
  'mail.send': 'mail',
  'mail.undelivered': 'acts',
  'receipt.told': 'acts',
  'notification.opened': 'acts',
  'notifier.suspected': 'acts',
  'basis.corrected': 'acts',
  'clock.due': 'acts',
  'child.review': 'acts',
  'units.due': 'acts',
  'anchor.made': 'acts',
  'file.scan': 'files',
  'referral.changed': 'live',
} as const satisfies Record<MessageName, 'mail' | 'acts' | 'files' | 'live'>;

export type QueuedName = { [N in MessageName]: (typeof ROUTES)[N] extends 'live' ? never : N }[MessageName];
export type QueueName = (typeof ROUTES)[QueuedName];

export type Job = { readonly id: string; readonly name: QueuedName; readonly data: unknown; readonly attempt: number };

export type Queues = {
  /** In bulk. A job whose id is still known to the queue is left as it is, so adding twice is harmless. */
  readonly add: (jobs: readonly { id: string; name: QueuedName; payload: unknown }[]) => Promise<void>;
  /** Begins to process; once. What `handle` throws is kept with the job, so it must hold nothing but a code. */
  readonly work: (handle: (queue: QueueName, job: Job) => Promise<void>) => void;
  readonly counts: () => Promise<{ readonly ready: number; readonly delayed: number; readonly failed: number }>;
  /** Makes every pausing job due at once: for a moved clock, in which the pauses of retries have passed too. */
  readonly promote: () => Promise<void>;
  /** Waits for the jobs in work, then lets go of all connections. */
  readonly close: () => Promise<void>;
};

const CONCURRENCY = { mail: MAIL_CONNECTIONS + 2, acts: 6, files: 2 } as const satisfies Record<QueueName, number>;
const NAMES = Object.keys(CONCURRENCY) as QueueName[];

/**
 * For faults of our own: pauses of 1, 2, 4 … 128 seconds, four minutes in all; by then the sweep for stuck messages hands
 * it over anew. What a mail server puts off waits in the outbox instead.
 */
const JOB_OPTIONS = {
  attempts: 9,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { count: 1_000, age: 3_600 },
  removeOnFail: { count: 1_000, age: 30 * 86_400 },
  stackTraceLimit: 0,
};

const WORKER_OPTIONS = { maxStalledCount: 3, drainDelay: 5 };

/** How soon another worker takes up what a killed process had in work. In training somebody sits there and waits. */
const LOCKS = {
  production: { lockDuration: 30_000, stalledInterval: 15_000 },
  training: { lockDuration: 4_000, stalledInterval: 2_000 },
};

/**
 * BullMQ on Redis or on PostgreSQL, by the address. On PostgreSQL its own tables are made or brought up to date, in a
 * schema of their own. Throws when the server cannot be reached.
 */
export const openQueues = async (
  queueUrl: string,
  log: Logger,
  mode: keyof typeof LOCKS = 'production',
): Promise<Queues> => {
  const backend = await openBackend(queueUrl, (error) => log.warn('queue.connection-failed', {}, error));
  const queues = NAMES.map((name) => {
    const queue = backend.queue(name);
    queue.on('error', (error) => log.warn('queue.failed', { queue: name }, error));
    return { name, queue };
  });
  const workers: BackendWorker[] = [];

  const sum = (counts: readonly Record<string, number>[], ...states: string[]): number =>
    counts.reduce((total, count) => total + states.reduce((part, state) => part + (count[state] ?? 0), 0), 0);

  return {
    add: async (jobs) => {
      await Promise.all(
        queues.map(async ({ name, queue }) => {
          const own = jobs.filter((job) => ROUTES[job.name] === name);
          if (own.length === 0) return;
          await queue.addBulk(
            own.map((job) => ({ name: job.name, data: job.payload, opts: { ...JOB_OPTIONS, jobId: job.id } })),
          );
        }),
      );
    },
    work: (handle) => {
      for (const name of NAMES) {
        const worker = backend.worker(
          name,
          ({ id = '', name: message, data, attemptsMade }) =>
            handle(name, { id, name: message as QueuedName, data, attempt: attemptsMade + 1 }),
          { ...WORKER_OPTIONS, ...LOCKS[mode], concurrency: CONCURRENCY[name] },
        );
        worker.on('error', (error) => log.warn('worker.failed', { queue: name }, error));
        workers.push(worker);
      }
    },
    counts: async () => {
      const counts = await Promise.all(
        queues.map(({ queue }) => queue.getJobCounts('waiting', 'active', 'prioritized', 'delayed', 'failed')),
      );
      return {
        ready: sum(counts, 'waiting', 'active', 'prioritized'),
        delayed: sum(counts, 'delayed'),
        failed: sum(counts, 'failed'),
      };
    },
    promote: async () => {
      await Promise.all(queues.map(({ queue }) => queue.promoteJobs()));
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all(queues.map(({ queue }) => queue.close()));
      await backend.close();
    },
  };
};
