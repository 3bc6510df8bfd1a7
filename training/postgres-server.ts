import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { sleep, stopwatch } from '#platform/clock.ts';
import { StartError } from '#platform/start-error.ts';
import { LOOPBACK } from './ports.ts';
import { dataDir, readPostmaster } from './postgres-leftover.ts';
import type { Place } from './postgres-place.ts';

/** The one role and the one database of the embedded server. */
export const DATABASE = 'bindeled';

/** The log says nothing of statements or their errors: both may quote what a person wrote. */
const SETTINGS: Record<string, string> = {
  listen_addresses: LOOPBACK,
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** The rest of our environment is not PostgreSQL's business, and PG… variables would change what it does. */
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

const program = (place: Place, name: string): string => join(place.native, 'bin', name);
const as = (place: Place) => (place.user === null ? {} : { uid: place.user.uid, gid: place.user.gid });
const passwordFile = (root: string): string => join(root, 'password');
const logFile = (root: string): string => join(root, 'postgres.log');

export const isInitialised = (root: string): boolean => fs.existsSync(join(dataDir(root), 'PG_VERSION'));

export const readPassword = (root: string): string => {
  try {
    return fs.readFileSync(passwordFile(root), 'utf8').trim();
  } catch {
    throw new StartError(`The password of the embedded PostgreSQL is missing from ${root}; start again with --fresh.`);
  }
};

/** Makes the data folder under another name and renames it, so that a kill half-way leaves nothing half made. */
export const initialise = (place: Place, durable: boolean): void => {
  const { root } = place;
  for (const name of fs.readdirSync(root)) {
    if (name.startsWith('initdb-')) fs.rmSync(join(root, name), { recursive: true, force: true });
  }
  fs.rmSync(passwordFile(root), { force: true });
  fs.writeFileSync(passwordFile(root), `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (place.user !== null) fs.chownSync(passwordFile(root), place.user.uid, place.user.gid);
  const half = join(root, `initdb-${process.pid}`);
  const flags = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${DATABASE}`];
  const made = spawnSync(
    program(place, 'initdb'),
    ['-D', half, `--pwfile=${passwordFile(root)}`, ...flags, ...(durable ? [] : ['--no-sync'])],
    { ...as(place), cwd: root, env: ENVIRONMENT, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    fs.rmSync(half, { recursive: true, force: true });
    const why =
      made.error?.message ?? made.stderr.split('\n').find((line) => /error:|FATAL:/.test(line)) ?? 'no reason given';
    throw new StartError(`The embedded PostgreSQL could not make its data in ${root}: ${why.trim()}`);
  }
  fs.renameSync(half, dataDir(root));
};

/**
 * Ends the server when we end without doing so ourselves, whatever the cause: the end of its standard input is noticed
 * even after SIGKILL. It runs as the server's own user, so that it could harm no other process.
 */
const watch = (place: Place, pid: number): ChildProcess => {
  const script = 'read -r line || kill -INT "$0"';
  const watcher = spawn('/bin/sh', ['-c', script, String(pid)], {
    ...as(place),
    cwd: place.root,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => undefined);
  watcher.stdin?.on('error', () => undefined);
  watcher.unref();
  const pipe: unknown = watcher.stdin;
  if (typeof pipe === 'object' && pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  return watcher;
};

const whyNot = (root: string, port: number): StartError => {
  const log = fs.readFileSync(logFile(root), 'utf8');
  if (/Address already in use|Permission denied.*port|could not bind/.test(log)) {
    return new StartError(`Port ${port}, which the embedded PostgreSQL needs, is already in use; choose another.`);
  }
  const fatal = log.match(/(?:FATAL|PANIC): *(.*)/)?.[1] ?? 'no reason given';
  return new StartError(`The embedded PostgreSQL did not start: ${fatal} (log: ${logFile(root)}).`);
};

/**
 * Starts the server and answers when it takes connections. It is detached: a Ctrl-C in the terminal must reach us alone,
 * or the database would go before what still writes to it.
 */
export const launch = async (place: Place, port: number, settings: Record<string, string>): Promise<ChildProcess> => {
  const { root } = place;
  // Removed first: it may be another user's, when root and its owner start the same checkout in turns.
  fs.rmSync(logFile(root), { force: true });
  const log = fs.openSync(logFile(root), 'w', 0o600);
  const options = Object.entries({ ...SETTINGS, port: String(port), ...settings });
  const server = spawn(
    program(place, 'postgres'),
    ['-D', dataDir(root), ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...as(place), cwd: root, env: ENVIRONMENT, detached: true, stdio: ['ignore', log, log] },
  );
  fs.closeSync(log);
  let failed = false;
  server.on('error', () => {
    failed = true;
  });
  server.unref();
  const { pid } = server;
  if (pid === undefined) throw new StartError('The embedded PostgreSQL could not be run on this machine.');
  const watcher = watch(place, pid);
  server.on('exit', () => watcher.stdin?.end('ended\n'));
  // Recovery after a crash may take a while; its end is what we wait for, with a limit against a hang.
  for (const waited = stopwatch(); waited() < 120_000; await sleep(20)) {
    if (failed || server.exitCode !== null || server.signalCode !== null) throw whyNot(root, port);
    const state = readPostmaster(dataDir(root));
    if (state?.pid === pid && state.ready) return server;
  }
  server.kill('SIGQUIT');
  throw new StartError(`The embedded PostgreSQL was not ready after two minutes (log: ${logFile(root)}).`);
};
