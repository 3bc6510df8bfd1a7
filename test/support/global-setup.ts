import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '#platform/migrate.ts';
import { startEmbeddedPostgres } from '#training/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for this run, whose own database holds all migrations and serves as template. */
    templateUrl: string;
  }
}

/** Nothing here outlives the run, so nothing waits for the disk. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const temporary = mkdtempSync(join(tmpdir(), 'bindeled-test-'));
  // Root's PostgreSQL runs as another user, who must be able to walk through.
  chmodSync(temporary, 0o755);
  const postgres = await startEmbeddedPostgres({ dir: join(temporary, 'postgres'), settings });
  const end = async (): Promise<void> => {
    await postgres.stop();
    rmSync(temporary, { recursive: true, force: true });
  };
  try {
    await migrate(postgres.url);
  } catch (error) {
    await end();
    throw error;
  }
  provide('templateUrl', postgres.url);
  return end;
};
