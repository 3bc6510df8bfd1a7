import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { mintScope } from '#domain/scope.ts';
import { ROUTES } from '#jobs/queues.ts';
import { createRelay } from '#jobs/relay.ts';
import { LIVE_MESSAGES } from '#messages';
import { createLiveHub, type LiveChange, type LiveHub } from '#platform/live.ts';
import { silentLogger } from '#platform/logger.ts';
import { publishChanges } from '#store/live.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import { jobsDeps, writeOutbox } from '#test/support/jobs.ts';

const system = mintScope({ personId: null, unitIds: 'all' });
let database: TestDatabase;
let parts: ReturnType<typeof jobsDeps>;
const hubs: LiveHub[] = [];

const query = async (sql: string): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
};
const listening = (): Promise<pg.QueryResult> =>
  query(`select pid from pg_stat_activity where datname = current_database() and query = 'listen bindeled_changed'`);

const openHub = async (): Promise<LiveHub> => {
  const hub = createLiveHub(database.url, silentLogger);
  hubs.push(hub);
  await expect.poll(async () => (await listening()).rowCount).toBe(1);
  return hub;
};

beforeAll(async () => {
  database = await freshDatabase();
  parts = jobsDeps(database.url);
});
afterAll(async () => {
  await parts.close();
  await database.drop();
});
afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.close();
  expect((await listening()).rowCount).toBe(0);
});

const changed = (units: string[], persons: string[]) =>
  ({ name: 'referral.changed', payload: { referralId: null, by: 'unit-a', units, persons } }) as const;

test('exactly the live messages go to open pages instead of a queue', () => {
  const live = Object.entries(ROUTES).filter(([, route]) => route === 'live');
  expect(live.map(([name]) => name)).toEqual([...LIVE_MESSAGES]);
});

test('a batch of changes reaches those it concerns with one NOTIFY, and no queue', async () => {
  const hub = await openHub();
  const told: string[] = [];
  const subscribe = (who: string, units: string[], personId: string) =>
    hub.subscribe({ units, personId, sessionId: who }, (what) => told.push(`${who} ${what}`));
  subscribe('of the unit', ['unit-a', 'unit-b'], 'p1');
  subscribe('the person', [], 'p2');
  subscribe('a stranger', ['unit-z'], 'p3');
  const leave = subscribe('who left', ['unit-a'], 'p4');
  leave();
  await writeOutbox(parts, [changed(['unit-a'], []), changed(['unit-b'], ['p2']), changed(['unit-a'], [])]);
  const added: unknown[] = [];
  const relay = createRelay(parts.makeCtx, async (jobs) => void added.push(...jobs));
  expect((await relay()).moved).toBe(3);
  await expect.poll(() => told.length).toBe(2);
  expect(told.sort()).toEqual(['of the unit some', 'the person some']);
  expect(added).toEqual([]);
});

test('more ids than fit into one payload still reach everybody', async () => {
  const hub = await openHub();
  const units = Array.from({ length: 700 }, (_, n) => `a-unit-with-a-rather-long-name-${n}`);
  const reached = new Set<string>();
  for (const unit of units) hub.subscribe({ units: [unit], personId: '', sessionId: 'one' }, () => reached.add(unit));
  await publishChanges(parts.deps.db, system, { units: [...units, ...units], persons: ['p1'] });
  await expect.poll(() => reached.size).toBe(units.length);
});

test('only the system publishes', async () => {
  const hub = await openHub();
  const told: LiveChange[] = [];
  hub.subscribe({ units: ['unit-a'], personId: 'p1', sessionId: 'one' }, (what) => told.push(what));
  await publishChanges(parts.deps.db, mintScope({ personId: 'p9', unitIds: ['unit-a'] }), {
    units: ['unit-a'],
    persons: [],
  });
  await publishChanges(parts.deps.db, system, { units: ['unit-a'], persons: [] });
  await expect.poll(() => told.length).toBe(1);
});

test('after a lost connection it listens again and tells everybody to look at everything', async () => {
  const hub = await openHub();
  const told: LiveChange[] = [];
  hub.subscribe({ units: [], personId: 'p1', sessionId: 'one' }, (what) => told.push(what));
  const [{ pid }] = (await listening()).rows;
  await query(`select pg_terminate_backend(${pid})`);
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['all']);
});

test('words that are no ids of ours do not end the hub', async () => {
  const hub = await openHub();
  const told: LiveChange[] = [];
  hub.subscribe({ units: [], personId: 'p1', sessionId: 'one' }, (what) => told.push(what));
  await query(`select pg_notify('bindeled_changed', 'nonsense')`);
  await publishChanges(parts.deps.db, system, { units: [], persons: ['p1'] });
  await expect.poll(() => told).toEqual(['some']);
});
