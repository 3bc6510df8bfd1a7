import {
  createPostgresBackend,
  createRedisBackend,
  type JobsOptions,
  type PgPool,
  type Processor,
  runMigrations,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

type OnError = (event: 'error', listener: (error: Error) => void) => unknown;

/** What we use of BullMQ's queue, whichever server is behind it. */
export type BackendQueue = {
  readonly on: OnError;
  readonly addBulk: (jobs: { name: string; data: unknown; opts: JobsOptions }[]) => Promise<unknown>;
  readonly getJobCounts: (
    ...states: ('waiting' | 'active' | 'prioritized' | 'delayed' | 'failed')[]
  ) => Promise<Record<string, number>>;
  readonly promoteJobs: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type BackendWorker = {
  readonly on: OnError;
  readonly close: () => Promise<void>;
};

export type Backend = {
  readonly queue: (name: string) => BackendQueue;
  readonly worker: (name: string, process: Processor, options: Omit<WorkerOptions, 'connection'>) => BackendWorker;
  readonly close: () => Promise<void>;
};

/** BullMQ's own schema; fixed by it where it is given a pool. */
const SCHEMA = 'bullmq';
/** Three of these are held by the workers' LISTEN. */
const CONNECTIONS = 7;
/** Nobody reads BullMQ's event stream here. */
const QUEUE_OPTIONS = { streams: { events: { maxLen: 100 } } };

const openPostgres = async (url: string, report: (error: unknown) => void): Promise<Backend> => {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    options: `-c search_path=${SCHEMA}`,
    application_name: 'bindeled jobs queue',
    // Without it a dropped LISTEN would go unnoticed, and BullMQ would look for jobs every ten seconds at best.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', report);
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  const { Queue, Worker } = withBackend(createPostgresBackend);
  // BullMQ describes pg's pool by a type of its own, which pg's does not match by the letter.
  const connection = pool as unknown as PgPool;
  return {
    queue: (name) => new Queue(name, { ...QUEUE_OPTIONS, connection }),
    worker: (name, process, options) => new Worker(name, process, { ...options, connection }),
    close: () => pool.end(),
  };
};

const openRedis = async (url: string, report: (error: unknown) => void): Promise<Backend> => {
  // The relay wants to hear at once that Redis is away, because its rows wait safely in the outbox; a worker waits on.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, lazyConnect: true });
  const consumer = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  const clients = [producer, consumer];
  for (const client of clients) client.on('error', report);
  try {
    await Promise.all(clients.map((client) => client.connect()));
  } catch (error) {
    for (const client of clients) client.disconnect();
    throw error;
  }
  const { Queue, Worker } = withBackend(createRedisBackend);
  const prefix = 'bindeled';
  return {
    queue: (name) => new Queue(name, { ...QUEUE_OPTIONS, connection: producer, prefix }),
    worker: (name, process, options) => new Worker(name, process, { ...options, connection: consumer, prefix }),
    close: async () => {
      for (const client of clients) client.disconnect();
    },
  };
};

/** By the address: `redis:` and `rediss:` mean Redis, everything else PostgreSQL. `report` hears of lost connections. */
export const openBackend = (url: string, report: (error: unknown) => void): Promise<Backend> =>
  /^rediss?:/i.test(url) ? openRedis(url, report) : openPostgres(url, report);
