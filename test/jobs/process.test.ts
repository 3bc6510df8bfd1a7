import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import { importTraining, jobsDeps, submitExample, TEST_KEYS } from '#test/support/jobs.ts';
import { startSmtp, type TestSmtp } from '#test/support/smtp.ts';

const MAIN = fileURLToPath(new URL('../../jobs/main.ts', import.meta.url));
const ACUTE = '02-acute-in-hours.json';

let database: TestDatabase;
let smtp: TestSmtp;
const started: ChildProcess[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  smtp = await startSmtp();
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await smtp.stop();
  await database.drop();
});

const settings = (): Record<string, string> => ({
  DATABASE_URL: database.url,
  SMTP_URL: smtp.url,
  OIDC_ISSUER: 'https://login.test',
  OIDC_CLIENT_ID: 'bindeled',
  OIDC_CLIENT_SECRET: 'a secret',
  ENCRYPTION_KEYS: TEST_KEYS,
  PUBLIC_URL: 'https://bindeled.test',
});

const start = (env: Record<string, string>) => {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, ended, out: () => out, err: () => err };
};

test('sends what waits, and ends by itself and cleanly on SIGTERM', async () => {
  const parts = jobsDeps(database.url);
  await importTraining(parts.makeCtx);
  await submitExample(parts, ACUTE);
  const { child, ended, out, err } = start(settings());
  await expect.poll(() => smtp.taken.length, { timeout: 30_000 }).toBe(2);
  await expect
    .poll(() => parts.deps.db.outboundMessage.count({ where: { state: 'sent' } }), { timeout: 10_000 })
    .toBe(2);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(err()).toBe('');
  expect(out()).toContain('"event":"jobs.stopped"');
  await parts.close();
});

test('a missing or malformed setting ends the start with one sentence that names it', async () => {
  const { SMTP_URL: _, ...without } = settings();
  const missing = start(without);
  const malformed = start({ ...settings(), QUEUE_URL: 'ftp://queue.test' });
  expect(await Promise.all([missing.ended, malformed.ended])).toEqual([1, 1]);
  expect(missing.err()).toBe('SMTP_URL is not set.\n');
  expect(malformed.err()).toMatch(/^QUEUE_URL must be [^\n]+\n$/);
});

test('a server that cannot be reached ends the start, and no password reaches the log', async () => {
  const { ended, out, err } = start({ ...settings(), QUEUE_URL: 'redis://someone:planted-password@127.0.0.1:1' });
  expect(await ended).toBe(1);
  expect(out()).toContain('jobs.crashed');
  expect(out() + err()).not.toContain('planted-password');
});
