import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const RUN = join(import.meta.dirname, '..', '..', 'bench', 'run.ts');
const figure = expect.any(Number);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bindeled-test-bench-'));
  chmodSync(dir, 0o755);
});
// Each leaves nothing where it kept its databases.
afterEach(() => {
  const left = readdirSync(dir);
  rmSync(dir, { recursive: true, force: true });
  expect(left).toEqual([]);
});

const start = (name: string) =>
  promisify(execFile)(process.execPath, [RUN, name, '--tiny', '--json'], { env: { ...process.env, TMPDIR: dir } });

/** How fast it is tells nothing on a machine that runs a test suite: only that each works and says what it must. */
const tiny = async (name: string): Promise<Record<string, unknown>> => {
  const { stdout, stderr } = await start(name);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, unknown>;
};

test('submit', async () => {
  expect(await tiny('submit')).toMatchObject({ name: 'submit', errors: 0, ratio: figure, p99: figure, floor: figure });
});

test('worklist', async () => {
  expect(await tiny('worklist')).toMatchObject({ name: 'worklist', growth: figure, ratio: figure, floor: figure });
});

test('merge', async () => {
  const whole = { lost: 0, clocksKept: true, journalIntact: true };
  expect(await tiny('merge')).toMatchObject({ name: 'merge', seconds: figure, ...whole });
});

test('an unknown one is refused', async () => {
  await expect(tiny('nothing')).rejects.toThrow('There is no such benchmark');
});

test('interrupted while its database is made, it ends', async () => {
  const started = start('submit');
  await vi.waitUntil(() => readdirSync(dir).length > 0, { timeout: 30_000, interval: 20 });
  started.child.kill('SIGINT');
  await expect(started).rejects.toMatchObject({ code: 1, killed: true });
});
