import type { Instant } from '#domain/time.ts';
import { systemClock, trainingClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { silentLogger } from '#platform/logger.ts';
import { pendingMigrations } from '#platform/migrate.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { StartError } from '#platform/start-error.ts';
import { readTrainingClock } from '#platform/training-clock.ts';
import type { Edge } from './edge.ts';
import { databaseOf, unreachable } from './settings.ts';

/**
 * Runs `work` over the configured database by its clock, then lets go of it. Throws StartError when a setting is at
 * fault, the database cannot be reached, or it is not the one this version expects.
 */
export const withDatabase = async <R>(edge: Edge, work: (deps: Deps, now: Instant) => Promise<R>): Promise<R> => {
  const { databaseUrl, encryptionKeys: keys, training } = databaseOf(edge);
  const pending = await pendingMigrations(databaseUrl).catch((error: unknown) => {
    throw unreachable(training, error);
  });
  if (pending.length > 0) throw new StartError('The database lacks migrations; run bindeled migrate.');
  const settings = { databaseUrl, keys, training, publicUrl: 'http://localhost', connections: 2, log: silentLogger };
  const clock = training ? trainingClock(() => readTrainingClock(deps.db)) : systemClock;
  const deps: Deps = nodeDeps({ ...settings, clock });
  try {
    return await work(deps, await deps.clock.now());
  } finally {
    await deps.db.$disconnect();
  }
};
