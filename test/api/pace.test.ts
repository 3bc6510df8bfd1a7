import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, SESSION_COOKIE } from '#api/context.ts';
import { LIMITS, type Limits, TOLD_BY } from '#api/pace.ts';
import { createApp } from '#app';
import type { Deps } from '#platform/deps.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { movableClock } from '#test/support/jobs.ts';

const START = '2026-11-10T08:00:10+01:00';
const json = { 'content-type': 'application/json' };

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 4 });
});
afterAll(() => world.drop());

type Given = { readonly processes?: number; readonly visitor?: string; readonly log?: Deps['log'] };
/** Production's app in so many processes over one database, asked from one network address. */
const begin = async (personId: string, given: Partial<Limits>, of: Given = {}) => {
  const { processes = 1, visitor = '192.0.2.1', log = world.deps.log } = of;
  const clock = movableClock(START);
  const deps: Deps = { ...world.deps, clock, training: false, log };
  const limits = { ...LIMITS, ...given };
  const apps = Array.from({ length: processes }, () =>
    createApp({ depsFor: () => deps, limits, visitorOf: () => visitor }),
  );
  const { token } = await logIn(deps, personId);
  const ask = (by: string | null, process = 0, path = '/trpc/session.me') => {
    const cookie = by === null ? {} : { cookie: `${SESSION_COOKIE}=${by}` };
    const asked = apps[process]?.request(path, { method: 'POST', headers: { ...json, ...cookie } });
    if (!asked) throw new Error('no such process');
    return asked;
  };
  const many = async (count: number, by: string | null, process = 0, path?: string) => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i++) statuses.push((await ask(by, process, path)).status);
    return statuses;
  };
  return { ask, many, token, clock, apps };
};
const of = (count: number, status: number): number[] => Array.from({ length: count }, () => status);

test('a person who asks too much waits for the next minute, and others do not', async () => {
  const { ask, many, token, clock } = await begin('caseworker-bbu-norrebro', { perPerson: 30 });
  expect(await many(30, token)).toEqual(of(30, 200));
  const refused = await ask(token);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  const { error } = (await refused.json()) as { error: { data: unknown } };
  expect(error.data).toMatchObject({
    code: 'RATE_LIMITED',
    reason: { da: expect.stringMatching(/^Der er spurgt/), en: expect.stringMatching(/^Too much/) },
  });
  expect(await many(1, null)).toEqual([401]);
  clock.moveTo('2026-11-10T08:01:00+01:00');
  expect(await many(1, token)).toEqual([200]);
});

test('the technical log tells of it once a minute: by which limit, and who, where a line can name them', async () => {
  const person = 'caseworker-bbu-valby';
  const told: unknown[] = [];
  const log = { ...world.deps.log, warn: (...line: unknown[]) => void told.push(line) };
  const { many, ask, token, clock } = await begin(person, { perPerson: 5, perVisitor: 2, atDoor: 1 }, { log });
  await many(9, token);
  expect(told).toEqual([['pace.refused', { rule: 'in-a-minute', personId: person }]]);
  await many(4, null);
  await many(3, null, 0, '/trpc/door.choices');
  expect(told.slice(1)).toEqual([
    ['pace.refused', { rule: 'in-a-minute' }],
    ['pace.refused', { rule: 'at-door' }],
  ]);
  clock.moveTo('2026-11-10T08:01:00+01:00');
  expect((await ask(token)).status).toBe(200);
  expect(told).toHaveLength(3);
  await many(9, token);
  expect(told).toHaveLength(4);
});

test('processes count together, but for what each tells at a time', async () => {
  const { many, token } = await begin('caseworker-bbu-valby', { perPerson: 3 * TOLD_BY }, { processes: 3 });
  for (const process of [0, 1, 2]) expect(await many(TOLD_BY, token, process)).toEqual(of(TOLD_BY, 200));
  const further = await Promise.all([0, 1, 2].map((process) => many(TOLD_BY, token, process)));
  // The last to tell knows of all; the others let through at most what they tell at a time.
  expect(further[2]).toEqual(of(TOLD_BY, 429));
  for (const statuses of further) expect(statuses.at(-1)).toBe(429);
});

test('whoever is not logged in is counted by network address, with a secret that opens nothing as well', async () => {
  const { many } = await begin('caseworker-bbu-norrebro', { perVisitor: 10 }, { visitor: '192.0.2.2' });
  expect(await many(5, null)).toEqual(of(5, 401));
  expect(await many(5, 'nobodys')).toEqual(of(5, 401));
  expect(await many(2, 'others')).toEqual(of(2, 429));
});

test('the door is counted in memory only', async () => {
  const { many } = await begin('caseworker-bbu-norrebro', { atDoor: 3, perVisitor: 0 }, { visitor: '192.0.2.3' });
  const before = await world.deps.db.doorCount.count();
  expect(await many(4, null, 0, '/trpc/door.choices')).toEqual([200, 200, 200, 429]);
  expect(await world.deps.db.doorCount.count()).toBe(before);
});

test('no more at once than a person, or the process, can do; and all of it is let go again', async () => {
  const person = await begin('caseworker-bbu-amager-vest', { atOnceEach: 3 });
  const together = async () => (await Promise.all(of(6, 0).map(() => person.ask(person.token)))).map((r) => r.status);
  expect((await together()).filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
  expect(await person.many(6, person.token)).toEqual(of(6, 200));

  const all = await begin('caseworker-bbu-amager-ost', { atOnce: 2 });
  const answers = await Promise.all(of(6, 0).map(() => all.ask(all.token)));
  const busy = answers.filter(({ status }) => status === 503);
  expect(busy).toHaveLength(4);
  expect(busy[0]?.headers.get('retry-after')).toBe('2');
  expect(await busy[0]?.json()).toMatchObject({
    code: 'UNAVAILABLE',
    detail: expect.stringMatching(/^Der er .* · It is /),
  });
  expect(await all.many(3, all.token)).toEqual(of(3, 200));
  // The load balancer is always answered.
  const health = await Promise.all(of(6, 0).map(() => all.apps[0]?.request('/health/live')));
  expect(health.map((answer) => answer?.status)).toEqual(of(6, 200));
});
