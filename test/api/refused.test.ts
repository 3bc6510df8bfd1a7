import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '#platform/pino-logger.ts';
import { makeApi, sendForm, type TestApi } from '#test/support/api.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';

/** What somebody who is logged in is refused stands in the technical log: who, what, and by which code; nothing else. */
const AT = '2026-11-03T10:00:00+01:00';
const [SENDER, STRANGER] = ['school-social-worker-skole-norrebro', 'caseworker-bbu-bhv'];

let world: TestWorld;
let api: Omit<TestApi, 'world' | 'db'>;
const written: string[] = [];
beforeAll(async () => {
  world = await makeWorld({ connections: 2 });
  const log = createLogger('test', { write: (line: string) => void written.push(line) });
  api = makeApi({ ...world, deps: { ...world.deps, log } }, AT);
});
afterAll(() => world.drop());

type Line = Readonly<Record<string, unknown>>;
const linesOf = async (work: () => Promise<unknown>): Promise<Line[]> => {
  written.length = 0;
  await work();
  return written.map((line) => JSON.parse(line) as Line);
};
const refusal = (procedure: string, code: string, personId: string) =>
  expect.objectContaining({ event: 'procedure.refused', procedure, code, personId });

test('a case of others, an act of others, a form that is none', async () => {
  const cpr = nextCpr();
  const form = makeForm({ children: [{ name: 'Barnet Hemmelig', cpr, address: { postalCode: '2200' } }] });
  const { referralId: id } = await sendForm(api.as(SENDER), form);
  const stranger = api.as(STRANGER);
  expect(await linesOf(() => stranger.call('referrals.get', { id }))).toEqual([
    refusal('referrals.get', 'NOT_FOUND', STRANGER),
  ]);
  expect(await linesOf(() => stranger.call('setup.rota'))).toEqual([refusal('setup.rota', 'OUT_OF_SCOPE', STRANGER)]);
  const lines = await linesOf(() => stranger.call('referrals.search', { text: cpr, name: 'Barnet Hemmelig' }));
  expect(lines).toEqual([refusal('referrals.search', 'INVALID', STRANGER)]);
  expect(JSON.stringify(lines)).not.toMatch(new RegExp(`${cpr}|Hemmelig`));
});

test('what is answered tells nothing there, nor does whoever is nobody', async () => {
  expect(await linesOf(() => api.as(STRANGER).call('referrals.worklist', {}))).toEqual([]);
  expect(await linesOf(() => api.nobody.call('referrals.worklist', {}))).toEqual([]);
  expect(await linesOf(() => api.nobody.call('door.openLink', { token: 'x'.repeat(43) }))).toEqual([]);
});
