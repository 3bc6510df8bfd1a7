import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sleep, stopwatch } from '#platform/clock.ts';
import { StartError } from '#platform/start-error.ts';
import { commandLine, isAlive } from './process-identity.ts';

export const dataDir = (root: string): string => join(root, 'data');

/** Process id and state from `postmaster.pid` (first and eighth line), or null when there is none. */
export const readPostmaster = (data: string): { pid: number; ready: boolean } | null => {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 1 ? { pid, ready: lines[7]?.trim() === 'ready' } : null;
  } catch {
    return null;
  }
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // Ended meanwhile, which is what was wanted.
  }
};

const ended = async (pid: number, withinMs: number): Promise<boolean> => {
  const waited = stopwatch();
  while (isAlive(pid)) {
    if (waited() > withinMs) return false;
    await sleep(20);
  }
  return true;
};

/** Fast shutdown (sessions are broken off, data is written), and an immediate one if that takes over 20 seconds. */
export const stopServer = async (pid: number): Promise<void> => {
  signal(pid, 'SIGINT');
  if (await ended(pid, 20_000)) return;
  signal(pid, 'SIGQUIT');
  if (!(await ended(pid, 10_000))) throw new StartError(`The embedded PostgreSQL (process ${pid}) does not stop.`);
};

/**
 * Ends the server that a killed parent left running on `root`, and removes a lock file whose process number has since
 * gone to a stranger. The caller has made sure that no living Bindeled owns `root`.
 */
export const stopLeftover = async (root: string): Promise<void> => {
  const data = dataDir(root);
  const old = readPostmaster(data);
  if (old === null || !isAlive(old.pid)) return;
  if (commandLine(old.pid).includes(data)) await stopServer(old.pid);
  else if (existsSync(data)) rmSync(join(data, 'postmaster.pid'), { force: true });
};
