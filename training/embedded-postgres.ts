import * as fs from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { StartError } from '#platform/start-error.ts';
import { demandPort, freePort, LOOPBACK } from './ports.ts';
import { stopLeftover, stopServer } from './postgres-leftover.ts';
import { findPlace, type Say } from './postgres-place.ts';
import { DATABASE, initialise, isInitialised, launch, readPassword } from './postgres-server.ts';
import { processIdentity } from './process-identity.ts';

export type EmbeddedPostgres = {
  /** Loopback address with user, password and database. Not for logs. */
  readonly url: string;
  readonly pid: number;
  /** Fast shutdown; answers when the server has gone. May be called more than once. */
  readonly stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** Default `.bindeled/postgres` below the working folder. */
  readonly dir?: string;
  /** Default any free one. */
  readonly port?: number;
  /** Settings of postgresql.conf on top of ours. Only tests take durability away. */
  readonly settings?: Record<string, string>;
  /** Where a remark for the person at the terminal goes; default standard error. */
  readonly say?: Say;
};

const PORT_TRIES = 3;
const toStandardError: Say = (line) => void process.stderr.write(`${line}\n`);

const ownerFile = (root: string): string => join(root, 'owner');

/** Notes that this process uses the data. Throws StartError while another living process does. */
const claim = (root: string): void => {
  const owner = fs.existsSync(ownerFile(root)) ? fs.readFileSync(ownerFile(root), 'utf8') : '';
  const pid = Number.parseInt(owner, 10);
  if (pid > 0 && processIdentity(pid) === owner) {
    throw new StartError(`The data in ${root} is in use by Bindeled running as process ${pid}; stop that one first.`);
  }
  fs.rmSync(ownerFile(root), { force: true });
  fs.writeFileSync(ownerFile(root), processIdentity(process.pid) ?? '');
};

/** For a place that an earlier checkout of the same name left behind. */
const endUnowned = async (root: string): Promise<void> => {
  claim(root);
  await stopLeftover(root);
};

const release = (root: string): void => fs.rmSync(ownerFile(root), { force: true });

const createDatabase = async (url: (database: string) => string): Promise<void> => {
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
};

const launchOnSomePort = async (
  place: Awaited<ReturnType<typeof findPlace>>,
  options: EmbeddedOptions,
): Promise<{ server: Awaited<ReturnType<typeof launch>>; port: number }> => {
  if (options.port !== undefined) await demandPort(options.port, 'the embedded PostgreSQL');
  for (let tried = 1; ; tried += 1) {
    const port = options.port ?? (await freePort());
    try {
      return { server: await launch(place, port, options.settings ?? {}), port };
    } catch (error) {
      // A free port may be taken by somebody else in the moment before the server opens it.
      const taken = error instanceof StartError && error.message.includes('already in use');
      if (!taken || options.port !== undefined || tried === PORT_TRIES) throw error;
    }
  }
};

/**
 * Starts a real PostgreSQL on the loopback with its data in `dir`, making it first if needed, and going on with it if
 * not. A server that a killed parent left behind is ended first. Should this process end without `stop`, even by
 * SIGKILL, the server ends too. Throws StartError with one sentence.
 */
export const startEmbeddedPostgres = async (options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> => {
  const dir = resolve(options.dir ?? join('.bindeled', 'postgres'));
  const durable = options.settings?.['fsync'] !== 'off';
  const place = await findPlace(dir, options.say ?? toStandardError, endUnowned);
  const { root } = place;
  claim(root);
  try {
    await stopLeftover(root);
    if (!isInitialised(root)) initialise(place, durable);
    const password = readPassword(root);
    const { server, port } = await launchOnSomePort(place, options);
    const { pid = 0 } = server;
    const url = (database: string): string => `postgresql://${DATABASE}:${password}@${LOOPBACK}:${port}/${database}`;
    const halt = async (): Promise<void> => {
      await stopServer(pid);
      release(root);
    };
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopped ??= halt();
      return stopped;
    };
    await createDatabase(url).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { url: url(DATABASE), pid, stop };
  } catch (error) {
    release(root);
    throw error;
  }
};

/** Removes the data of `dir`, wherever it was put. Throws StartError while a living process uses it. */
export const emptyEmbeddedPostgres = async (options: Pick<EmbeddedOptions, 'dir' | 'say'> = {}): Promise<void> => {
  const dir = resolve(options.dir ?? join('.bindeled', 'postgres'));
  const { root } = await findPlace(dir, options.say ?? toStandardError, endUnowned);
  await endUnowned(root);
  fs.rmSync(root, { recursive: true, force: true });
};
