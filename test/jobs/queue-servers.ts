import { Redis } from 'ioredis';
import pg from 'pg';
import { startRedis } from '#test/support/redis.ts';
import type { QueueServer } from './queue-suite.ts';

/** BullMQ's tables in the test's own database. */
export const postgresServer = async (databaseUrl: string): Promise<QueueServer> => {
  const query = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    queueUrl: databaseUrl,
    wipe: () => query('delete from bullmq.job'),
    cutOff: () =>
      query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`),
    stop: async () => undefined,
  };
};

/** A Redis of the test's own. */
export const redisServer = async (): Promise<QueueServer> => {
  const { url, stop } = await startRedis();
  const command = async (work: (client: Redis) => Promise<unknown>): Promise<void> => {
    const client = new Redis(url);
    await work(client);
    client.disconnect();
  };
  return {
    queueUrl: url,
    wipe: () => command((client) => client.flushall()),
    cutOff: () => command((client) => client.call('CLIENT', 'KILL', 'TYPE', 'normal')),
    stop,
  };
};
