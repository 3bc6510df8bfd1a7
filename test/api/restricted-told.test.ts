import { afterAll, beforeAll, expect, test } from 'vitest';
import { good, openApi, type TestApi } from '#test/support/api.ts';
import { casesOf } from '#test/support/cases.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** No leader restricts a case, or lifts it, without their own leader knowing that they did. Over HTTP. */
const AT = '2026-11-03T10:00:00+01:00';
const UNIT = 'bbu-norrebro';
const [INTAKE, LEADER, ABOVE, CENTRE] = [
  `intake-${UNIT}`,
  `team-leader-${UNIT}`,
  'area-manager-bbu',
  'centre-director-bbu',
];

let api: TestApi;
beforeAll(async () => {
  api = await openApi(AT);
});
afterAll(async () => {
  expect(await verifyJournal(api.world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await api.world.drop();
});

const { call, act, send } = casesOf(() => api, AT);
const restrict = (by: string, id: string, named: readonly string[]) =>
  act(by, 'restrictions.restrict', id, { named, reason: 'Barn af en kollega' });
type Item = {
  id: string;
  kind: string;
  referralId: string | null;
  caseNumber: string | null;
  asksAbout: string;
  why: { da: string };
  choices: { code: string }[];
};
const asked = async (personId: string): Promise<Item[]> => {
  const { items } = good<{ items: Item[] }>(await call(personId, 'tasks.list', {}));
  return items.filter(({ kind }) => kind === 'restricted-case');
};
const why = async (personId: string) => (await asked(personId)).map((one) => one.why.da);

test('whoever leads them is told each time, of no case, by a task that they end and a mail that names nobody', async () => {
  const id = (await send([nextCpr()])).referralId;
  good(await restrict(LEADER, id, [LEADER, INTAKE]));
  good(await restrict(LEADER, id, [LEADER]));
  good(await act(LEADER, 'restrictions.lift', id, { reason: 'Fratrådt' }));
  expect(await why(ABOVE)).toEqual([
    'Har begrænset en sag til navngivne personer',
    'Har ændret, hvem en begrænset sag er åben for',
    'Har ophævet, at en sag kun er åben for navngivne personer',
  ]);
  for (const personId of [LEADER, INTAKE, CENTRE]) expect(await asked(personId)).toEqual([]);
  const [first] = await asked(ABOVE);
  expect(first).toMatchObject({ referralId: null, caseNumber: null, asksAbout: expect.stringMatching(/./) });
  const mails = await api.db.outboundMessage.findMany({ where: { template: 'task' } });
  expect(mails.map(({ toPersonId, referralId }) => [toPersonId, referralId])).toEqual(Array(3).fill([ABOVE, null]));
  good(await call(ABOVE, 'tasks.finish', { id: first?.id, outcome: 'noted' }));
  expect((await asked(ABOVE)).length).toBe(2);
  expect((await call(CENTRE, 'tasks.finish', { id: first?.id, outcome: 'noted' })).status).toBe(404);
});

test('never who is related to the child, then or later: it goes on past them', async () => {
  const id = (await send([nextCpr()])).referralId;
  good(await act(INTAKE, 'conflicts.name', id, { personId: ABOVE, reason: 'Barnets far' }));
  good(await restrict(LEADER, id, [LEADER, INTAKE]));
  expect(await why(CENTRE)).toEqual(['Har begrænset en sag til navngivne personer']);
  expect((await asked(ABOVE)).length).toBe(2);
  const { exceptIds } = await api.db.task.findFirstOrThrow({ where: { kind: 'restricted-case', personId: CENTRE } });
  expect(exceptIds).toEqual([LEADER, ABOVE]);
});

test('of a leader above by the one above them', async () => {
  const id = (await send([nextCpr()])).referralId;
  good(await restrict(ABOVE, id, [ABOVE, INTAKE]));
  expect((await asked(CENTRE)).length).toBe(2);
});
