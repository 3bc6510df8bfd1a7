import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, LOOPBACK } from '#training/ports.ts';
import { EICAR } from './clamd.ts';

export type RealClamd = { readonly urls: readonly string[]; readonly stop: () => Promise<void> };

/** More than a file may have, so that its limit is met by what is no file of ours. */
export const REAL_LIMIT_MB = 25;

/**
 * Debian's clamd on a free loopback port and a socket of its own, over a signature of our own: those of the world are
 * fetched, and nothing is fetched here.
 */
export const startRealClamd = async (): Promise<RealClamd> => {
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-clamd-'));
  const [database, settings, socket] = [join(dir, 'db'), join(dir, 'clamd.conf'), join(dir, 'clamd.sock')];
  mkdirSync(database);
  writeFileSync(join(database, 'own.ndb'), `Own.Eicar:0:*:${EICAR.toString('hex')}\n`);
  const port = await freePort();
  const lines = [
    `TCPSocket ${port}`,
    `TCPAddr ${LOOPBACK}`,
    `LocalSocket ${socket}`,
    `DatabaseDirectory ${database}`,
    `TemporaryDirectory ${dir}`,
    `StreamMaxLength ${REAL_LIMIT_MB}M`,
    'Foreground yes',
  ];
  writeFileSync(settings, `${lines.join('\n')}\n`);
  const server = spawn('clamd', ['--config-file', settings], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`clamd ended with ${code}`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      // The last thing it says before it takes connections.
      if (/Self checking every/.test(line)) resolve();
    });
  });
  return { urls: [`tcp://${LOOPBACK}:${port}`, `unix:${socket}`], stop };
};
