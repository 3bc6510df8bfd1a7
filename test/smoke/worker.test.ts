import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant, iso } from '#domain/time.ts';
import { callOver, logInOver, Refused } from '#test/support/browser-calls.ts';
import { makeBrowser } from '#test/support/log-in.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { startWorker, type WorkerProcess } from '#test/support/worker-process.ts';
import { holdClock } from '#training/clock.ts';
import { type Municipality, startMunicipality } from '#training/municipality.ts';
import { freePort } from '#training/ports.ts';
import type { Submitted } from '#usecases/store-submission.ts';

/** A Wednesday on which everybody is at work. */
const AT = instant('2026-12-02T10:00:00+01:00');
const TAKER = 'intake-bbu-norrebro';
const SENDER = 'notifier-skole-norrebro';
const STRANGER = 'notifier-skole-valby';
const CHILD = 'Røgprøvebarn';

let dir: string;
let municipality: Municipality;
let worker: WorkerProcess;

const settingsOf = (): { encryptionKeys: string } =>
  JSON.parse(readFileSync(join(dir, 'town', 'settings.json'), 'utf8'));

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bindeled-smoke-'));
  chmodSync(dir, 0o755);
  const logTo = pino.destination({ dest: join(dir, 'training.log'), sync: true });
  const port = await freePort();
  const PUBLIC_URL = `http://localhost:${port}`;
  municipality = await startMunicipality({
    dir: join(dir, 'town'),
    port: 0,
    pages: false,
    logTo,
    otherUrls: [PUBLIC_URL],
  });
  await holdClock(municipality.deps.db, AT);
  const { databaseUrl, login } = municipality;
  const bindings = {
    MODE: 'training',
    ENCRYPTION_KEYS: settingsOf().encryptionKeys,
    PUBLIC_URL,
    OIDC_ISSUER: login.issuer,
    OIDC_CLIENT_ID: login.clientId,
    OIDC_CLIENT_SECRET: login.clientSecret,
  };
  worker = await startWorker({ databaseUrl, port, bindings });
}, 240_000);

afterAll(async () => {
  await worker?.stop();
  await municipality?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const refusalOf = async (work: Promise<unknown>): Promise<number> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refused) return error.status;
    throw error;
  }
  return 200;
};

type List = { readonly items: readonly { readonly id: string }[] };
type Case = { readonly stateVersion: number; readonly status: string };

/** Through the provider, with the cookie of the entry that one came back to. */
const logInAt = async (url: string, who: string): Promise<string> => {
  const browser = makeBrowser();
  await browser.logIn(url, who);
  return browser.cookieAt(url);
};

/** From login to receipt over HTTP. Answers what it was told that is the same for every notification. */
const smoke = async (url: string) => {
  const asSender = await logInAt(url, SENDER);
  const form = makeForm({ children: [{ name: CHILD, cpr: nextCpr(), address: { postalCode: '2200' } }] });
  const key = crypto.randomUUID();
  const sent = (await callOver(url, asSender, 'notifications.submit', form, key)) as Submitted;
  const again = (await callOver(url, asSender, 'notifications.submit', form, key)) as Submitted;
  const id = sent.referrals[0]?.id ?? '';

  const asTaker = await logInAt(url, TAKER);
  const me = (await callOver(url, asTaker, 'session.me', undefined)) as { prints: boolean };
  const list = (await callOver(url, asTaker, 'referrals.worklist', {})) as List;
  const row = list.items.find((item) => item.id === id);
  const get = async () => (await callOver(url, asTaker, 'referrals.get', { id })) as Case;
  const target = { id, stateVersion: (await get()).stateVersion };
  const known = { unit: null, disability: false, elsewhere: false };
  const take = (cookie: string) => callOver(url, cookie, 'referrals.acknowledge', { ...target, known, need: null });
  const strangers = await refusalOf(logInAt(url, STRANGER).then(take));
  await take(asTaker);
  const stale = await refusalOf(take(asTaker));
  const names = await callOver(url, asTaker, 'referrals.names', { ids: [id] });
  const { status } = await get();
  await municipality.jobs.settle();

  const receipt = await municipality.deps.db.outboundMessage.findFirstOrThrow({
    where: { template: 'receipt', notificationId: sent.notificationId },
  });
  const mail = municipality.catcher.list().find(({ messageId }) => messageId?.startsWith(`<${receipt.id}@`));
  return {
    me,
    repeated: again.notificationId === sent.notificationId,
    listed: row !== undefined && Object.keys(row).sort(),
    refused: { strangers, stale, nobody: await refusalOf(callOver(url, '', 'session.me', undefined)) },
    named: JSON.stringify(names).includes(CHILD),
    status,
    receipt: { state: receipt.state, to: mail?.to, subject: mail?.subject },
  };
};

test('both entries answer the same, and what either writes is mailed by the jobs', async () => {
  const [node, workers] = [await smoke(municipality.url), await smoke(worker.url.replace('127.0.0.1', 'localhost'))];
  // A PDF is printed under Node only, and the session says so.
  expect([node.me.prints, workers.me.prints]).toEqual([true, false]);
  expect(workers).toEqual({ ...node, me: { ...node.me, prints: false } });
  expect(workers).toMatchObject({
    me: { personId: TAKER, now: iso(AT) },
    repeated: true,
    refused: { strangers: 404, stale: 409, nobody: 401 },
    named: true,
    status: 'acknowledged',
    receipt: { state: 'sent', to: [`${SENDER}@bindeled.example`] },
  });
}, 120_000);

test('both list the same people to be, and the same list of work', async () => {
  const answers = await Promise.all(
    [municipality.url, worker.url].map(async (url) => ({
      people: await (await fetch(`${url}/training/people`)).json(),
      work: await callOver(url, await logInOver(url, TAKER), 'referrals.worklist', {}),
    })),
  );
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[0]?.people).toEqual(expect.arrayContaining([expect.objectContaining({ id: TAKER })]));
}, 60_000);

test('a Worker has no stream and no clock to move, and leaves no connection behind', async () => {
  const cookie = await logInOver(worker.url, TAKER);
  const statuses = await Promise.all(
    ['/events', '/training/clock', '/training/mailbox'].map(
      async (path) => (await fetch(`${worker.url}${path}`, { headers: { cookie } })).status,
    ),
  );
  expect(statuses).toEqual([404, 404, 404]);

  const { db } = municipality.deps;
  const open = async (): Promise<number> => {
    const [row] = await db.$queryRaw<{ count: bigint }[]>`
      select count(*) from pg_stat_activity where application_name = 'bindeled worker'`;
    return Number(row?.count);
  };
  const ask = () => callOver(worker.url, cookie, 'referrals.counts', undefined);
  const asked = await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`lock table session in access exclusive mode`;
      const waiting = Array.from({ length: 10 }, ask);
      await expect.poll(open, { timeout: 20_000 }).toBeGreaterThanOrEqual(10);
      return waiting;
    },
    { timeout: 30_000 },
  );
  await Promise.all(asked);
  // Closed after the answer has gone.
  await expect.poll(open, { timeout: 20_000 }).toBe(0);
  expect(worker.output()).not.toMatch(/ERROR|uncaught|Barn/i);
}, 60_000);
