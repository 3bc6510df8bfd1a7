import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';

const key = (): string => randomBytes(32).toString('base64');
const KEYS = `index:${key()},1:${key()}`;
const GOOD = {
  HYPERDRIVE: { connectionString: 'postgresql://nobody@127.0.0.1:9/nowhere' },
  MODE: 'production',
  PUBLIC_URL: 'https://bindeled.example/',
  ENCRYPTION_KEYS: KEYS,
};

// What a Worker has read of its settings it keeps for its life.
beforeEach(() => vi.resetModules());

const JSON_TYPE = { 'content-type': 'application/json' };

const ask = async (path: string, bindings: typeof GOOD, method = 'GET'): Promise<Response> => {
  const { default: worker } = await import('#entry/worker.ts');
  return worker.fetch(new Request(`https://bindeled.example${path}`, { method, headers: JSON_TYPE }), bindings, {
    waitUntil: () => undefined,
  });
};

test.each([
  ['/', 'GET'],
  ['/health/live', 'GET'],
  ['/training/people', 'GET'],
  ['/training/login', 'POST'],
  ['/trpc/session.me', 'POST'],
])('production mode without real login refuses %s with one sentence', async (path, method) => {
  for (const MODE of ['production', '']) {
    const response = await ask(path, { ...GOOD, MODE }, method);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 503, detail: 'OIDC_ISSUER is not set.' });
  }
});

test('with real login production mode serves, and has no training login', async () => {
  const login = { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'bindeled', OIDC_CLIENT_SECRET: 'hemmeligt' };
  const asked = [
    ['/health/live', 'GET', 200],
    ['/training/people', 'GET', 404],
    ['/training/login', 'POST', 404],
  ] as const;
  for (const [path, method, status] of asked) {
    expect((await ask(path, { ...GOOD, ...login }, method)).status).toBe(status);
  }
});

test.each([
  [{ MODE: 'Training' }, 'MODE must be production or training.'],
  [{ ENCRYPTION_KEYS: '' }, 'ENCRYPTION_KEYS is not set.'],
  [{ ENCRYPTION_KEYS: `${KEYS},2:hemmelig` }, 'ENCRYPTION_KEYS holds a key named 2 that is not 32 bytes in base64.'],
  [{ PUBLIC_URL: 'bindeled.example' }, 'PUBLIC_URL must be an address that begins with https:// or http://.'],
])('a setting at fault is named and its value is not (%#)', async (fault, sentence) => {
  const response = await ask('/health/live', { ...GOOD, MODE: 'training', ...fault });
  expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([503, sentence]);
});

test('training mode serves, and closes what it opened once it has answered', async () => {
  const { default: worker } = await import('#entry/worker.ts');
  const afterwards: Promise<unknown>[] = [];
  const execution = { waitUntil: (promise: Promise<unknown>) => void afterwards.push(promise) };
  const request = new Request('https://bindeled.example/health/live');
  const response = await worker.fetch(request, { ...GOOD, MODE: 'training' }, execution);
  expect([response.status, await response.json()]).toEqual([200, { live: true }]);
  expect(afterwards).toHaveLength(1);
  await Promise.all(afterwards);
});
