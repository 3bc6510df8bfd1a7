import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_BYTES } from '#domain/attachments.ts';
import { keptUntil } from '#domain/retention.ts';
import { instant } from '#domain/time.ts';
import { fileScan } from '#jobs/handlers/file-scan.ts';
import { SWEEPS } from '#jobs/schedule.ts';
import { clamdAt } from '#platform/scanner.ts';
import { type Caller, good, makeApi, openApi, type Sent, type TestApi } from '#test/support/api.ts';
import { HARMFUL_PDF, startClamd } from '#test/support/clamd.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { readPdf, withoutSpace } from '#test/support/pdf.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const AT = '2026-11-03T10:00:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
const COLLEAGUE = 'institution-leader-skole-norrebro';
const OWNER = 'caseworker-bbu-norrebro';
const RECEIVER = 'caseworker-bbu-bispebjerg';
const STRANGERS = ['school-social-worker-skole-valby', 'caseworker-bbu-bispebjerg', 'administrator-sof-stab'];
/** With a case each. */
const TWO = ['A', 'B'].map((name) => ({ name, identity: 'unknown', address: { postalCode: '2200' } }));
const PDF = Buffer.from('%PDF-1.7\nindhold');
const NAME = 'Tegning af Åse.pdf';

type Line = { id: string; name: string; state: string; bytes: number; ofNotifier: boolean };
type Draft = { id: string; stateVersion: number };

let api: TestApi;
beforeAll(async () => {
  api = await openApi(AT);
});
afterAll(() => api.world.drop());

const put = (caller: Caller, to: string, { body = PDF as BodyInit, key = randomUUID(), name = NAME } = {}) => {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'idempotency-key': key,
  };
  return caller.send(`/attachments/${to}`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
};
const added = async (caller: Caller, to: string, options: Parameters<typeof put>[2] = {}): Promise<string> => {
  const response = await put(caller, to, options);
  expect(response.status).toBe(200);
  return ((await response.json()) as { attachmentId: string }).attachmentId;
};
const begin = async (form: unknown = makeForm(), { as } = api): Promise<Draft> =>
  good(await as(SENDER).call('drafts.save', { form }));
const send = async (draft: Draft, { as } = api): Promise<Sent> =>
  good(await as(SENDER).call('drafts.send', { id: draft.id, stateVersion: draft.stateVersion }));
const ofDraft = async ({ id }: Draft, person = SENDER): Promise<Line[]> =>
  good(await api.as(person).call('files.ofDraft', { draftId: id }));
const ofCase = async (id: string, { as } = api): Promise<Line[]> =>
  good<{ files: Line[] }>(await as(OWNER).call('referrals.get', { id })).files;
const refused = async (response: Response): Promise<[number, string | undefined]> => {
  const { fields } = (await response.json()) as { fields: { code: string }[] };
  return [response.status, fields[0]?.code];
};
const left = async () => {
  const { attachment, attachmentPart, sealedKey } = api.db;
  return [await attachment.count(), await attachmentPart.count(), await sealedKey.count()];
};

describe('beside a draft', () => {
  test('shown to whoever writes on it, taken away again, and sent with it into the journal and the proof', async () => {
    const draft = await begin(makeForm({ children: TWO }));
    const [first, second] = [
      await added(api.as(SENDER), `draft/${draft.id}`),
      await added(api.as(COLLEAGUE), `draft/${draft.id}`, { name: 'x.pdf' }),
    ];
    for (const person of [SENDER, COLLEAGUE]) {
      expect(await ofDraft(draft, person)).toMatchObject([
        { id: first, name: NAME, bytes: PDF.length, state: 'cleared' },
        { id: second, name: 'x.pdf' },
      ]);
      expect((await api.as(person).send(`/attachments/${first}`)).status).toBe(200);
    }
    for (const _ of [1, 2]) {
      good(await api.as(SENDER).call('files.remove', { draftId: draft.id, id: second }));
      expect((await ofDraft(draft)).map(({ id }) => id)).toEqual([first]);
    }
    expect(await api.db.sealedKey.count({ where: { recordId: second } })).toBe(0);
    const { notificationId, referrals } = await send(draft);
    expect(referrals).toHaveLength(2);
    for (const { id } of referrals) {
      const events = await api.db.caseEvent.findMany({ where: { referralId: id, kind: 'file-received' } });
      expect(events.map(({ data }) => data)).toEqual([{ attachment: first, type: 'pdf', bytes: PDF.length }]);
    }
    const [one] = referrals;
    expect(await ofCase(one?.id ?? '')).toMatchObject([{ id: first, name: NAME, ofNotifier: true }]);
    expect(await verifyJournal(api.world.systemCtx(AT))).toMatchObject({ intact: true });
    // It is a draft's no more.
    expect((await api.as(SENDER).call('files.ofDraft', { draftId: draft.id })).status).toBe(404);
    expect((await put(api.as(SENDER), `draft/${draft.id}`)).status).toBe(404);
    expect((await api.as(SENDER).call('files.remove', { draftId: draft.id, id: first })).status).toBe(404);
    expect(good(await api.as(SENDER).call('files.ofNotification', { notificationId }))).toMatchObject([{ id: first }]);
  });

  test('nobody else adds, lists, fetches or removes', async () => {
    const draft = await begin();
    const id = await added(api.as(SENDER), `draft/${draft.id}`);
    const before = await left();
    for (const person of [...STRANGERS, OWNER]) {
      const as = api.as(person);
      expect((await put(as, `draft/${draft.id}`)).status, person).toBe(404);
      expect((await as.send(`/attachments/${id}`)).status, person).toBe(404);
      expect((await as.call('files.ofDraft', { draftId: draft.id })).status, person).toBeGreaterThanOrEqual(403);
      expect((await as.call('files.remove', { draftId: draft.id, id })).status, person).toBeGreaterThanOrEqual(403);
    }
    for (const caller of [api.nobody, api.program('a'.repeat(43))]) {
      expect((await put(caller, `draft/${draft.id}`)).status).toBe(401);
      expect((await caller.send(`/attachments/${id}`)).status).toBe(401);
    }
    expect(await left()).toEqual(before);
  });

  test('what is refused or broken off leaves nothing, and no more comes than there is room for', async () => {
    const draft = await begin();
    const before = await left();
    expect(await refused(await put(api.as(SENDER), `draft/${draft.id}`, { body: '<html>' }))).toEqual([
      400,
      'file-type',
    ]);
    let given = 0;
    const broken = new ReadableStream({
      pull: (controller) => {
        given += 1;
        if (given > 20) controller.error(new Error('hung up'));
        else controller.enqueue(Buffer.concat([PDF, Buffer.alloc(65_536)]));
      },
    });
    await put(api.as(SENDER), `draft/${draft.id}`, { body: broken }).catch(() => undefined);
    await expect.poll(left).toEqual(before);
    const large = Buffer.concat([PDF, Buffer.alloc(MOST_BYTES - PDF.length)]);
    for (let n = 0; n < 5; n += 1) await added(api.as(SENDER), `draft/${draft.id}`, { body: large });
    expect(await refused(await put(api.as(SENDER), `draft/${draft.id}`))).toEqual([400, 'too-much-in-files']);
    const many = await begin();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => put(api.as(n % 2 ? SENDER : COLLEAGUE), `draft/${many.id}`)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(200), 400, 400]);
    expect(await ofDraft(many)).toHaveLength(10);
  });

  test('sent again under the same key it is kept once; another file under that key is refused', async () => {
    const draft = await begin();
    const key = randomUUID();
    const id = await added(api.as(SENDER), `draft/${draft.id}`, { key });
    expect(await added(api.as(SENDER), `draft/${draft.id}`, { key })).toBe(id);
    expect((await put(api.as(SENDER), `draft/${draft.id}`, { key, body: '%PDF-other' })).status).toBe(409);
    expect(await ofDraft(draft)).toHaveLength(1);
  });

  test('goes with the draft when nobody has changed it for so long, counted from the last file', async () => {
    const own = await openApi(AT);
    try {
      const draft = await begin(makeForm(), own);
      own.clock.advance(20 * 24 * 3_600_000);
      await added(own.as(SENDER), `draft/${draft.id}`);
      const until = keptUntil('draft', await own.clock.now(), instant(AT));
      const purge = async (at: typeof until) =>
        SWEEPS.find(({ name }) => name === 'purge')?.run(own.world.systemCtx(at));
      await purge(until);
      expect(await own.db.attachment.count()).toBe(1);
      await purge(until.add({ milliseconds: 1 }));
      const counts = [own.db.attachment.count(), own.db.attachmentPart.count(), own.db.draft.count()];
      expect(await Promise.all(counts)).toEqual([0, 0, 0]);
      expect(await own.db.sealedKey.count({ where: { recordKind: { in: ['draft', 'attachment'] } } })).toBe(0);
    } finally {
      await own.world.drop();
    }
  });

  test('one that is under way while the draft is sent is either sent along or not kept', async () => {
    for (let round = 0; round < 6; round += 1) {
      const draft = await begin();
      const [response, sent] = await Promise.all([put(api.as(SENDER), `draft/${draft.id}`), send(draft)]);
      const rows = await api.db.attachment.findMany({
        where: { OR: [{ draftId: draft.id }, { notificationId: sent.notificationId }] },
      });
      expect(rows.map(({ notificationId }) => notificationId)).toEqual(
        response.status === 200 ? [sent.notificationId] : [],
      );
    }
  });
});

/** Everybody who works in the municipality, whatever they are to the case. */
const everybody = [...trainingOrganisation().people.values()].map((person) => person.id);

describe('once it is sent', () => {
  test('whoever may read the case opens it, and who sent it; to all others it is not there', {
    timeout: 60_000,
  }, async () => {
    const draft = await begin();
    const beside = await added(api.as(COLLEAGUE), `draft/${draft.id}`);
    const { notificationId, referrals } = await send(draft);
    const id = referrals[0]?.id ?? '';
    const later = await added(api.as(SENDER), `notification/${notificationId}`);
    const follows = async (): Promise<string[]> => {
      const readers: string[] = [];
      const look = async (person: string): Promise<void> => {
        const seen = (await api.as(person).call('referrals.get', { id })).status === 200;
        for (const file of [beside, later]) {
          const { status } = await api.as(person).send(`/attachments/${file}`);
          expect(status, person).toBe(seen || person === SENDER ? 200 : 404);
        }
        if (seen) readers.push(person);
      };
      for (let n = 0; n < everybody.length; n += 8) await Promise.all(everybody.slice(n, n + 8).map(look));
      return readers;
    };
    const readers = await follows();
    expect(readers).toEqual(expect.arrayContaining([OWNER, 'intake-bbu-norrebro', 'team-leader-bbu-norrebro']));
    // The colleague who put it there and the receiver of a hand-over see no more of it than of the text.
    for (const one of [COLLEAGUE, RECEIVER, SENDER]) expect(readers).not.toContain(one);
    await proposeHandover(api.world.ctxFor(OWNER, AT), { id, to: 'bbu-bispebjerg', reason: 'Flyttet' });
    expect(await follows()).not.toContain(RECEIVER);
    const why = { instead: 'bbu-norrebro', basis: '§ 9', reason: 'Bor ikke her' };
    await declineHandover(api.world.ctxFor(RECEIVER, AT), { id, ...why });
    expect(await follows()).not.toContain(RECEIVER);
    const purposes = (person: string) =>
      api.db.readLog.findMany({ where: { personId: person, purpose: { in: ['file', 'own-file'] } } });
    expect(new Set((await purposes(OWNER)).map(({ purpose, referralIds }) => `${purpose} ${referralIds}`))).toEqual(
      new Set([`file ${id}`]),
    );
    expect(new Set((await purposes(SENDER)).map(({ purpose }) => purpose))).toEqual(new Set(['own-file']));
  });

  test('its notifier lays more beside it, and whoever has it is told; nobody else does', async () => {
    const { notificationId, referrals } = await send(await begin());
    const told = () =>
      api.db.outboundMessage.count({ where: { template: 'addition', referralId: referrals[0]?.id ?? '' } });
    const id = await added(api.as(SENDER), `notification/${notificationId}`);
    expect(await told()).toBe(1);
    expect((await ofCase(referrals[0]?.id ?? '')).map((file) => file.id)).toEqual([id]);
    const before = await left();
    for (const person of [...STRANGERS, OWNER]) {
      expect((await put(api.as(person), `notification/${notificationId}`)).status, person).toBe(404);
      expect((await api.as(person).call('files.ofNotification', { notificationId })).status, person).not.toBe(200);
    }
    expect((await put(api.nobody, `notification/${notificationId}`)).status).toBe(401);
    expect(await left()).toEqual(before);
  });

  test('the proof lists name, size and digest of what was sent', async () => {
    const draft = await begin();
    await added(api.as(SENDER), `draft/${draft.id}`);
    const { notificationId } = await send(draft);
    const proof = await api.as(SENDER).call('notifications.proof', { notificationId, language: 'da' });
    const lines = withoutSpace((await readPdf(good<{ pdf: string }>(proof).pdf)).text);
    expect(lines).toContain(NAME.replaceAll(' ', ''));
    expect(lines).toContain('1kB');
    expect(lines).toContain(createHash('sha256').update(PDF).digest('hex'));
  });
});

test('where a scanner is set: held in the draft and after it is sent, cleared in every case; harm is not sent along', async () => {
  const clamd = await startClamd();
  const scanning = makeApi({ ...api.world, deps: { ...api.world.deps, scan: clamdAt(clamd.url) } }, AT);
  const { as, deps } = { as: scanning.as, deps: scanning.deps };
  const scan = (attachmentId: string) =>
    fileScan(async (rule) => contextsOf(deps).systemCtx(AT, rule), { attachmentId });
  const stateOf = async (id: string) => (await api.db.attachment.findUnique({ where: { id } }))?.state ?? null;
  const draft = await begin(makeForm({ children: TWO }));
  const [clean, harmful, late] = [
    await added(as(SENDER), `draft/${draft.id}`),
    await added(as(SENDER), `draft/${draft.id}`, { body: HARMFUL_PDF, name: 'y.pdf' }),
    await added(as(SENDER), `draft/${draft.id}`, { body: HARMFUL_PDF, name: 'z.pdf' }),
  ];
  expect((await as(SENDER).send(`/attachments/${clean}`)).status).toBe(409);
  await scan(harmful);
  expect((await ofDraft(draft)).map(({ state }) => state)).toEqual(['held', 'refused', 'held']);
  const { notificationId, referrals } = await send(draft);
  expect(await stateOf(harmful)).toBeNull();
  for (const person of [SENDER, OWNER]) expect((await as(person).send(`/attachments/${clean}`)).status).toBe(409);
  await scan(clean);
  await Promise.all([scan(late), scan(late)]);
  expect([await stateOf(clean), await stateOf(late)]).toEqual(['cleared', 'refused']);
  expect((await as(OWNER).send(`/attachments/${clean}`)).status).toBe(200);
  for (const { id } of referrals) {
    const events = await api.db.caseEvent.findMany({ where: { referralId: id, kind: { startsWith: 'file-' } } });
    expect(events.map(({ kind }) => kind).toSorted()).toEqual([
      'file-cleared',
      'file-received',
      'file-received',
      'file-refused',
    ]);
  }
  // Each case's own people are asked, and who sent it sees it.
  expect(await api.db.task.count({ where: { kind: 'refused-file', subject: { startsWith: late } } })).toBe(2);
  const shown = good<Line[]>(await as(SENDER).call('files.ofNotification', { notificationId }));
  expect(shown.map(({ state }) => state)).toEqual(['cleared', 'refused']);
  await clamd.stop();
});
