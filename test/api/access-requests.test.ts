import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { upsertKnownCases } from '#store/children.ts';
import { good, openApi, sendForm, type TestApi } from '#test/support/api.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { readPdf, withoutSpace } from '#test/support/pdf.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const AT = '2026-11-03T10:00:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const ABOVE = 'area-manager-bbu';

type Item = { key: string; section: string; label: string | null; text: string; third: unknown; said: unknown };
type Read = {
  open: { items: Item[]; left: number; dueAt: string; elsewhere: string[] } | null;
  ended: { id: string; state: string }[];
};

const FAMILY = {
  family: { parents: [{ name: 'Mor Møller' }], siblings: [{ name: 'Lillebror Møller', age: 4 }] },
  notifier: { basis: 'professional', notifierCode: 2, name: 'Birgitte Underretter' },
  concern: { narrative: 'Barnet kommer sultent i skole.' },
};

let api: TestApi;
let id: string;
let notificationId: string;
beforeAll(async () => {
  api = await openApi(AT);
});
beforeEach(async () => {
  const sent = await sendForm(api.as(SENDER), makeForm(FAMILY));
  [id, notificationId] = [sent.referralId, sent.notificationId];
});
afterAll(() => api.world.drop());

const act = (what: string, input: object = {}, person = LEADER) =>
  api.as(person).call(`access.${what}`, { id, ...input });
const read = async (): Promise<Read> => good(await act('read'));
const begin = (input: object = {}) =>
  act('begin', { receivedOn: '2026-11-02', reason: 'Mor har forældremyndigheden', ...input });
const review = (key: string, keep: boolean) => act('review', { key, keep, reason: keep ? 'Om barnet' : 'Om andre' });
const reviewAll = async (keep: (item: Item) => boolean): Promise<void> => {
  for (const item of (await read()).open?.items ?? []) if (item.third) good(await review(item.key, keep(item)));
};
const lines = async () => {
  const events = await api.db.caseEvent.findMany({ where: { referralId: id, kind: { startsWith: 'access-' } } });
  return events.map(({ kind }) => kind);
};
const clock = () =>
  api.db.deadline.findFirst({ where: { referralId: id, kind: 'access-request' }, orderBy: { id: 'desc' } });

/** What is in the archive, unpacked by somebody else's program. */
const unpacked = async (requestId: string) => {
  const { zip, fileName } = good<{ zip: string; fileName: string }>(await act('fetch', { requestId }));
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-access-'));
  try {
    writeFileSync(join(dir, fileName), Buffer.from(zip, 'base64'));
    execFileSync('python3', ['-m', 'zipfile', '-t', join(dir, fileName)]);
    execFileSync('python3', ['-m', 'zipfile', '-e', join(dir, fileName), dir]);
    const json = readFileSync(join(dir, 'indsigt.json'), 'utf8');
    return { json, pdf: await readPdf(readFileSync(join(dir, 'indsigt.pdf')).toString('base64')), zip };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

test('collected, looked at item by item, released, and fetched: what was blacked out is nowhere in it', async () => {
  good(await begin());
  expect(await clock()).toMatchObject({ state: 'running', dueAt: new Date('2026-12-02T22:59:59Z') });
  const { open } = await read();
  const texts = open?.items.map(({ text }) => text) ?? [];
  for (const said of ['Mor Møller', 'Lillebror Møller', 'Birgitte Underretter', FAMILY.concern.narrative]) {
    expect(texts).toContain(said);
  }
  expect(open?.left).toBeGreaterThan(3);
  expect((await act('release')).status).toBe(409);
  await reviewAll(({ text }) => text === 'Mor Møller');
  const narrative = open?.items.find(({ text }) => text === FAMILY.concern.narrative);
  good(await review(narrative?.key ?? '', false));
  expect((await read()).open?.left).toBe(0);
  // Something that has come since must be looked at, too.
  const { ctxFor } = api.world;
  await addToNotification(ctxFor(SENDER, AT), { notificationId, text: 'Lillebror sagde det.' });
  expect((await act('release')).status).toBe(409);
  await reviewAll(({ text }) => text === 'Mor Møller');
  const { requestId } = good<{ requestId: string }>(await act('release'));
  expect(await clock()).toMatchObject({ state: 'met' });
  expect(await lines()).toEqual(['access-requested', 'access-released']);
  expect(await verifyJournal(api.world.systemCtx(AT))).toMatchObject({ intact: true });

  const { json, pdf, zip } = await unpacked(requestId);
  const words = withoutSpace(pdf.text);
  for (const gone of ['Lillebror', 'Birgitte', 'sultent', 'Om andre', 'forældremyndigheden']) {
    expect(json).not.toContain(gone);
    expect(words).not.toContain(withoutSpace(gone));
  }
  expect(json).toContain('Mor Møller');
  expect(words).toContain('MorMøller');
  expect([pdf.marked, pdf.language, pdf.title]).toEqual([true, 'da-DK', expect.stringContaining('Indsigt')]);
  const told = JSON.parse(json) as { format: string; items: { withheld: boolean }[] };
  expect(told.format).toBe('bindeled.access');
  expect(told.items.some(({ withheld }) => withheld)).toBe(true);
  // What was released stands, whatever comes after.
  await addToNotification(ctxFor(SENDER, AT), { notificationId, text: 'Senere.' });
  expect(JSON.parse((await unpacked(requestId)).json)).toEqual(JSON.parse(json));
  expect(zip.length).toBeGreaterThan(1_000);
});

test('who leads the unit that has it, and nobody else; each reading is logged', async () => {
  good(await begin());
  for (const person of [ABOVE, 'centre-director-bbu']) expect((await act('read', {}, person)).status, person).toBe(200);
  for (const person of [
    'caseworker-bbu-norrebro',
    'intake-bbu-norrebro',
    'team-leader-bbu-valby',
    SENDER,
    'director-sof-stab',
  ]) {
    for (const [what, input] of [
      ['read', {}],
      ['release', {}],
      ['prolong', { reason: 'x' }],
    ] as const) {
      expect((await act(what, input, person)).status, `${person} ${what}`).toBe(404);
    }
  }
  const reads = await api.db.readLog.findMany({ where: { purpose: 'access', referralIds: { has: id } } });
  expect(new Set(reads.map(({ personId }) => personId))).toEqual(new Set([ABOVE, 'centre-director-bbu']));
});

test('one at a time; prolonged once, in time, with a reason; ended without an answer, and begun anew', async () => {
  expect((await begin({ receivedOn: '2026-11-04' })).status).toBe(400);
  expect((await begin({ reason: ' ' })).status).toBe(400);
  const answers = await Promise.all([begin(), begin(), begin()]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  expect((await act('prolong', { reason: ' ' })).status).toBe(400);
  good(await act('prolong', { reason: 'Sagen er stor' }));
  expect((await clock())?.dueAt).toEqual(new Date('2027-02-02T22:59:59Z'));
  expect((await act('prolong', { reason: 'Igen' })).status).toBe(409);
  good(await act('withdraw', { reason: 'Trukket tilbage' }));
  expect(await clock()).toMatchObject({ state: 'lapsed' });
  for (const [what, input] of [
    ['release', {}],
    ['withdraw', { reason: 'x' }],
    ['review', { key: 'x', keep: true, reason: 'x' }],
  ] as const) {
    expect((await act(what, input)).status, what).toBe(409);
  }
  const { ended } = await read();
  expect(ended.map(({ state }) => state)).toEqual(['withdrawn']);
  expect((await act('fetch', { requestId: ended[0]?.id })).status).toBe(409);
  good(await begin());
  expect(await lines()).toEqual(['access-requested', 'access-prolonged', 'access-withdrawn', 'access-requested']);
});

test('of a child with cases at two units each tells of its own, and says where the others are', async () => {
  const cpr = nextCpr();
  const children = [{ name: 'Alma', cpr, address: { postalCode: '2200' } }];
  const first = await sendForm(api.as(SENDER), makeForm({ children }));
  id = first.referralId;
  const second = await sendForm(api.as(SENDER), makeForm({ children }));
  const { ctxFor } = api.world;
  await proposeHandover(ctxFor(LEADER, AT), { id: second.referralId, to: 'bbu-valby', reason: 'Flyttet' });
  await acceptHandover(ctxFor('team-leader-bbu-valby', AT), { id: second.referralId });
  good(await begin());
  const { open } = await read();
  expect(new Set(open?.items.map(({ section }) => section.split(':')[0]))).toEqual(
    new Set(first.referrals.map(({ caseNumber }) => caseNumber)),
  );
  expect(open?.elsewhere).toEqual([expect.stringContaining('Valby')]);
});

test('what the notifier was told, what the case system says, and every look-up are among it', async () => {
  const cpr = nextCpr();
  const children = [{ name: 'Alma', cpr, address: { postalCode: '2200' } }];
  id = (await sendForm(api.as(SENDER), makeForm({ ...FAMILY, children }))).referralId;
  const { ctxFor, deps, systemCtx } = api.world;
  const { scope, now } = systemCtx(AT);
  const listed = { unitId: 'bbu-norrebro', caseworkerId: null, measure: 'respite', since: '2026-01-05' };
  const cprIndex = deps.vault.index('cpr', cpr);
  await upsertKnownCases(api.db, scope, [{ ...listed, cprIndex, disability: true, seenAt: now }], now);
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(ctxFor('caseworker-bbu-norrebro', AT), { id, known, need: null });
  const { told } = await previewRequest(ctxFor('caseworker-bbu-norrebro', AT), { id, questions: ['ask-tried'] });
  await askForMore(ctxFor('caseworker-bbu-norrebro', AT), { id, questions: ['ask-tried'], previewed: told });
  const looks = Array.from({ length: 1_100 }, () => ({
    ...{
      id: deps.newId(now),
      at: new Date(AT),
      personId: 'x',
      unitId: 'bbu-norrebro',
      role: 'caseworker',
      purpose: 'case',
    },
    ...{ referralIds: [id], childIds: [], mac: Buffer.of() },
  }));
  await api.db.readLog.createMany({ data: looks });
  good(await begin());
  const items = (await read()).open?.items ?? [];
  const of = (section: string) => items.filter((one) => one.section.endsWith(section));
  expect(of('Fra fagsystemet').map(({ text, third }) => [text, third])).toEqual([
    [expect.stringMatching(/Nørrebro · [^·]+ fra 5\. januar 2026 · Funktionsnedsættelse$/), null],
  ]);
  const [asked] = of('Sagt til underretteren');
  expect(asked?.text).toContain('Skriv gerne, hvad I har forsøgt');
  expect(asked?.third).not.toBeNull();
  expect(of('Hvem har set sagen').length).toBeGreaterThanOrEqual(1_100);
});

test('of a child whose address is protected no unit leaves unseen; a file leaves without its digest', async () => {
  const children = [{ name: 'Alma', cpr: nextCpr(), address: { postalCode: '2200' }, protectedAddress: true }];
  id = (await sendForm(api.as(SENDER), makeForm({ ...FAMILY, children }))).referralId;
  const { ctxFor } = api.world;
  await addAttachment(ctxFor('intake-bbu-norrebro', AT), { id, name: 'Brev.pdf' }, [
    Buffer.from('%PDF-1.7\nbrev'),
  ] as never);
  good(await begin());
  await read();
  const items = (await read()).open?.items ?? [];
  const unmarked = items.filter(({ third }) => third === null).map(({ text }) => text);
  expect(unmarked.filter((text) => /Nørrebro/.test(text))).toEqual([]);
  expect(items.find(({ label }) => label === 'Ansvarlig enhed')?.third).not.toBeNull();
  expect(JSON.stringify(items)).not.toContain('SHA-256');
});

test('nothing of it stands open in the database', async () => {
  good(await begin());
  await reviewAll(() => true);
  good(await act('release'));
  const rows = await api.db.accessRequest.findMany({ where: { referralId: id } });
  const dump = rows.map(({ review: said, document }) =>
    Buffer.concat([said, document ?? Buffer.of()]).toString('latin1'),
  );
  for (const text of ['Birgitte', 'Om barnet', 'Møller']) expect(dump.join()).not.toContain(text);
});
