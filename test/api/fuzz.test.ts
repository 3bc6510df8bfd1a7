test('whoever leaves in the middle of a body is no failure of ours', async () => {
  const before = logged.length;
  for (const body of ['', '5\r\nab', '3\r\nabc\r\n']) {
    const head = ['OPTIONS /trpc/session.me HTTP/1.1', 'host: a', 'transfer-encoding: chunked'];
    await send(Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`));
  }
  // It notices by itself, a little later than they leave.
  await setTimeout(500);
  expect(logged.slice(before).filter((line) => line.includes('.failed'))).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logIn, SESSION_COOKIE } from '#api/context.ts';
import { createApp } from '#app';
import { type Listening, listenOn } from '#entry/node.ts';
import type { Deps } from '#platform/deps.ts';
import { createLogger } from '#platform/pino-logger.ts';
import { procedures } from '#test/support/api.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { validForm } from '#test/support/form-arbitrary.ts';
import { bodyOf, inputOf, type Pools, shapeOf } from '#test/support/fuzz.ts';
import { movableClock } from '#test/support/jobs.ts';
import { makeForm } from '#test/support/municipality.ts';
import { found } from '#test/support/needles.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { times } from '#test/support/size.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const NOW = '2026-11-03T10:05:00+01:00';
/** Of the procedures and of raw requests together. */
const CALLS = times(4500, 90_000);
const RAW = times(500, 10_000);
/** Another one is as good; a failure prints what it was found with. */
const SEED = Number(process.env.FUZZ_SEED ?? 20261103);

const CPR = '0141144321';
const SECRETS = ['Zebrafinke Ørnsholt', CPR, 'Hemmelighedsvej 7', 'zebrafinke@klinik.example'];
const PEOPLE = [
  'school-social-worker-skole-norrebro',
  'intake-bbu-norrebro',
  'team-leader-bbu-norrebro',
  'administrator-sof-stab',
  'institution-leader-skole-norrebro',
];

let world: TestWorld;
let server: Listening;
let pools: Pools;
let deps: Deps;
const logged: string[] = [];

beforeAll(async () => {
  world = await makeWorld({ connections: 8 });
  const log = createLogger('fuzz', { write: (line) => void logged.push(line) });
  deps = { ...world.deps, log, clock: movableClock(NOW) };
  const app = createApp({ depsFor: () => deps, limits: null, visitorOf: () => '192.0.2.1' });
  server = await listenOn(app, 0, '127.0.0.1');
  const children = [{ name: SECRETS[0], cpr: CPR, address: { postalCode: '2200' } }];
  const sender = () => world.ctxFor('school-social-worker-skole-norrebro', NOW);
  const sent = await submitNotification(sender(), makeForm({ children }));
  const draft = await saveDraft(sender(), { form: { concern: { narrative: SECRETS[2] } } });
  const [session] = await Promise.all([world.deps.db.session.findFirst(), logIn(deps, PEOPLE[0] ?? '')]);
  pools = {
    ids: [
      sent.notificationId,
      ...sent.referrals.map(({ id }) => id),
      draft.id,
      session?.id ?? randomUUID(),
      randomUUID(),
    ],
    words: [
      ...trainingOrganisation().units.keys(),
      ...PEOPLE,
      'phone',
      'phone-call',
      'da',
      'nothing',
      '§ 9',
      'school-place',
    ],
    secrets: SECRETS,
  };
});
afterAll(async () => {
  await server.close();
  await world.drop();
});

/** What a log may hold of a refusal is nothing; of a failure there must be none. */
const expectQuiet = (): void => {
  const lines = logged.join('');
  expect(found(Buffer.from(lines), SECRETS)).toEqual([]);
  expect(logged.filter((line) => line.includes('.failed'))).toEqual([]);
};

/** How often each status was answered. */
const answered = new Map<number, number>();

const call = async (procedure: string, cookie: string | null, body: string): Promise<void> => {
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
    ...(cookie === null ? {} : { cookie }),
  };
  const response = await fetch(`${server.url}/trpc/${procedure}`, { method: 'POST', headers, body });
  const text = await response.text();
  answered.set(response.status, (answered.get(response.status) ?? 0) + 1);
  expect(response.status, `${procedure} ${body.slice(0, 2000)} ${text.slice(0, 500)}`).toBeLessThan(500);
  expect(() => JSON.parse(text), procedure).not.toThrow();
  // What is refused never says what was asked.
  if (response.status >= 400) expect(found(Buffer.from(text), SECRETS), procedure).toEqual([]);
};

const each = Math.ceil(CALLS / procedures.size);

describe(`no call fails inside (${each} of each procedure, seed ${SEED})`, () => {
  const needs = [...new Set(trainingOrganisation().matrix.map(({ need }) => need))];
  const form = validForm(['skole-norrebro', 'skole-valby'], needs);
  const atDoor = form.map((notification) => ({ notification, confirmation: null }));
  const forms: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    'notifications.submit': form,
    'door.submit': atDoor,
    'door.submitAnonymously': atDoor,
  };
  test.each([...procedures.keys()])('%s', async (procedure) => {
    const shape = shapeOf(procedure);
    const plain = shape ? inputOf(shape, pools) : fc.constant(undefined);
    const valid = forms[procedure];
    // Logged in afresh: what was tried before may have logged them out.
    const login = async (person: string) => `${SESSION_COOKIE}=${(await logIn(deps, person)).token}`;
    const cookies = [...(await Promise.all(PEOPLE.map(login))), null, `${SESSION_COOKIE}=nobodys`];
    const input = valid ? fc.oneof(plain, valid, valid) : plain;
    const calls = fc.sample(fc.tuple(bodyOf(input), fc.constantFrom(...cookies)), { numRuns: each, seed: SEED });
    for (let at = 0; at < calls.length; at += 8) {
      await Promise.all(calls.slice(at, at + 8).map(([body, cookie]) => call(procedure, cookie, body)));
    }
    expectQuiet();
  });
  test('enough of it got through to be worth something, and enough did not', () => {
    const counts = [200, 400, 401, 404].map((status) => answered.get(status) ?? 0);
    for (const count of counts) expect(count, counts.join(' ')).toBeGreaterThan(CALLS / 50);
  });
});

/** Sends bytes as they are and answers the status line's number; null when nothing was answered. */
const send = (bytes: Uint8Array): Promise<number | null> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    const over = (): void => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0) || null);
    };
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n\r\n')) over();
    });
    socket.on('error', over);
    socket.on('close', over);
    socket.setTimeout(200, over);
    socket.end(bytes);
  });

const letters = fc.string({ unit: fc.constantFrom(...'abc/.%&=?;:@ é\u0000\r\n\t"<>{}[]\\^~\u00ff'), maxLength: 60 });
const line = fc.tuple(
  fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'HEAD', 'BREW', ''),
  fc.oneof(
    fc.constantFrom(
      '/',
      '/trpc/session.me',
      '/trpc/drafts.save',
      '/trpc/__proto__',
      '/trpc/a,b?batch=1',
      '/events',
      '/health/ready',
    ),
    fc.constantFrom(
      '/trpc/%2e%2e%2f',
      '/%00',
      '/..%2f..%2fetc/passwd',
      '/trpc/%E0%A4%A',
      '//evil.example/',
      'http://evil.example/',
      '*',
    ),
    letters.map((path) => `/${path}`),
    letters.map((path) => `/trpc/${path}`),
    fc.constant(`/trpc/${'a'.repeat(9000)}`),
  ),
  fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', ''),
);
const header = fc.oneof(
  fc.constantFrom(
    'content-type: application/json',
    'content-type: application/json; charset=utf-16',
    'content-length: 10',
    'content-length: -1',
    'content-length: 99999999999',
    'transfer-encoding: chunked',
    'transfer-encoding: gzip, chunked',
    'expect: 100-continue',
    'upgrade: websocket',
    'connection: upgrade',
    'idempotency-key: 12345678',
    'origin: null',
    'origin: http://evil.example',
    'x-forwarded-for: 1.2.3.4, %00',
    'x-http-method-override: DELETE',
    'trpc-accept: application/jsonl',
    'content-encoding: br',
    'authorization: Bearer zebrafinke@klinik.example',
    'range: bytes=0-9999999999',
    `cookie: ${'a=b; '.repeat(1000)}`,
    `x: ${'y'.repeat(20_000)}`,
  ),
  fc.constantFrom(...SECRETS).map((secret) => `cookie: bindeled_session=${encodeURIComponent(secret)}`),
  fc.tuple(letters, letters).map(([name, value]) => `${name}: ${value}`),
);
const request = fc
  .tuple(line, fc.array(header, { maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 80 }))
  .map(([[method, path, version], headers, body]) =>
    Buffer.from(`${method} ${path} ${version}\r\nhost: localhost\r\n${headers.join('\r\n')}\r\n\r\n${body}`, 'utf8'),
  );
const raw = fc.oneof(
  { weight: 8, arbitrary: request },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  {
    weight: 1,
    arbitrary: fc.constant(
      Buffer.from(
        'POST /trpc/drafts.save HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /',
      ),
    ),
  },
);

test(`no bytes bring the server down or make it fail (${RAW} requests, seed ${SEED})`, async () => {
  const sent = fc.sample(raw, { numRuns: RAW, seed: SEED });
  for (let at = 0; at < sent.length; at += 16) {
    const part = sent.slice(at, at + 16);
    const statuses = await Promise.all(part.map(send));
    // 501 and 505 are Node's own refusals of what no HTTP server does.
    for (const [place, status] of statuses.entries()) {
      expect(status === null || status < 500, `${status} ${Buffer.from(part[place] ?? []).toString('latin1')}`).toBe(
        true,
      );
    }
  }
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  expectQuiet();
});
