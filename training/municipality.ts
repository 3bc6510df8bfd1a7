import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { municipalityOf } from '#api/context.ts';
import { createApp } from '#app';
import { isValid } from '#domain/organisation-tree.ts';
import { mintScope } from '#domain/scope.ts';
import { type Instant, localDay } from '#domain/time.ts';
import { type Listening, listenOn, servePages, visitorsBehind } from '#entry/node.ts';
import { type Jobs, startJobs } from '#jobs/main.ts';
import { trainingClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { createLiveHub } from '#platform/live.ts';
import { openIdProvider } from '#platform/login-provider.ts';
import { migrate } from '#platform/migrate.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { createLogger } from '#platform/pino-logger.ts';
import { findOrganisationVersion } from '#store/organisation.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';
import { holdClock, readClockRow } from './clock.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { type LoginPerson, startTrainingLogin, type TrainingLogin } from './login-provider.ts';
import { LOOPBACK } from './ports.ts';
import { trainingRoutes } from './routes.ts';
import { demandFolder, trainingKeys, writeSettings } from './settings.ts';
import { type SmtpCatcher, startSmtpCatcher } from './smtp-catcher.ts';
import { buildPages, PAGES } from './web-build.ts';

export type Municipality = {
  readonly url: string;
  readonly databaseUrl: string;
  readonly deps: Deps;
  readonly jobs: Jobs;
  readonly catcher: SmtpCatcher;
  readonly login: TrainingLogin;
  readonly stop: () => Promise<void>;
};

export type MunicipalityOptions = {
  /** Where everything is kept. */
  readonly dir: string;
  /** 0 means any free one. */
  readonly port: number;
  /** Without pages it serves programs only. */
  readonly pages: boolean;
  readonly queueUrl?: string;
  /** Other entries over the same database to which people come back from the login. */
  readonly otherUrls?: readonly string[];
  /** Where the clock stands still from the very first start; later starts find it where it was left. */
  readonly clockAt?: Instant;
  readonly logTo?: Parameters<typeof createLogger>[1];
};

const ORGANISATION = join(import.meta.dirname, 'organisation.json');
const MORE_PEOPLE = join(import.meta.dirname, 'more-people.json');

/** The municipality with those whom training needs beside it: a change of the setup takes two administrators. */
const organisationText = (): string => {
  const organisation = JSON.parse(readFileSync(ORGANISATION, 'utf8'));
  const more = JSON.parse(readFileSync(MORE_PEOPLE, 'utf8'));
  return JSON.stringify({ ...organisation, people: [...organisation.people, ...more] });
};

/** Whom the login of training mode knows: everybody who works there today. */
const peopleOf = async (deps: Deps): Promise<readonly LoginPerson[]> => {
  const { people } = await municipalityOf(deps);
  const today = localDay(await deps.clock.now());
  return [...people.values()]
    .filter(({ validity }) => isValid(validity, today))
    .map(({ id, title, email }) => ({ id, title, email }));
};

const importOnce = async (deps: Deps): Promise<void> => {
  const scope = mintScope({ personId: null, unitIds: 'all' });
  if ((await findOrganisationVersion(deps.db, scope)) > 0) return;
  const now = await deps.clock.now();
  const actor = { kind: 'system', rule: 'training start' } as const;
  await importOrganisation({ deps, actor, scope, now, key: null }, organisationText());
};

/**
 * The whole of training mode in one process: embedded PostgreSQL, API, pages, jobs, mail catcher. Starting it again in
 * the same folder goes on with what is there. Throws StartError with one sentence.
 */
export const startMunicipality = async (options: MunicipalityOptions): Promise<Municipality> => {
  const { dir } = options;
  demandFolder(dir);
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    const log = createLogger('training', options.logTo);
    const [postgres] = await Promise.all([
      startEmbeddedPostgres({ dir: join(dir, 'postgres') }),
      options.pages ? buildPages() : undefined,
    ]);
    stops.push(postgres.stop);
    await migrate(postgres.url);
    const catcher = await startSmtpCatcher({ dir: join(dir, 'mailbox') });
    stops.push(catcher.stop);
    const keys = trainingKeys(dir);
    let publicUrl = `http://localhost:${options.port}`;
    const deps: Deps = {
      ...nodeDeps({
        databaseUrl: postgres.url,
        keys: parseEncryptionKeys(keys),
        training: true,
        publicUrl,
        clock: trainingClock(() => readClockRow(deps.db)),
        log,
      }),
      get publicUrl() {
        return publicUrl;
      },
    };
    stops.push(() => deps.db.$disconnect());
    if (options.clockAt && !(await readClockRow(deps.db))) await holdClock(deps.db, options.clockAt);
    await importOnce(deps);
    const jobs = await startJobs({
      queueUrl: options.queueUrl ?? postgres.url,
      smtpUrl: catcher.url,
      anchorFile: join(dir, 'anchors.jsonl'),
      deps,
    });
    stops.push(jobs.stop);
    const live = createLiveHub(postgres.url, log);
    stops.push(live.close);
    const provider = await startTrainingLogin({
      people: () => peopleOf(deps),
      publicUrls: () => [publicUrl, ...(options.otherUrls ?? [])],
    });
    stops.push(provider.stop);
    const app = createApp({
      depsFor: () => deps,
      visitorOf: visitorsBehind(0),
      live,
      login: {
        provider: openIdProvider(provider),
        mapping: { person: 'sub', match: 'id', unit: null, roles: null, strength: null },
      },
      training: true,
      attachments: true,
      also: (routes) => {
        trainingRoutes(deps, jobs, catcher)(routes);
        if (options.pages) servePages(routes, PAGES);
      },
    });
    const server: Listening = await listenOn(app, options.port, LOOPBACK);
    publicUrl = server.url;
    stops.push(server.close);
    writeSettings(dir, { databaseUrl: postgres.url, encryptionKeys: keys, smtpUrl: catcher.url });
    return { url: server.url, databaseUrl: postgres.url, deps, jobs, catcher, login: provider, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
