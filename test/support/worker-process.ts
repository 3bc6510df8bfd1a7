import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LOOPBACK } from '#training/ports.ts';

const WRANGLER = join(dirname(fileURLToPath(import.meta.resolve('wrangler/package.json'))), 'bin', 'wrangler.js');
const ROOT = join(import.meta.dirname, '..', '..');
/** It bundles before it listens, on a machine that may be busy. Real milliseconds. */
const UP_MS = 120_000;
const GONE_MS = 10_000;

export type WorkerProcess = {
  readonly url: string;
  /** All that was printed so far. */
  readonly output: () => string;
  /** Ends it and all that it started. */
  readonly stop: () => Promise<void>;
};

export type WorkerSettings = {
  readonly databaseUrl: string;
  /** A port that is free; any when left out. */
  readonly port?: number;
  /** As bindings: MODE, ENCRYPTION_KEYS, PUBLIC_URL. */
  readonly bindings: Readonly<Record<string, string>>;
};

/** Kept to itself: it asks nobody for a newer version, and writes nothing into anybody's home. */
const secluded = (folder: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: folder,
  TMPDIR: folder,
  XDG_CONFIG_HOME: folder,
  WRANGLER_LOG_PATH: join(folder, 'logs'),
  WRANGLER_CACHE_DIR: join(folder, 'cache'),
  WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  CI: '1',
  NO_COLOR: '1',
});

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** The whole group; a wrangler that has gone may have left a workerd behind. */
const signal = (child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};

/** Cloudflare's runtime as it is on one machine, `wrangler dev`, over a database of ours. Answers when it listens. */
export const startWorker = async ({ databaseUrl, port = 0, bindings }: WorkerSettings): Promise<WorkerProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-worker-'));
  const envFile = join(folder, 'bindings.env');
  const lines = Object.entries(bindings).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(envFile, lines.join(''), { mode: 0o600 });
  const args = [
    'dev',
    '--local',
    '--ip',
    LOOPBACK,
    '--port',
    String(port),
    '--inspector-ip',
    LOOPBACK,
    '--inspector-port',
    '0',
  ];
  args.push('--env-file', envFile, '--persist-to', join(folder, 'state'), '--show-interactive-dev-session=false');
  const env = { ...secluded(folder), CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl };
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(process.execPath, [WRANGLER, ...args], { cwd: ROOT, env, stdio, detached: true });

  const printed: string[] = [];
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      printed.push(line);
      const [, url] = /Ready on (http:\S+)/.exec(line) ?? [];
      if (url !== undefined) ready.resolve(url);
    });
  }
  const output = (): string => printed.join('\n');
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (!ended(child)) {
      signal(child, 'SIGTERM');
      const late = setTimeout(() => signal(child, 'SIGKILL'), GONE_MS);
      await gone;
      clearTimeout(late);
    }
    signal(child, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  const fail = (why: string) => () => ready.reject(new Error(`wrangler dev ${why}:\n${output()}`));
  child.once('exit', fail('ended before it listened'));
  child.once('error', fail('did not start'));
  const late = setTimeout(fail('does not listen'), UP_MS);
  try {
    return { url: await ready.promise, output, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(late);
  }
};
