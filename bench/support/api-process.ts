/** A process of its own that serves the API over a database: what a load meets in production, without the jobs. */
import { createApp } from '#app';
import { listenOn } from '#entry/node.ts';
import { systemClock } from '#platform/clock.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { createLogger } from '#platform/pino-logger.ts';

const { DATABASE_URL = '', ENCRYPTION_KEYS = '' } = process.env;
const deps = nodeDeps({
  databaseUrl: DATABASE_URL,
  keys: parseEncryptionKeys(ENCRYPTION_KEYS),
  training: true,
  publicUrl: 'http://localhost',
  clock: systemClock,
  log: createLogger('bench'),
  connections: 10,
});
const server = await listenOn(createApp({ depsFor: () => deps, limits: null }), 0, '127.0.0.1');
process.send?.({ url: server.url });
process.on('disconnect', () => process.exit(0));
