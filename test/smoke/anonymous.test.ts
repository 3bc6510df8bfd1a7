import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { T } from '#domain/time.ts';
import { logInOver } from '#test/support/browser-calls.ts';
import { type Dump, dumpDatabase, filesBelow } from '#test/support/dump.ts';
import { instantsIn } from '#test/support/instants.ts';
import { makeForm } from '#test/support/municipality.ts';
import { found, foundInMail } from '#test/support/needles.ts';
import { moveClock } from '#training/clock.ts';
import { type Municipality, startMunicipality } from '#training/municipality.ts';

const MANY = 100;
const PERSON = 'notifier-skole-norrebro';
const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;

type Window = { readonly from: number; readonly until: number };
type Kept = { readonly dump: Dump; readonly logs: Buffer; readonly mails: { path: string; bytes: Buffer }[] };

let dir: string;
let town: Municipality;
let window: Window;
let named: Window;
let cookie: string;
let personBefore: number;
/** As it stood right after the hundred, and once everything that follows from them had left. */
let soon: Kept;
let later: Kept;
const addresses = Array.from({ length: MANY }, (_, at) => `127.77.${1 + Math.floor(at / 50)}.${20 + (at % 50)}`);
const agents = addresses.map((_, at) => `Plantet-Browser/${7000 + at}.31`);
const keys = addresses.map(() => crypto.randomUUID());

/** From a network address of its own, with everything that a browser says of itself. */
const send = (at: number, path: string, body: unknown): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': keys[at] ?? '',
      'user-agent': agents[at] ?? '',
      'x-forwarded-for': `198.51.100.${at}`,
      'accept-language': `da-DK;q=0.${100 + at}`,
      cookie,
    };
    const { port } = new URL(town.url);
    const localAddress = addresses[at] ?? '';
    const asked = request({ host: '127.0.0.1', port, path, method: 'POST', headers, localAddress }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });

const form = (notifier: unknown, acute: boolean) => ({
  notification: makeForm({
    notifier,
    parentsInformed: undefined,
    acute: acute ? { marked: true, why: 'Kan ikke vente' } : { marked: false },
  }),
});

const keep = async (): Promise<Kept> => ({
  dump: await dumpDatabase(town.databaseUrl),
  logs: readFileSync(join(dir, 'training.log')),
  mails: filesBelow(join(dir, 'town', 'mailbox')),
});
const occurrences = (bytes: Buffer, text: string): number => bytes.toString('latin1').split(text).length - 1;

/** Longer than any sweep rests, so that what they note of themselves is of a later instant. */
const REST = 6_500;
/** Longer than a hundred take. */
const CLOSE = 45_000;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bindeled-anonymous-'));
  chmodSync(dir, 0o755);
  const logTo = pino.destination({ dest: join(dir, 'training.log'), sync: true });
  town = await startMunicipality({ dir: join(dir, 'town'), port: 0, pages: false, logTo });
  cookie = await logInOver(town.url, PERSON);
  await pause(1_000);
  const begun = Date.now();
  const citizen = { basis: 'citizen', notifierCode: 13, name: 'Nabo' };
  const answered = await send(0, '/trpc/door.submit', { ...form(citizen, false), confirmation: null });
  expect(answered).toBe(200);
  named = { from: begun, until: Date.now() };
  await pause(REST);
  personBefore = occurrences((await dumpDatabase(town.databaseUrl)).bytes, PERSON);
  keys[0] = crypto.randomUUID();

  // At a whole five minutes what waited for it leaves, for everybody and a few milliseconds late.
  const toNext = FIVE_MINUTES - (Date.now() % FIVE_MINUTES);
  if (toNext < CLOSE) await pause(toNext + REST);
  const from = Date.now();
  for (const at of addresses.keys()) {
    const anonymous = { basis: 'anonymous', notifierCode: 8 };
    expect(await send(at, '/trpc/door.submitAnonymously', form(anonymous, at % 4 === 0))).toBe(200);
  }
  window = { from, until: Date.now() };
  await pause(REST);
  soon = await keep();
  const now = await town.deps.clock.now();
  const over = T.Instant.fromEpochMilliseconds((Math.floor(Date.now() / HOUR) + 1) * HOUR + 90_000);
  await moveClock(town.deps.db, town.jobs, now, over);
  later = await keep();
}, 180_000);

afterAll(async () => {
  await town?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Instants of the window but for the whole five minutes, which are everybody's. */
const within = (bytes: Uint8Array, { from, until }: Window): number[] =>
  instantsIn(bytes).filter((at) => at >= Math.floor(from / 1000) * 1000 && at <= until && at % FIVE_MINUTES !== 0);

test('what is looked for would be found: a named notification tells its instant', () => {
  expect(within(soon.dump.bytes, named).length).toBeGreaterThan(10);
});

test('a hundred were stored, and their units were told', async () => {
  const { db } = town.deps;
  const rows = await db.notification.findMany({ where: { basis: 'anonymous' } });
  expect(rows).toHaveLength(MANY);
  expect(new Set(rows.map(({ receivedAt }) => receivedAt.getTime() % HOUR))).toEqual(new Set([0]));
  expect(rows.every(({ receivedAt }) => receivedAt.getTime() <= window.from)).toBe(true);
  for (const { acute, registeredAt } of rows) expect(registeredAt.getTime() % (acute ? FIVE_MINUTES : HOUR)).toBe(0);
  const referrals = await db.referral.findMany({ where: { notification: { basis: 'anonymous' } } });
  expect(referrals.every(({ caseNumber }) => /^\d{4}-9\d{5}$/.test(caseNumber))).toBe(true);
  const told = await db.outboundMessage.findMany({ where: { template: 'referral-received', state: 'sent' } });
  expect(told.length).toBeGreaterThanOrEqual(MANY / 4);
  expect(await db.outboundMessage.count({ where: { template: 'receipt' } })).toBe(0);
  expect(await db.draft.count()).toBe(0);
  expect(await db.doorCount.count()).toBe(1);
});

describe('nothing leads from one of them to its sender', () => {
  const stages = () => [soon, later];

  test('no instant at which one of them came, in any table, the queue’s among them', () => {
    for (const { dump } of stages()) {
      expect(dump.tables.filter((table) => table.startsWith('bullmq.')).length).toBeGreaterThan(1);
      expect(within(dump.bytes, window)).toEqual([]);
    }
  });

  test('nor in the log, nor in a mail', () => {
    expect(later.mails.length).toBeGreaterThan(MANY / 4);
    for (const { logs, mails } of stages()) {
      expect(within(logs, window)).toEqual([]);
      for (const { bytes, path } of mails) expect(within(bytes, window), path).toEqual([]);
    }
  });

  test('no address, user agent or key of the sending, in any encoding', () => {
    const planted = [...addresses, ...agents, ...keys, '198.51.100.', cookie.split('=')[1] ?? ''];
    for (const { dump, logs, mails } of stages()) {
      expect(found(dump.bytes, planted)).toEqual([]);
      expect(found(logs, planted)).toEqual([]);
      for (const { bytes, path } of mails) expect(foundInMail(bytes, planted), path).toEqual([]);
    }
  });

  test('no hash of an address that anybody with the keys of the product could make again', () => {
    const { vault } = town.deps;
    const purposes = ['cpr', 'idempotency', 'mail', 'session', 'code', 'link', 'rate'] as const;
    const day = T.Instant.fromEpochMilliseconds(window.from).toZonedDateTimeISO('Europe/Copenhagen').toPlainDate();
    // The first address also sent the named notification, which may be counted.
    const hashes = addresses
      .slice(1)
      .flatMap((address) => [
        createHash('sha256').update(address).digest(),
        ...purposes.map((purpose) => Buffer.from(vault.index(purpose, address))),
        Buffer.from(vault.index('rate', `${day}:submit-visitor:${address}`)),
      ]);
    const held = Buffer.from([...town.deps.quietCounts.held().keys()].join(' '));
    for (const hash of hashes) {
      for (const { dump } of stages()) expect(dump.bytes.includes(hash)).toBe(false);
      expect(held.includes(hash.toString('base64url')) || held.includes(hash.toString('hex'))).toBe(false);
    }
  });

  test('the rate counters know how many came, and not from where or when', () => {
    const held = town.deps.quietCounts.held();
    const bytes = Buffer.from(JSON.stringify([...held]));
    expect([...held.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(found(bytes, addresses)).toEqual([]);
    expect(instantsIn(bytes)).toEqual([]);
  });

  test('whose login the browser carried stands nowhere with it', () => {
    expect(personBefore).toBeGreaterThan(0);
    for (const { dump } of stages()) expect(occurrences(dump.bytes, PERSON)).toBe(personBefore);
  });
});
