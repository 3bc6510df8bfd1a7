import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const ps = (pid: number, column: string): string =>
  spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';

const procFile = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
};

const hasProc = existsSync('/proc/self/stat');

/** True while a process of any user has this id; a process that waits to be reaped counts as ended. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !/\) Z /.test(hasProc ? procFile(pid, 'stat') : '');
};

/** Tells a process from a later one that was given the same number: its id with the instant at which it began. */
export const processIdentity = (pid: number): string | null => {
  if (!isAlive(pid)) return null;
  // Field 22 of stat; the name in brackets before it may hold spaces and brackets itself.
  const began = hasProc ? procFile(pid, 'stat').split(') ').at(-1)?.split(' ')[19] : ps(pid, 'lstart');
  return `${pid} ${began ?? ''}`;
};

/** The command line of a process, or '' when it has ended. */
export const commandLine = (pid: number): string =>
  hasProc ? procFile(pid, 'cmdline').replaceAll('\0', ' ') : ps(pid, 'command');
