import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, openApi, type TestApi } from '#test/support/api.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const INTAKE = 'intake-bbu-norrebro';
const SECRET = 'Hemmelighed';
const CPR = nextCpr();

let api: TestApi;
beforeAll(async () => {
  api = await openApi('2026-11-03T10:05:00+01:00');
});
afterAll(() => api.world.drop());

const many = (count: number, one: unknown): unknown[] => Array.from({ length: count }, () => one);
const child = (more: Record<string, unknown>) => makeForm({ children: [{ name: SECRET, cpr: CPR, ...more }] });
const notifier = (more: Record<string, unknown>) =>
  makeForm({ notifier: { basis: 'professional', notifierCode: 2, name: SECRET, ...more } });
const concern = (more: Record<string, unknown>) => makeForm({ concern: { narrative: SECRET, ...more } });

/** What is wrong → body → path and code of a field that must be named. */
const FORMS: readonly (readonly [string, unknown, string, string])[] = [
  ['null', null, '', 'not-group'],
  ['a list', [], '', 'not-group'],
  ['a text', SECRET, '', 'not-group'],
  ['a number', 42, '', 'not-group'],
  ['nothing at all', {}, 'children', 'required'],
  ['an unknown field', makeForm({ [SECRET]: SECRET }), '', 'unknown-field'],
  ['an unknown field of a child', child({ [SECRET]: 1 }), 'children.0', 'unknown-field'],
  ['an unknown language', makeForm({ language: SECRET }), 'language', 'unknown-choice'],
  ['no child', makeForm({ children: [] }), 'children', 'too-few'],
  ['children as a text', makeForm({ children: SECRET }), 'children', 'not-list'],
  ['eleven children', makeForm({ children: many(11, { identity: 'unborn' }) }), 'children', 'too-many'],
  ['a child without a name', child({ name: ' ' }), 'children.0.name', 'required'],
  ['a known child without CPR', child({ cpr: undefined }), 'children.0.cpr', 'cpr-missing'],
  ['letters for a CPR', child({ cpr: SECRET }), 'children.0.cpr', 'cpr-digits'],
  ['a CPR of no day', child({ cpr: '3241149999' }), 'children.0.cpr', 'cpr-date'],
  ['a CPR of a day to come', child({ cpr: '0152264000' }), 'children.0.cpr', 'cpr-date'],
  ['an unborn child with a CPR', child({ identity: 'unborn' }), 'children.0.cpr', 'cpr-not-expected'],
  [
    'the same child twice',
    makeForm({ children: many(2, { name: SECRET, cpr: CPR }) }),
    'children.1.cpr',
    'child-twice',
  ],
  [
    'a postal code of five',
    child({ address: { postalCode: '22001' } }),
    'children.0.address.postalCode',
    'postal-code',
  ],
  ['an unknown school', child({ institution: SECRET }), 'children.0.institution', 'institution-unknown'],
  ['half a year', child({ ageEstimate: 1.5 }), 'children.0.ageEstimate', 'not-number'],
  ['an age of 99', child({ ageEstimate: 99 }), 'children.0.ageEstimate', 'out-of-range'],
  ['"ja" for yes', child({ protectedAddress: 'ja' }), 'children.0.protectedAddress', 'not-yes-no'],
  ['a name that is a number', child({ name: 7 }), 'children.0.name', 'not-text'],
  ['no notifier', makeForm({ notifier: undefined }), 'notifier', 'required'],
  ['an unknown basis', notifier({ basis: SECRET }), 'notifier.basis', 'unknown-choice'],
  ['a code in words', notifier({ notifierCode: SECRET }), 'notifier.notifierCode', 'not-number'],
  ['a code out of use', notifier({ notifierCode: 7 }), 'notifier.notifierCode', 'notifier-code'],
  ['anonymous with a name', notifier({ basis: 'anonymous', notifierCode: 8 }), 'notifier.name', 'anonymous-contact'],
  ['anonymous by code only', notifier({ notifierCode: 8 }), 'notifier.notifierCode', 'anonymous-code'],
  ['no mail address', notifier({ workEmail: SECRET }), 'notifier.workEmail', 'email'],
  ['no telephone number', notifier({ workPhone: SECRET }), 'notifier.workPhone', 'phone'],
  ['a blank narrative', concern({ narrative: ' \n ' }), 'concern.narrative', 'required'],
  ['an endless narrative', concern({ narrative: SECRET.repeat(2000) }), 'concern.narrative', 'too-long'],
  ['a control character', concern({ narrative: `${SECRET}\u0000` }), 'concern.narrative', 'control-characters'],
  ['half a character', concern({ narrative: `${SECRET}\ud800` }), 'concern.narrative', 'control-characters'],
  [
    'a day to come',
    concern({ observations: [{ on: '2026-11-04', text: SECRET }] }),
    'concern.observations.0.on',
    'future-date',
  ],
  ['no day', concern({ observations: [{ on: SECRET, text: SECRET }] }), 'concern.observations.0.on', 'date'],
  ['a reason twice', concern({ reasons: ['conflict', 'conflict'] }), 'concern.reasons', 'twice'],
  ['an unknown reason', concern({ reasons: [SECRET] }), 'concern.reasons.0', 'unknown-choice'],
  ['parents not mentioned', makeForm({ parentsInformed: undefined }), 'parentsInformed.informed', 'required'],
  [
    'no reason why not',
    makeForm({ parentsInformed: { informed: false } }),
    'parentsInformed.whyNot',
    'why-not-missing',
  ],
  ['acute without why', makeForm({ acute: { marked: true } }), 'acute.why', 'acute-why-missing'],
  ['an unknown violence', makeForm({ violence: { suspected: true, kind: SECRET } }), 'violence.kind', 'unknown-choice'],
  ['an unknown need', makeForm({ need: SECRET }), 'need', 'need-unknown'],
];

const ID = randomUUID();
const ACTS: readonly (readonly [string, string, unknown, string, string])[] = [
  ['an id that is none', 'referrals.get', { id: SECRET }, 'id', 'wrong-form'],
  ['no id', 'referrals.get', {}, 'id', 'required'],
  ['no input', 'referrals.get', undefined, '', 'wrong-form'],
  ['a negative version', 'referrals.stayOn', { id: ID, stateVersion: -1 }, 'stateVersion', 'out-of-range'],
  ['half a confirmation', 'referrals.acknowledge', { id: ID, stateVersion: 0, need: null }, 'known', 'required'],
  ['a local time', 'referrals.addEvidence', { occurredAt: '2026-11-03T10:00' }, 'occurredAt', 'wrong-form'],
  ['an unknown evidence', 'referrals.addEvidence', { kind: SECRET }, 'kind', 'unknown-choice'],
  ['a blank text', 'referrals.addEvidence', { text: ' ' }, 'text', 'required'],
  ['an unknown tab', 'referrals.worklist', { tab: SECRET }, 'tab', 'unknown-choice'],
  ['a cursor of nowhere', 'referrals.worklist', { cursor: `${SECRET}~${ID}` }, 'cursor', 'invalid'],
  ['201 names', 'referrals.names', { ids: many(201, ID) }, 'ids', 'too-many'],
  ['a channel in words', 'notifications.register', registration({ channel: SECRET }), 'channel', 'unknown-choice'],
  [
    'received tomorrow',
    'notifications.register',
    registration({ receivedAt: '2026-11-04T10:00:00Z' }),
    'receivedAt',
    'future',
  ],
];

function registration(more: Record<string, unknown>) {
  return { channel: 'phone', receivedAt: '2026-11-03T08:00:00Z', notification: makeForm(), ...more };
}

/** Refused with sentences in both languages that name the field, and never with what was typed. */
const expectRefused = (answer: Answer, path: string, code: string): void => {
  expect(answer.status, answer.text).toBe(400);
  expect(answer.problem?.code).toBe('INVALID');
  const fields = answer.problem?.fields ?? [];
  expect(fields).toContainEqual(expect.objectContaining({ path, code }));
  for (const { da, en } of fields) {
    expect(da).toMatch(/^\S.+: .+\.$/);
    expect(en).toMatch(/^\S.+: .+\.$/);
    expect(da).not.toBe(en);
  }
  expect(answer.text).not.toContain(SECRET);
  expect(answer.text).not.toContain(CPR);
};

test.each(FORMS)('a notification with %s', async (_what, form, path, code) => {
  const before = await api.db.notification.count();
  expectRefused(await api.as(SENDER).call('notifications.submit', form), path, code);
  expect(await api.db.notification.count()).toBe(before);
});

test.each(ACTS)('an act with %s', async (_what, procedure, input, path, code) => {
  expectRefused(await api.as(INTAKE).call(procedure, input), path, code);
});

const raw = async (body: string | null, init: { method?: string; type?: string; path?: string } = {}) => {
  const { method = 'POST', type = 'application/json', path = 'drafts.save' } = init;
  const headers = { 'content-type': type, 'idempotency-key': randomUUID() };
  const response = await api.as(SENDER).send(`/trpc/${path}`, { method, headers, body });
  const text = await response.text();
  expect(text).not.toContain(SECRET);
  expect(text).not.toMatch(/\.ts|node_modules|at .*\d+:\d+/);
  return { status: response.status, type: response.headers.get('content-type'), body: JSON.parse(text) };
};

test.each([
  ['broken off', `{"form":{"a":"${SECRET}`],
  ['with something behind', `{"form":{}} ${SECRET}`],
  ['empty', ''],
  ['nested without end', `{"form":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['nested without end in groups', `{"form":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`],
])('a body %s', async (_what, body) => {
  const { status, body: answer } = await raw(body);
  expect(status).toBe(400);
  const field = { path: '', code: 'wrong-form', da: expect.any(String), en: expect.any(String) };
  expect(answer.error.data).toMatchObject({ code: 'INVALID', fields: [field] });
});

test('a body over the limit is refused before it is read', async () => {
  const { status, type, body } = await raw(JSON.stringify({ form: { a: 'x'.repeat(1_000_000) } }));
  expect({ status, type }).toEqual({ status: 413, type: 'application/problem+json' });
  expect(body).toMatchObject({ status: 413, code: 'TOO_LARGE' });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'what a form of any page can send is refused: %s',
  async (type) => {
    const { status, type: answered } = await raw('{"form":{}}', { type });
    expect({ status, answered }).toEqual({ status: 403, answered: 'application/problem+json' });
  },
);

test('other kinds of content and other methods are refused', async () => {
  expect(await raw('<a/>', { type: 'application/xml' })).toMatchObject({ status: 415 });
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const body = method === 'GET' ? null : '{"form":{}}';
    expect(await raw(body, { method }), method).toMatchObject({ status: 405 });
  }
  expect(await api.db.draft.count()).toBe(0);
});

test('several acts in one request are refused, all of them', async () => {
  const { status } = await raw('{"0":{"form":{}},"1":{"form":{}}}', { path: 'drafts.save,drafts.save?batch=1' });
  expect(status).toBe(400);
  expect(await api.db.draft.count()).toBe(0);
});

test.each(['nothing.here', 'drafts', 'drafts.save.more', '__proto__', 'constructor', ''])(
  'there is no procedure "%s"',
  async (path) => {
    const { status, body } = await raw('{}', { path });
    expect(status).toBe(404);
    expect(body.error.data).toMatchObject({ code: 'NOT_FOUND', fields: [] });
  },
);
