import { systemClock, trainingClock } from './clock.ts';
import { consoleLogger } from './console-logger.ts';
import type { Deps } from './deps.ts';
import type { WorkerEnv } from './env.ts';
import { newId } from './ids.ts';
import { createPrisma } from './prisma.ts';
import { createQuietCounts } from './quiet-counts.ts';
import { readTrainingClock } from './training-clock.ts';
import { createVault, localKeys } from './vault.ts';

/** Of one request, at most; workerd lets a request hold six. */
const CONNECTIONS = 3;

/**
 * Answers a function that makes the dependencies of one request. Sockets belong to their request under workerd, so each
 * gets a database client of its own, which its maker ends with `db.$disconnect()`; the rest is kept from one to the next.
 */
export const workerDeps = ({ encryptionKeys, publicUrl, training }: WorkerEnv): ((databaseUrl: string) => Deps) => {
  const vault = createVault(encryptionKeys.index, localKeys(encryptionKeys.keys, encryptionKeys.current));
  const kept = { log: consoleLogger('worker'), newId, publicUrl, training, vault, quietCounts: createQuietCounts() };
  const worlds: Deps['worlds'] = { latest: null };
  return (databaseUrl) => {
    const db = createPrisma(databaseUrl, { connections: CONNECTIONS, name: 'bindeled worker', prepared: false });
    const clock = training ? trainingClock(() => readTrainingClock(db)) : systemClock;
    return { ...kept, worlds, db, clock, print: null, scan: null };
  };
};
