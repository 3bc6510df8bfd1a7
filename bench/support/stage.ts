import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logIn, SESSION_COOKIE } from '#api/context.ts';
import { mintScope } from '#domain/scope.ts';
import { systemClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { silentLogger } from '#platform/logger.ts';
import { migrate } from '#platform/migrate.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { startEmbeddedPostgres } from '#training/embedded-postgres.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';

export type Stage = {
  readonly databaseUrl: string;
  readonly apiUrl: string;
  readonly deps: Deps;
  /** A cookie header of that person's session. */
  readonly login: (personId: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const ORGANISATION = join(import.meta.dirname, '..', '..', 'training', 'organisation.json');

/** A durable embedded PostgreSQL with the training municipality, and the API over it in a process of its own. */
export const setStage = async (): Promise<Stage> => {
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-bench-'));
  chmodSync(dir, 0o755);
  const postgres = await startEmbeddedPostgres({ dir: join(dir, 'postgres') });
  await migrate(postgres.url);
  const key = (): string => randomBytes(32).toString('base64');
  const keys = `index:${key()},1:${key()}`;
  const deps = nodeDeps({
    databaseUrl: postgres.url,
    keys: parseEncryptionKeys(keys),
    training: true,
    publicUrl: 'http://localhost',
    clock: systemClock,
    log: silentLogger,
  });
  await importOrganisation(
    {
      deps,
      actor: { kind: 'system', rule: 'bench' },
      scope: mintScope({ personId: null, unitIds: 'all' }),
      now: await deps.clock.now(),
      key: null,
    },
    readFileSync(ORGANISATION, 'utf8'),
  );
  const api = fork(join(import.meta.dirname, 'api-process.ts'), {
    env: { ...process.env, DATABASE_URL: postgres.url, ENCRYPTION_KEYS: keys },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const apiUrl = await new Promise<string>((resolve, reject) => {
    api.once('message', (message) => resolve((message as { url: string }).url));
    api.once('exit', () => reject(new Error('the API process ended')));
  });
  return {
    databaseUrl: postgres.url,
    apiUrl,
    deps,
    login: async (personId) => `${SESSION_COOKIE}=${(await logIn(deps, personId)).token}`,
    stop: async () => {
      api.disconnect();
      await deps.db.$disconnect();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
