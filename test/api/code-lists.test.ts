import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeLists } from '#domain/codes.ts';
import { good, openApi, type TestApi } from '#test/support/api.ts';
import { makeForm } from '#test/support/municipality.ts';
import { importPeople, personIn } from '#test/support/people.ts';

const NOW = '2026-11-30T10:00:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
const [ONE, TWO] = ['administrator-sof-stab', 'administrator-of-the-test'];

let api: TestApi;
beforeAll(async () => {
  api = await openApi(NOW);
  await importPeople(api.world, [personIn(TWO, [{ role: 'administrator', unit: 'sof-stab' }])], NOW);
});
afterAll(() => api.world.drop());

const propose = (change: Record<string, unknown>) => {
  const ended = { what: 'end-code', list: 'reasons', code: 'homelessness', until: '2026-12-01', source: 'direktionen' };
  return api.as(ONE).call('setup.propose', { change: { ...ended, ...change }, note: 'Aftalt' });
};
const offered = async (): Promise<CodeLists['reasons']> => {
  const { codes } = good<{ codes: CodeLists }>(await api.as(SENDER).call('organisation.forForm'));
  return codes.reasons;
};
const ofField = (path: string, code: string) => expect.arrayContaining([expect.objectContaining({ path, code })]);

test('proposed by one and confirmed by another, the form is told the list with its dates', async () => {
  const { id } = good<{ id: string }>(await propose({}));
  const { dryRun, stateVersion } = good<{ dryRun: { digest: string }; stateVersion: number }>(
    await api.as(TWO).call('setup.change', { id }),
  );
  const answer = { id, stateVersion, digest: dryRun.digest };
  expect((await api.as(ONE).call('setup.confirm', answer)).problem?.code).toBe('ILLEGAL_TRANSITION');
  expect((await offered()).find(({ code }) => code === 'homelessness')).toMatchObject({ until: null });
  good(await api.as(TWO).call('setup.confirm', answer));
  expect((await offered()).find(({ code }) => code === 'homelessness')).toEqual({
    code: 'homelessness',
    group: 'other',
    da: 'Udsættelse af bolig eller hjemløshed',
    en: 'Eviction or homelessness',
    from: null,
    until: '2026-12-01',
  });
});

test('the day it ends, a notification with it is refused by the field, whatever a page still offers', async () => {
  const form = () => makeForm({ concern: { narrative: 'Kort', reasons: ['homelessness'] } });
  good(await api.as(SENDER).call('notifications.submit', form()));
  api.clock.moveTo('2026-12-01T00:00:00+01:00');
  const late = await api.as(SENDER).call('notifications.submit', form());
  expect(late.status).toBe(400);
  expect(late.problem).toMatchObject({ code: 'INVALID', fields: ofField('concern.reasons', 'not-in-use') });
});

test.each([
  [{ code: 'nothing', until: '2027-01-01' }, 'change.code', 'unknown-choice'],
  [{ list: 'channels' }, 'change.list', 'unknown-choice'],
  [{ until: 'i morgen' }, 'change.until', 'date'],
  [{ code: 'other', until: '2026-12-01' }, 'change.until', 'not-tomorrow'],
])('%# is refused by its field', async (change, path, code) => {
  expect((await propose(change)).problem).toMatchObject({ code: 'INVALID', fields: ofField(path, code) });
});
