import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { good, openApi, type Sent, type TestApi } from '#test/support/api.ts';
import { makeForm } from '#test/support/municipality.ts';

const AUTHOR = 'school-social-worker-skole-norrebro';
const COLLEAGUE = 'institution-leader-skole-norrebro';
const STRANGERS = ['school-social-worker-skole-valby', 'caseworker-bbu-norrebro', 'area-manager-bbu'];

type Saved = { id: string; stateVersion: number };
type Line = Saved & { authorTitle: string; mine: boolean; childNames: string[] };
type Shown = Saved & { authorTitle: string; form: unknown };

let api: TestApi;
beforeAll(async () => {
  api = await openApi('2026-11-03T10:05:00+01:00');
});
afterAll(() => api.world.drop());

const save = (person: string, input: Record<string, unknown>) => api.as(person).call('drafts.save', input);
const begin = async (form: unknown): Promise<Saved> => good(await save(AUTHOR, { form }));
const send = (person: string, draft: Saved, request: { key?: string } = {}) =>
  api.as(person).call('drafts.send', { id: draft.id, stateVersion: draft.stateVersion }, request);
const show = async (person: string, id: string): Promise<Shown> =>
  good(await api.as(person).call('drafts.get', { id }));
const list = async (person: string): Promise<Line[]> => good(await api.as(person).call('drafts.list'));
const reads = (purpose: string) => api.db.readLog.count({ where: { purpose } });

/** As far as somebody gets who is called away: half words, wrong kinds, fields that no form has. */
const HALF = { children: [{ name: 'Anna', cpr: '01' }, 'x'], concern: { narrative: ' Jeg er ' }, later: [null, 1.5] };

test('whatever was written is kept as it was, for its author and for colleagues', async () => {
  const draft = await begin(HALF);
  expect(draft).toEqual({ id: expect.any(String), stateVersion: 0 });
  for (const person of [AUTHOR, COLLEAGUE]) {
    const shown = await show(person, draft.id);
    expect(shown).toMatchObject({ id: draft.id, stateVersion: 0, form: HALF });
    expect(shown.authorTitle).toMatch(/^Skolesocialrådgiver/);
    const line = (await list(person)).find(({ id }) => id === draft.id);
    expect(line).toMatchObject({ childNames: ['Anna'], mine: person === AUTHOR });
  }
});

test('a colleague goes on writing; who saves over it from an old page is told, and loses nothing', async () => {
  const draft = await begin({ concern: { narrative: 'først' } });
  const theirs = await save(COLLEAGUE, { ...draft, form: { concern: { narrative: 'så' } } });
  expect(good(theirs)).toEqual({ id: draft.id, stateVersion: 1 });
  const stale = await save(AUTHOR, { ...draft, form: { concern: { narrative: 'gammelt' } } });
  expect(stale).toMatchObject({ status: 409, problem: { code: 'STALE' } });
  expect((await send(AUTHOR, draft)).status).toBeGreaterThanOrEqual(400);
  expect(await show(AUTHOR, draft.id)).toMatchObject({ stateVersion: 1, form: { concern: { narrative: 'så' } } });
});

test('of 20 savings from one page at once one is kept', async () => {
  const draft = await begin({ n: -1 });
  const form = (n: number) => ({ ...draft, form: { n } });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => save(n % 2 ? AUTHOR : COLLEAGUE, form(n))));
  const kept = answers.findIndex((answer) => answer.status === 200);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(19).fill(409)]);
  expect(await show(AUTHOR, draft.id)).toMatchObject({ stateVersion: 1, form: { n: kept } });
});

test('sent once: who sends it is the notifier, and the draft is used up', async () => {
  const form = makeForm();
  const draft = await begin(form);
  const key = randomUUID();
  const sent = good<Sent>(await send(COLLEAGUE, draft, { key }));
  expect(await api.db.notification.findUnique({ where: { id: sent.notificationId } })).toMatchObject({
    senderPersonId: COLLEAGUE,
    senderUnitId: 'skole-norrebro',
    channel: 'form',
  });
  expect(good(await send(COLLEAGUE, draft, { key }))).toEqual(sent);
  const before = await api.db.notification.count();
  for (const person of [COLLEAGUE, AUTHOR]) {
    for (const stateVersion of [draft.stateVersion, draft.stateVersion + 1]) {
      expect((await send(person, { ...draft, stateVersion })).status).toBeGreaterThanOrEqual(400);
    }
    expect((await list(person)).map(({ id }) => id)).not.toContain(draft.id);
    expect((await api.as(person).call('drafts.get', { id: draft.id })).status).toBe(404);
    expect((await save(person, { ...draft, form: {} })).status).toBeGreaterThanOrEqual(400);
  }
  expect(await api.db.notification.count()).toBe(before);
});

test('two people send it at once: one notification', async () => {
  const draft = await begin(makeForm());
  const before = await api.db.notification.count();
  const answers = await Promise.all([AUTHOR, COLLEAGUE, AUTHOR, COLLEAGUE].map((person) => send(person, draft)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
  expect(answers.filter(({ problem }) => problem?.code === 'STALE')).toHaveLength(3);
  expect(await api.db.notification.count()).toBe(before + 1);
});

test('what is not complete is not sent: every field at fault is named, and the draft stays', async () => {
  const draft = await begin(HALF);
  const { status, problem, text } = await send(AUTHOR, draft);
  expect({ status, code: problem?.code }).toEqual({ status: 400, code: 'INVALID' });
  const paths = problem?.fields.map(({ path }) => path);
  for (const path of ['', 'children.0.cpr', 'children.1', 'notifier']) expect(paths).toContain(path);
  expect(text).not.toContain('Anna');
  expect(await show(AUTHOR, draft.id)).toMatchObject({ stateVersion: 0, form: HALF });
  good(await save(AUTHOR, { ...draft, form: makeForm() }));
  good(await send(AUTHOR, { ...draft, stateVersion: 1 }));
});

test('other institutions and the case units read, write and send none of it', async () => {
  const draft = await begin(makeForm());
  const logged = await api.db.readLog.count();
  for (const person of STRANGERS) {
    const lines = await api.as(person).call('drafts.list');
    expect(lines.status === 404 || (lines.data as Line[]).length === 0, person).toBe(true);
    const answers = [
      await api.as(person).call('drafts.get', { id: draft.id }),
      await save(person, { ...draft, form: {} }),
      await send(person, draft),
    ];
    expect(answers.map((answer) => [answer.status, answer.problem?.code])).toEqual(Array(3).fill([404, 'NOT_FOUND']));
  }
  expect(await api.db.readLog.count()).toBe(logged);
  expect(await show(AUTHOR, draft.id)).toMatchObject({ stateVersion: 0 });
});

test('more than a draft can be is refused, and each reading is logged', async () => {
  const long = await save(AUTHOR, { form: { concern: { narrative: 'x'.repeat(400_000) } } });
  expect(long).toMatchObject({ status: 400, problem: { fields: [{ path: 'form', code: 'too-long' }] } });
  const draft = await begin(HALF);
  const [drafts, one] = [await reads('drafts'), await reads('draft')];
  await list(COLLEAGUE);
  await show(COLLEAGUE, draft.id);
  expect([await reads('drafts'), await reads('draft')]).toEqual([drafts + 1, one + 1]);
});
