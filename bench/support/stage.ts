import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
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
  readonly apiUrl: string;
  readonly deps: Deps;
  /** A connection to the database beside the product's own, ended with the stage. */
  readonly connect: () => Promise<pg.Client>;
  /** A cookie header of that person's session. */
  readonly login: (personId: string) => Promise<string>;
};

const ORGANISATION = join(import.meta.dirname, '..', '..', 'training', 'organisation.json');

const addressOf = (api: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    api.once('message', (message) => resolve((message as { url: string }).url));
    api.once('exit', () => reject(new Error('the API process ended')));
  });

const build = async (undo: AsyncDisposableStack): Promise<Stage> => {
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-bench-'));
  undo.defer(() => rmSync(dir, { recursive: true, force: true }));
  chmodSync(dir, 0o755);
  const postgres = await startEmbeddedPostgres({ dir: join(dir, 'postgres') });
  undo.defer(postgres.stop);
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
  undo.defer(() => deps.db.$disconnect());
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
  const ended = once(api, 'exit');
  undo.defer(async () => {
    if (api.connected) api.disconnect();
    await ended;
  });
  return {
    apiUrl: await addressOf(api),
    deps,
    connect: async () => {
      const client = new pg.Client({ connectionString: postgres.url });
      // Whatever breaks a connection also fails what is asked on it; the event alone would end the process at once.
      client.on('error', () => undefined);
      await client.connect();
      undo.defer(() => client.end());
      return client;
    },
    login: async (personId) => `${SESSION_COOKIE}=${(await logIn(deps, personId)).token}`,
  };
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How to take down each stage that stands. */
const standing = new Set<() => Promise<void>>();
const interrupted = (): void =>
  void Promise.allSettled(Array.from(standing, (remove) => remove())).then(() => process.exit(1));

/**
 * A durable embedded PostgreSQL with the training municipality, and the API over it in a process of its own, for as long
 * as `work` runs. Its folder is removed however that ends, by Ctrl-C too.
 */
export const onStage = async <R>(work: (stage: Stage) => Promise<R>): Promise<R> => {
  for (const signal of SIGNALS) process.once(signal, interrupted);
  const undo = new AsyncDisposableStack();
  const built = build(undo);
  let removed: Promise<void> | undefined;
  const remove = (): Promise<void> => {
    // Taken down while it is being built, it would leave behind what comes after.
    removed ??= Promise.allSettled([built]).then(() => undo.disposeAsync());
    return removed;
  };
  standing.add(remove);
  try {
    return await work(await built);
  } finally {
    await remove();
    standing.delete(remove);
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
};
