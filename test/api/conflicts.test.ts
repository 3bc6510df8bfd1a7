import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, good, openApi, sendForm, type TestApi } from '#test/support/api.ts';
import { makeForm } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const [INTAKE, CASEWORKER, LEADER] = ['intake-bbu-norrebro', 'caseworker-bbu-norrebro', 'team-leader-bbu-norrebro'];

let api: TestApi;
beforeAll(async () => {
  api = await openApi('2026-11-03T10:05:00+01:00');
});
afterAll(() => api.world.drop());

const arrive = async (): Promise<string> => (await sendForm(api.as(SENDER), makeForm())).referralId;
const unknown = { unit: null as string | null, disability: false, elsewhere: false };
const acknowledge = (person: string, id: string, more: Record<string, unknown> = {}, request: { key?: string } = {}) =>
  api.as(person).call('referrals.acknowledge', { id, stateVersion: 0, known: unknown, need: null, ...more }, request);

const expectRefused = ({ status, problem }: Answer, codes: readonly string[]): void => {
  expect(status).toBe(409);
  expect(codes).toContain(problem?.code);
  expect(problem?.reason).toEqual({ da: expect.stringMatching(/\w.*\.$/), en: expect.stringMatching(/\w.*\.$/) });
};

test('two people take it at once: one has it, the other is told', async () => {
  const id = await arrive();
  const people = [INTAKE, CASEWORKER];
  const answers = await Promise.all(people.map((person) => acknowledge(person, id)));
  const winner = answers.findIndex((answer) => answer.status === 200);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expectRefused(answers[1 - winner] as Answer, ['ILLEGAL_TRANSITION', 'STALE']);
  expect(await referralState(api.db, id)).toMatchObject({ status: 'acknowledged', handler: people[winner] });
  const events = await api.db.caseEvent.findMany({ where: { referralId: id, kind: 'acknowledged' } });
  expect(events.map((event) => event.actorId)).toEqual([people[winner]]);
});

test('one click that is sent 20 times at once is one act', async () => {
  const id = await arrive();
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => acknowledge(INTAKE, id, {}, { key })));
  for (const answer of answers) expect(answer.data).toEqual(answers[0]?.data);
  expect(good(answers[0] as Answer)).toMatchObject({ id, stateVersion: 1, ownerUnit: 'bbu-norrebro', moved: false });
  expectRefused(await acknowledge(INTAKE, id, { stateVersion: 1 }, { key }), ['DUPLICATE']);
});

test('who looks at an old page is told, and nothing is overwritten', async () => {
  const id = await arrive();
  good(await acknowledge(INTAKE, id));
  const assign = (stateVersion: number, personId: string) =>
    api.as(LEADER).call('referrals.assign', { id, stateVersion, personId });
  expectRefused(await assign(0, CASEWORKER), ['STALE']);
  expect(await referralState(api.db, id)).toMatchObject({ handler: INTAKE });
  expect(good(await assign(1, CASEWORKER))).toMatchObject({ stateVersion: 2 });
  expectRefused(await assign(1, INTAKE), ['STALE']);
  expect(await referralState(api.db, id)).toMatchObject({ handler: CASEWORKER });
});

test('what the state does not allow is refused with its reason', async () => {
  const id = await arrive();
  const on = (procedure: string, stateVersion: number, more: Record<string, unknown> = {}) =>
    api.as(LEADER).call(`referrals.${procedure}`, { id, stateVersion, ...more });
  expectRefused(await on('assign', 0, { personId: CASEWORKER }), ['ILLEGAL_TRANSITION']);
  good(await acknowledge(INTAKE, id));
  expectRefused(await acknowledge(CASEWORKER, id, { stateVersion: 1 }), ['ILLEGAL_TRANSITION']);
  expectRefused(await on('identifyChild', 1, { cpr: '0141144000', name: 'Barn' }), ['ILLEGAL_TRANSITION']);
  good(await on('markInError', 1, { reason: 'To gange' }));
  for (const [procedure, more] of [
    ['assign', { personId: CASEWORKER }],
    ['stayOn', {}],
    ['markInError', { reason: 'Igen' }],
  ] as const) {
    expectRefused(await on(procedure, 2, more), ['ILLEGAL_TRANSITION']);
  }
  const evidence = { id, kind: 'meeting', occurredAt: '2026-11-03T08:00:00Z', text: 'Møde' };
  expectRefused(await api.as(LEADER).call('referrals.addEvidence', evidence), ['ILLEGAL_TRANSITION']);
});

test('a child known elsewhere: who takes it gives it away in the same act, and then has it no more', async () => {
  const id = await arrive();
  const key = randomUUID();
  const more = { known: { ...unknown, unit: 'bbu-bispebjerg' } };
  const answer = await acknowledge(INTAKE, id, more, { key });
  expect(good(answer)).toMatchObject({ ownerUnit: 'bbu-bispebjerg', moved: true, stateVersion: 1 });
  expect((await acknowledge(INTAKE, id, more, { key })).data).toEqual(answer.data);
  expect((await api.as(INTAKE).call('referrals.get', { id })).status).toBe(404);
  expect(good(await api.as('intake-bbu-bispebjerg').call('referrals.get', { id }))).toMatchObject({
    status: 'received',
  });
  expect(await referralState(api.db, id)).toMatchObject({ owner: 'bbu-bispebjerg', countedMoves: 0 });
});

test('people who do not work there, or do not exist, cannot be given a referral', async () => {
  const id = await arrive();
  good(await acknowledge(INTAKE, id));
  for (const personId of ['caseworker-bbu-valby', 'administrator-sof-stab', 'nobody', '__proto__']) {
    const { status, problem } = await api.as(LEADER).call('referrals.assign', { id, stateVersion: 1, personId });
    expect({ status, fields: problem?.fields }, personId).toMatchObject({
      status: 400,
      fields: [{ path: 'personId', code: 'not-in-unit' }],
    });
  }
});
