import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, SESSION_COOKIE } from '#api/context.ts';
import { createApp } from '#app';
import type { Deps } from '#platform/deps.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { movableClock } from '#test/support/jobs.ts';

const START = '2026-11-10T08:00:00+01:00';
const CASEWORKER = 'caseworker-bbu-norrebro';
const json = { 'content-type': 'application/json' };

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 4 });
});
afterAll(() => world.drop());

/** Production's sessions over a clock that the test moves; a browser that keeps its cookie. */
const begin = async (personId: string, claimed?: Parameters<typeof logIn>[2]) => {
  const clock = movableClock(START);
  const deps: Deps = { ...world.deps, clock, training: false };
  const app = createApp({ depsFor: () => deps });
  let { token } = await logIn(deps, personId, claimed);
  const tokens = [token];
  const me = async (by = token, headers: Record<string, string> = {}) => {
    const cookie = `${SESSION_COOKIE}=${by}`;
    const response = await app.request('/trpc/session.me', {
      method: 'POST',
      headers: { ...json, ...headers, cookie },
    });
    const [, renewed] = new RegExp(`${SESSION_COOKIE}=([^;]+)`).exec(response.headers.get('set-cookie') ?? '') ?? [];
    const body = (await response.json()) as { result?: { data: { endsAt: string; roles: string[]; unitId: string } } };
    return { status: response.status, renewed, data: body.result?.data };
  };
  /** As a page: whatever new cookie comes is kept. */
  const ask = async (time: string, headers?: Record<string, string>) => {
    clock.moveTo(`2026-11-10T${time}+01:00`);
    const answer = await me(token, headers);
    if (answer.renewed) {
      token = answer.renewed;
      tokens.push(token);
    }
    return answer;
  };
  return { ask, me, tokens, clock };
};

test('an hour of nothing ends it; every act begins the hour anew, until the shift is over', async () => {
  const { ask } = await begin(CASEWORKER);
  expect((await ask('08:00:00')).data?.endsAt).toBe('2026-11-10T08:00:00.000Z');
  expect((await ask('08:59:00')).data?.endsAt).toBe('2026-11-10T08:59:00.000Z');
  expect((await ask('09:58:59')).status).toBe(200);
  expect((await ask('10:58:59')).status).toBe(401);

  const busy = await begin(CASEWORKER);
  for (let hour = 8; hour < 20; hour++) {
    for (const minute of ['00', '30']) {
      expect((await busy.ask(`${String(hour).padStart(2, '0')}:${minute}:00`)).status).toBe(200);
    }
  }
  expect((await busy.ask('19:59:59')).data?.endsAt).toBe('2026-11-10T19:00:00.000Z');
  expect((await busy.ask('20:00:00')).status).toBe(401);
});

test('a page that nobody touches keeps nothing alive', async () => {
  const { ask } = await begin(CASEWORKER);
  const idle = { 'bindeled-idle': '1' };
  expect((await ask('08:30:00', idle)).data?.endsAt).toBe('2026-11-10T08:00:00.000Z');
  expect((await ask('08:59:59', idle)).status).toBe(200);
  expect((await ask('09:00:00', idle)).status).toBe(401);
});

test('an administrator is out after a quarter of an hour', async () => {
  const { ask } = await begin('administrator-sof-stab');
  expect([(await ask('08:14:59')).status, (await ask('08:29:59')).status]).toEqual([200, 401]);
});

test('the secret changes after half an hour, and the old one opens nothing once the new one is used', async () => {
  const { ask, me, tokens } = await begin(CASEWORKER);
  expect((await ask('08:29:00')).renewed).toBeUndefined();
  expect((await ask('08:30:00')).renewed).toBeDefined();
  const [first = '', second = ''] = tokens;
  // Answers that crossed on their way: the old one still opens, and nobody is given a third.
  expect(await me(first)).toMatchObject({ status: 200, renewed: undefined });
  expect((await me(second)).status).toBe(200);
  expect((await me(first)).status).toBe(401);
  expect((await ask('08:40:00')).status).toBe(200);
  expect(tokens).toHaveLength(2);
});

test('a new secret that was lost on its way is replaced', async () => {
  const { me, tokens, clock } = await begin(CASEWORKER);
  const [first = ''] = tokens;
  clock.moveTo('2026-11-10T08:30:00+01:00');
  const lost = (await me(first)).renewed;
  clock.moveTo('2026-11-10T08:31:00+01:00');
  const { renewed } = await me(first);
  expect([lost === undefined, renewed === undefined, renewed === lost]).toEqual([false, false, false]);
  expect([(await me(lost)).status, (await me(renewed)).status, (await me(first)).status]).toEqual([401, 200, 401]);
});

test('twenty requests at once get one new secret between them', async () => {
  const { me, tokens, clock } = await begin(CASEWORKER);
  clock.moveTo('2026-11-10T08:45:00+01:00');
  const answers = await Promise.all(Array.from({ length: 20 }, () => me(tokens[0])));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(answers.filter(({ renewed }) => renewed)).toHaveLength(1);
});

test('roles and unit of the login count where it named them', async () => {
  const { ask } = await begin(CASEWORKER, { unit: 'bbu-valby', roles: ['team-leader'] });
  expect((await ask('08:01:00')).data).toMatchObject({ unitId: 'bbu-valby', roles: ['team-leader'] });
});

test('somebody else’s sessions are neither listed nor ended, and no secret is shown', async () => {
  const clock = movableClock(START);
  const deps: Deps = { ...world.deps, clock, training: false };
  const app = createApp({ depsFor: () => deps });
  const { token } = await logIn(deps, 'intake-bbu-valby');
  const ask = (procedure: string, input: unknown) =>
    app.request(`/trpc/${procedure}`, {
      method: 'POST',
      headers: { ...json, cookie: `${SESSION_COOKIE}=${token}`, 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(input),
    });
  expect((await ask('session.list', { personId: CASEWORKER })).status).toBe(404);
  expect((await ask('session.endAll', { personId: CASEWORKER })).status).toBe(404);
  const [row] = await world.deps.db.session.findMany({ where: { personId: CASEWORKER }, take: 1 });
  expect((await ask('session.end', { personId: 'intake-bbu-valby', id: row?.id })).status).toBe(200);
  expect(await world.deps.db.session.count({ where: { id: row?.id ?? '' } })).toBe(1);
  const listed = await (await ask('session.list', { personId: 'intake-bbu-valby' })).text();
  expect(listed).toContain('"present":true');
  expect(listed).not.toContain(token);
});
