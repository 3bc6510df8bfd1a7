import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, LOOPBACK } from '#training/ports.ts';

export type TestRedis = { readonly url: string; readonly stop: () => Promise<void> };

const ready = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    if (server.stdout === null) return reject(new Error('redis-server has no output'));
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (/Ready to accept connections/i.test(line)) resolve();
    });
  });

/** A real Redis on a free loopback port, set as BullMQ wants it, that forgets everything at its end. */
export const startRedis = async (): Promise<TestRedis> => {
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-redis-'));
  const port = await freePort();
  const settings = ['--bind', LOOPBACK, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
  const server = spawn('redis-server', ['--port', String(port), '--dir', dir, ...settings], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await ready(server);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return { url: `redis://${LOOPBACK}:${port}`, stop };
};
