import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '#app';
import { openApi, procedures, type TestApi } from '#test/support/api.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { trainingRoutes } from '#training/routes.ts';

const NOW = '2026-11-03T10:05:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';

let api: TestApi;
let municipality: TestMunicipality;
beforeAll(async () => {
  api = await openApi(NOW);
  municipality = await makeMunicipality(NOW);
});
afterAll(async () => {
  await municipality.stop();
  await api.world.drop();
});

const json = { 'content-type': 'application/json' };

const save = (headers: Record<string, string>, path = '/trpc/drafts.save'): Promise<Response> => {
  const more = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers };
  return api.as(SENDER).send(path, { method: 'POST', headers: more, body: '{"form":{}}' });
};

test.each(['https://evil.example', 'http://localhost:4001', 'http://localhost.evil.example', 'null', ''])(
  'an act from a page of %s is refused',
  async (origin) => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const response = await save({ origin, 'content-type': type, 'sec-fetch-site': 'cross-site' });
      expect(response.status, type).toBe(403);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toEqual({ type: 'about:blank', status: 403, code: 'OUT_OF_SCOPE' });
    }
    expect(await api.db.draft.count()).toBe(0);
  },
);

test('what comes from another site without telling its origin is refused as well', async () => {
  for (const site of ['cross-site', 'same-site']) expect((await save({ 'sec-fetch-site': site })).status).toBe(403);
  const read = await api.as(SENDER).send('/trpc/session.me', {
    method: 'POST',
    headers: { ...json, 'sec-fetch-site': 'cross-site' },
  });
  expect(read.status).toBe(403);
  expect(await api.db.draft.count()).toBe(0);
});

test('an act without the header that no page can send elsewhere unasked is refused, whatever its origin', async () => {
  for (const [path, { _def }] of procedures) {
    if (_def.type !== 'mutation') continue;
    const own = { ...json, origin: api.deps.publicUrl };
    const response = await api.as(SENDER).send(`/trpc/${path}`, { method: 'POST', headers: own, body: '{}' });
    expect(response.status, path).toBe(400);
    expect(await response.text(), path).toContain('Idempotency-Key');
  }
});

test('what a procedure answered is kept by nobody', async () => {
  const answers = [
    await api.as(SENDER).send('/trpc/session.me', { method: 'POST', headers: json }),
    await api.nobody.send('/trpc/session.me', { method: 'POST', headers: json }),
  ];
  for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store');
});

test('an act from our own pages, or from a program without any, is done', async () => {
  const own = [{ origin: 'http://localhost' }, { origin: api.deps.publicUrl }, {}] as Record<string, string>[];
  for (const headers of own) expect((await save(headers)).status).toBe(200);
});

test('nobody else gets leave to read our answers', async () => {
  const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
  const preflight = await api.as(SENDER).send('/trpc/drafts.save', { method: 'OPTIONS', headers: asked });
  const read = await api.as(SENDER).send('/trpc/session.me', { method: 'POST', headers: { ...json, ...asked } });
  for (const { headers } of [preflight, read]) {
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  }
});

test('every answer forbids foreign scripts and frames', async () => {
  const big = { method: 'POST', body: 'x'.repeat(1_000_001), headers: { 'content-type': 'application/json' } };
  const answers = [
    await api.as(SENDER).send('/trpc/session.me', { method: 'POST', headers: json }),
    await api.nobody.send('/trpc/session.me', { method: 'POST', headers: json }),
    await api.nobody.send('/nowhere'),
    await api.nobody.send('/health/live'),
    await api.nobody.send('/trpc/drafts.save', big),
    await save({ origin: 'https://evil.example' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 200, 413, 403]);
  for (const { headers } of answers) {
    const policy = headers.get('content-security-policy') ?? '';
    const parts = new Map(policy.split('; ').map((part) => part.split(/ (.*)/s).slice(0, 2) as [string, string]));
    expect(parts.get('default-src')).toBe("'none'");
    for (const only of ['script-src', 'style-src', 'connect-src', 'form-action'])
      expect(parts.get(only)).toBe("'self'");
    for (const none of ['frame-ancestors', 'base-uri']) expect(parts.get(none)).toBe("'none'");
    expect(policy).not.toMatch(/unsafe|\*|http/);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/);
    for (const name of ['opener-policy', 'resource-policy']) {
      expect(headers.get(`cross-origin-${name}`)).toBe('same-origin');
    }
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
});

test('the cookie is out of reach of scripts and of other sites, and logging in is too', async () => {
  const { deps, jobs, catcher } = municipality;
  const app = createApp({ depsFor: () => deps, training: true, also: trainingRoutes(deps, jobs, catcher) });
  const login = (body: unknown, headers: Record<string, string> = {}) =>
    app.request('/training/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const cookie = (await login({ person: SENDER })).headers.get('set-cookie') ?? '';
  expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
  expect(cookie).toMatch(/^bindeled_session=[\w-]{43};/);
  const me = await app.request('/trpc/session.me', {
    method: 'POST',
    headers: { ...json, cookie: cookie.split(';')[0] ?? '' },
  });
  expect(await me.json()).toMatchObject({ result: { data: { personId: SENDER } } });

  const elsewhere = await login({ person: SENDER }, { origin: 'https://evil.example' });
  expect([elsewhere.status, elsewhere.headers.get('set-cookie')]).toEqual([403, null]);
  const stranger = await login({ person: 'Hemmelig' });
  expect([stranger.status, stranger.headers.get('set-cookie')]).toEqual([400, null]);
  expect(await stranger.text()).not.toContain('Hemmelig');
});

test('a session ends when it is ended, and a cookie of our own making is none', async () => {
  const caller = api.afresh(SENDER);
  expect((await caller.call('session.me')).status).toBe(200);
  expect((await caller.call('session.logout')).status).toBe(200);
  expect((await caller.call('session.me')).problem?.code).toBe('UNAUTHENTICATED');
  for (const token of ['', 'x', 'x'.repeat(5000), SENDER, '%00', "' or 1=1"]) {
    const headers = { cookie: `bindeled_session=${token}` };
    expect(
      (await api.nobody.send('/trpc/session.me', { method: 'POST', headers: { ...json, ...headers } })).status,
      token,
    ).toBe(401);
  }
});

test('an internal failure tells that it was one, and nothing else', async () => {
  const hide = (table: string, as: string) => api.db.$executeRawUnsafe(`alter table ${table} rename to ${as}`);
  for (const table of ['idempotency_key', 'session']) {
    await hide(table, 'hidden');
    try {
      const response = await save({});
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).toMatch(/"INTERNAL"/);
      expect(text).not.toMatch(/\.ts|node_modules|at .*\d+:\d+|relation|select|insert|prisma|stack|cause/i);
    } finally {
      await hide('hidden', table);
    }
  }
  expect((await save({})).status).toBe(200);
});
