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
  const warnings: string[] = [];
  const warn: Deps['log']['warn'] = (event, fields) => void warnings.push(`${event} ${fields?.sessionId}`);
  const deps: Deps = { ...world.deps, clock, training: false, log: { ...world.deps.log, warn } };
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
  return { ask, me, tokens, clock, app, warned: () => warnings };
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

test('the secret changes after half an hour, and the old one opens for half a minute after the new one is used', async () => {
  const { ask, me, tokens, clock } = await begin(CASEWORKER);
  expect((await ask('08:29:00')).renewed).toBeUndefined();
  expect((await ask('08:30:00')).renewed).toBeDefined();
  const [first = '', second = ''] = tokens;
  // Answers that crossed on their way: the old one still opens, and nobody is given a third.
  expect(await me(first)).toMatchObject({ status: 200, renewed: undefined });
  expect((await me(second)).status).toBe(200);
  clock.moveTo('2026-11-10T08:30:30+01:00');
  expect(await me(first)).toMatchObject({ status: 200, renewed: undefined });
  expect((await ask('08:40:00')).status).toBe(200);
  expect(tokens).toHaveLength(2);
});

test('a copied secret ends the session for whoever has it, whichever of the two was given the next one', async () => {
  // The thief is given the next one and uses it; then the owner comes with what they have.
  const robbed = await begin(CASEWORKER);
  const [owners = ''] = robbed.tokens;
  robbed.clock.moveTo('2026-11-10T08:35:00+01:00');
  const thiefs = (await robbed.me(owners)).renewed;
  expect((await robbed.me(thiefs)).status).toBe(200);
  robbed.clock.moveTo('2026-11-10T08:35:31+01:00');
  expect([(await robbed.me(owners)).status, (await robbed.me(thiefs)).status]).toEqual([401, 401]);
  expect(robbed.warned()).toEqual([expect.stringMatching(/^session\.stolen [\da-f-]{36}$/)]);

  // The owner is given one, and before they use it the thief another.
  const raced = await begin(CASEWORKER);
  const [copied = ''] = raced.tokens;
  raced.clock.moveTo('2026-11-10T08:35:00+01:00');
  const given = (await raced.me(copied)).renewed;
  raced.clock.moveTo('2026-11-10T08:36:00+01:00');
  const taken = (await raced.me(copied)).renewed;
  expect((await raced.me(taken)).status).toBe(200);
  raced.clock.moveTo('2026-11-10T08:37:00+01:00');
  expect([(await raced.me(given)).status, (await raced.me(taken)).status]).toEqual([401, 401]);
  expect(raced.warned()).toHaveLength(1);
});

test('a login is ended by a secret of a moment ago as well', async () => {
  const { me, tokens, clock, app } = await begin(CASEWORKER);
  const [first = ''] = tokens;
  clock.moveTo('2026-11-10T08:30:00+01:00');
  const second = (await me(first)).renewed;
  expect((await me(second)).status).toBe(200);
  const headers = { ...json, cookie: `${SESSION_COOKIE}=${first}`, 'idempotency-key': crypto.randomUUID() };
  expect((await app.request('/trpc/session.logout', { method: 'POST', headers })).status).toBe(200);
  expect((await me(second)).status).toBe(401);
});

test('a new secret that was lost on its way is replaced', async () => {
  const { me, tokens, clock } = await begin(CASEWORKER);
  const [first = ''] = tokens;
  clock.moveTo('2026-11-10T08:30:00+01:00');
  const lost = (await me(first)).renewed;
  clock.moveTo('2026-11-10T08:31:00+01:00');
  const { renewed } = await me(first);
  expect([lost === undefined, renewed === undefined, renewed === lost]).toEqual([false, false, false]);
  expect((await me(renewed)).status).toBe(200);
  clock.moveTo('2026-11-10T09:10:00+01:00');
  const { status, renewed: next } = await me(renewed);
  expect([status, next === undefined]).toEqual([200, false]);
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
