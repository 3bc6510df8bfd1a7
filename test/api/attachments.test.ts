import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '#app';
import { MOST_BYTES } from '#domain/attachments.ts';
import { type Caller, good, openApi, sendForm, type TestApi } from '#test/support/api.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';

const AT = '2026-11-03T10:00:00+01:00';
const NIGHT = '2026-11-03T22:40:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
const OWNER = 'caseworker-bbu-norrebro';
const RECEIVER = 'caseworker-bbu-bispebjerg';
const DUTY = 'dognvagten';
const PDF = Buffer.from('%PDF-1.7\nindhold');
const NAME = 'Åses "lægeerklæring".pdf';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await openApi(AT);
  id = (await sendForm(api.as(SENDER), makeForm())).referralId;
});
afterAll(() => api.world.drop());

const BYTES = { 'content-type': 'application/octet-stream' };
type Request = { headers?: Record<string, string | null>; body?: BodyInit | null; to?: string };
const add = (caller: Caller, { headers = {}, body = PDF, to = id }: Request = {}): Promise<Response> => {
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(NAME)}`;
  const all = { ...BYTES, 'content-disposition': disposition, 'idempotency-key': randomUUID(), ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => one[1] !== null));
  const init = { method: 'POST', headers: sent, body, duplex: 'half' };
  return caller.send(`/attachments/referral/${to}`, init as RequestInit);
};
const added = async (to: string, by: Caller): Promise<string> => {
  const response = await add(by, { to });
  expect(response.status).toBe(200);
  return ((await response.json()) as { attachmentId: string }).attachmentId;
};
const rows = async () => {
  const { db } = api;
  return [
    await db.attachment.count(),
    await db.attachmentPart.count(),
    await db.sealedKey.count(),
    await db.caseEvent.count(),
  ];
};

test('what is sent comes back to be saved, under its name, shown and kept by no browser', async () => {
  const attachmentId = await added(id, api.as(OWNER));
  const response = await api.as(OWNER).send(`/attachments/${attachmentId}`);
  expect(response.status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(PDF.length),
    'content-disposition': `attachment; filename="fil.pdf"; filename*=UTF-8''%C3%85ses%20l%C3%A6geerkl%C3%A6ring.pdf`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
  });
});

/** Everybody who works in the municipality, whatever they are to the case. */
const everybody = [...trainingOrganisation().people.values()].map((person) => person.id);

/** Files follow the case: whoever may open it may fetch, whoever may write a casework step may add; to all others neither is there. */
const followsTheCase = async (
  to: string,
  by: string,
  { as }: TestApi = api,
): Promise<{ readers: string[]; writers: string[] }> => {
  const attachmentId = await added(to, as(by));
  const [readers, writers]: [string[], string[]] = [[], []];
  const look = async (person: string): Promise<void> => {
    const seen = await as(person).call('referrals.get', { id: to });
    const acts = seen.status === 200 ? good<{ acts: string[] }>(seen).acts : [];
    const read = await as(person).send(`/attachments/${attachmentId}`);
    const wrote = await add(as(person), { to });
    expect([read.status, wrote.status], person).toEqual([seen.status, acts.includes('add-evidence') ? 200 : 404]);
    const bytes = await read.text();
    if (read.status === 200) readers.push(person);
    else expect(bytes, person).toBe(await (await as(person).send(`/attachments/${randomUUID()}`)).text());
    if (wrote.status === 200) writers.push(person);
    else expect(await wrote.text(), person).toBe(await (await add(as(person), { to: randomUUID() })).text());
  };
  for (let n = 0; n < everybody.length; n += 8) await Promise.all(everybody.slice(n, n + 8).map(look));
  return { readers, writers };
};

describe('who', () => {
  test('the owner, before, while and after another unit is asked and refuses; no side of it', {
    timeout: 60_000,
  }, async () => {
    const alone = await followsTheCase(id, OWNER);
    expect(alone.writers).toEqual(expect.arrayContaining([OWNER, 'intake-bbu-norrebro', 'team-leader-bbu-norrebro']));
    expect(alone.readers).toEqual(
      expect.arrayContaining([...alone.writers, 'area-manager-bbu', 'centre-director-bbu']),
    );
    expect(alone.writers).not.toContain('area-manager-bbu');
    for (const one of [SENDER, RECEIVER, 'caseworker-bbu-bhv', 'administrator-sof-stab', 'notifier-skole-valby']) {
      expect(alone.readers).not.toContain(one);
    }
    await proposeHandover(api.world.ctxFor(OWNER, AT), { id, to: 'bbu-bispebjerg', reason: 'Flyttet' });
    expect((await followsTheCase(id, OWNER)).readers).not.toContain(RECEIVER);
    const why = { instead: 'bbu-norrebro', basis: '§ 9', reason: 'Bor ikke her' };
    await declineHandover(api.world.ctxFor(RECEIVER, AT), { id, ...why });
    const disputed = await followsTheCase(id, OWNER);
    for (const one of [RECEIVER, 'buf-sof-coordinator-sof-stab', 'director-sof-stab']) {
      expect(disputed.readers).not.toContain(one);
    }
  });

  test('the duty unit while it has the assessment', { timeout: 60_000 }, async () => {
    const night = await openApi(NIGHT);
    try {
      const { referralId } = await sendForm(night.as(SENDER), makeForm(ACUTE));
      const row = await night.db.referral.findUniqueOrThrow({ where: { id: referralId } });
      expect([row.ownerUnitId, row.assessmentUnitId]).toContain(DUTY);
      const { readers, writers } = await followsTheCase(referralId, `duty-officer-${DUTY}`, night);
      expect(readers).toContain(`duty-officer-${DUTY}`);
      expect(writers).toContain(`duty-officer-${DUTY}`);
    } finally {
      await night.world.drop();
    }
  });

  test('nobody without a login, after it has ended, or with a key of a program', async () => {
    const attachmentId = await added(id, api.as(OWNER));
    const ended = api.afresh('intake-bbu-norrebro');
    good(await ended.call('session.logout'));
    const before = await rows();
    for (const caller of [ended, api.nobody, api.program('a'.repeat(43))]) {
      expect((await caller.send(`/attachments/${attachmentId}`)).status).toBe(401);
      expect((await add(caller)).status).toBe(401);
    }
    expect(await rows()).toEqual(before);
  });

  test('no page of another site', async () => {
    const before = await rows();
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await add(api.as(OWNER), { headers })).status).toBe(403);
    }
    expect(await rows()).toEqual(before);
  });
});

describe('what is refused is said of the field and leaves nothing', () => {
  /** So many bytes, as somebody sends them who does not say how many there are. */
  const stream = (bytes: number): ReadableStream => {
    const piece = Buffer.concat([PDF, Buffer.alloc(65_536)]).subarray(0, 65_536);
    let left = Math.ceil(bytes / piece.length);
    return new ReadableStream({
      pull: (controller) => {
        controller.enqueue(piece);
        left -= 1;
        if (left === 0) controller.close();
      },
    });
  };

  test.each([
    ['no content', { body: null }, 400, 'file-empty'],
    ['a page', { body: '<!doctype html>' }, 400, 'file-type'],
    [
      'a page that says it is a PDF',
      { body: '<html>', headers: { 'content-type': 'application/pdf' } },
      400,
      'file-type',
    ],
    ['too large, as it says', { headers: { 'content-length': String(MOST_BYTES + 1) } }, 413, 'file-too-large'],
    ['too large without saying so', { body: () => stream(MOST_BYTES + 1) }, 413, 'file-too-large'],
  ] as const)('%s', async (_what, request, status, code) => {
    const before = await rows();
    const body = 'body' in request ? request.body : PDF;
    const response = await add(api.as(OWNER), {
      ...request,
      body: typeof body === 'function' ? body() : body,
    } as Request);
    expect(response.status).toBe(status);
    const said = {
      path: 'file',
      code,
      da: expect.stringContaining('Filen: '),
      en: expect.stringContaining('The file: '),
    };
    expect(await response.json()).toMatchObject({ status, fields: [said] });
    expect(await rows()).toEqual(before);
  });

  test('without a key, or with the key of another file', async () => {
    const before = await rows();
    const without = await add(api.as(OWNER), { headers: { 'idempotency-key': null } });
    expect([without.status, await without.text()]).toEqual([400, expect.stringContaining('Idempotency-Key')]);
    expect(await rows()).toEqual(before);
    const headers = { 'idempotency-key': randomUUID() };
    const first = await (await add(api.as(OWNER), { headers })).json();
    expect(await (await add(api.as(OWNER), { headers })).json()).toEqual(first);
    expect((await add(api.as(OWNER), { headers, body: '%PDF-other' })).status).toBe(409);
  });

  test('a closed case takes none', async () => {
    const { referralId: to } = await sendForm(api.as(SENDER), makeForm());
    const error = { id: to, stateVersion: 0, reason: 'Sendt to gange' };
    good(await api.as('team-leader-bbu-norrebro').call('referrals.markInError', error));
    expect((await add(api.as(OWNER), { to })).status).toBe(409);
  });
});

test('whatever is sent, no answer is an error of ours, none repeats it, and only whole files stay', async () => {
  const names = ["UTF-8''%", "UTF-8''%ff%fe", 'x'.repeat(3_000), "UTF-8''..%2f..%2fa", "UTF-8''%0d%0aX:1", "''", '"'];
  for (const name of names) {
    for (const body of [PDF, randomBytes(300), Buffer.alloc(70_000), 'PLANTET', null]) {
      const response = await add(api.as(OWNER), {
        headers: { 'content-disposition': `attachment; filename*=${name}` },
        body,
      });
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toContain('PLANTET');
    }
  }
  for (const path of [
    '/attachments/x',
    '/attachments/',
    '/attachments/referral/x',
    '/attachments/%00',
    '/attachments/a/b',
  ]) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const headers = { ...BYTES, 'idempotency-key': randomUUID() };
      expect((await api.as(OWNER).send(path, { method, headers })).status, `${method} ${path}`).toBe(404);
    }
  }
  expect(await api.db.attachment.count({ where: { state: 'arriving' } })).toBe(0);
});

test('where none are kept, as under Workers, that is what is said', async () => {
  const app = createApp({ depsFor: () => api.deps, limits: null });
  for (const [path, method] of [
    [`/attachments/referral/${id}`, 'POST'],
    [`/attachments/${id}`, 'GET'],
  ] as const) {
    const response = await app.request(path, { method, headers: BYTES });
    expect([response.status, await response.json()]).toEqual([
      501,
      expect.objectContaining({
        code: 'NOT_HERE',
        reason: { da: expect.stringContaining('filer'), en: expect.stringContaining('Files') },
      }),
    ]);
  }
});
