import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { good, openApi, sendForm, type TestApi } from '#test/support/api.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { found } from '#test/support/needles.ts';
import { importPeople, personIn } from '#test/support/people.ts';
import type { TaskItem } from '#usecases/list-tasks.ts';

/** An auditor sees who did what and who looked, with staff under a code and nothing of the child; over HTTP. */
const AT = '2026-11-03T10:00:00+01:00';
const AUDITOR = 'auditor-sof-stab';
const OTHER = 'another-auditor';
const CASEWORKER = 'caseworker-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const SENDER = 'school-social-worker-skole-norrebro';

let api: TestApi;
let audit: string;
let case_: { id: string; caseNumber: string };
const NEEDLES = ['Barnet Hemmelig', 'Skjulestien 7', 'En lang fortrolig historie', CASEWORKER, SENDER, LEADER];
beforeAll(async () => {
  api = await openApi(AT);
  await importPeople(api.world, [personIn(OTHER, [{ role: 'auditor', unit: 'sof-stab' }])], AT);
  const child = { name: 'Barnet Hemmelig', cpr: nextCpr(), address: { street: 'Skjulestien 7', postalCode: '2200' } };
  const form = makeForm({ children: [child] });
  const concern = { ...(form as { concern: object }).concern, narrative: 'En lang fortrolig historie' };
  const { referrals } = await sendForm(api.as(SENDER), { ...form, concern });
  case_ = referrals[0] ?? expect.fail();
  const { stateVersion } = await api.db.referral.findUniqueOrThrow({ where: { id: case_.id } });
  const known = { unit: null, disability: false, elsewhere: false };
  good(await api.as(CASEWORKER).call('referrals.acknowledge', { id: case_.id, stateVersion, known, need: null }));
  good(await api.as(CASEWORKER).call('referrals.get', { id: case_.id }));
  audit = await open(AUDITOR);
});
afterAll(() => api.world.drop());

const open = async (by: string): Promise<string> =>
  good<{ id: string }>(await api.as(by).call('audits.open', { purpose: 'Opslag i november' })).id;
type Line = {
  who: { code: string; title: string | null } | null;
  name?: { da: string };
  purpose?: { da: string };
  caseNumbers?: string[];
  caseNumber?: string;
};
type Listed = { items: Line[]; nextCursor: string | null };
type More = { who?: string; caseNumber?: string; cursor?: string };
const look = (list: 'reads' | 'acts' | 'setup', more: More = {}, by = AUDITOR, id = audit) =>
  api.as(by).call(`audits.${list}`, { id, who: null, caseNumber: null, ...more });
const lines = async (...asked: Parameters<typeof look>) => good<Listed>(await look(...asked)).items;
const actOf = (items: readonly Line[], what: string) => items.find(({ name }) => name?.da.includes(what));

test('who acted and who looked: by a code, by the number of the case, and nothing else of it', async () => {
  const acts = await lines('acts', { caseNumber: case_.caseNumber });
  expect(acts.length).toBeGreaterThan(1);
  expect(new Set(acts.map(({ caseNumber }) => caseNumber))).toEqual(new Set([case_.caseNumber]));
  const taken = actOf(acts, 'vittere') ?? expect.fail();
  expect(taken.who).toEqual({ code: expect.stringMatching(/^M-[0-9A-Z]{4}-[0-9A-Z]{4}$/), title: null });
  const reads = await lines('reads', { caseNumber: case_.caseNumber });
  // The same person has the same code in every list of the audit.
  expect(reads.find(({ purpose }) => purpose?.da === 'Åbnede sagen')?.who).toEqual(taken.who);
  const theirs = await lines('reads', { who: ` ${taken.who?.code.toLowerCase()} ` });
  expect(new Set(theirs.map(({ who }) => who?.code))).toEqual(new Set([taken.who?.code]));
  for (const list of ['reads', 'acts', 'setup'] as const) {
    expect(found(Buffer.from((await look(list)).text), NEEDLES), list).toEqual([]);
  }
});

test('the codes are others in another audit, and that is nobody else’s to look into', async () => {
  const second = await open(AUDITOR);
  const codes = async (id: string) => (await lines('acts', {}, AUDITOR, id)).map(({ who }) => who?.code);
  const [here, there] = [await codes(audit), await codes(second)];
  expect(here.length).toBe(there.length);
  expect(here.filter((code) => code !== undefined && there.includes(code))).toEqual([]);
  for (const list of ['reads', 'acts', 'setup'] as const) expect((await look(list, {}, OTHER)).status).toBe(404);
  expect(good<{ id: string }[]>(await api.as(OTHER).call('audits.list'))).toEqual([]);
  const unmask = { id: audit, who: here.find(Boolean), reason: 'x' };
  expect((await api.as(OTHER).call('audits.unmask', unmask)).status).toBe(404);
});

test('looking is a look-up of the cases that it showed', async () => {
  const of = () => api.db.readLog.count({ where: { purpose: 'audit', referralIds: { has: case_.id } } });
  const before = await of();
  await lines('acts', { caseNumber: case_.caseNumber });
  expect(await of()).toBe(before + 1);
  const leader = good<{ lookups: { role: string }[] }>(
    await api.as(LEADER).call('referrals.lookups', { id: case_.id }),
  );
  expect(leader.lookups.map(({ role }) => role)).toContain('auditor');
});

test('page after page, each line once', async () => {
  const rows = Array.from({ length: 120 }, (_, n) => ({
    ...{ id: randomUUID(), at: new Date(new Date(AT).getTime() - 60_000 * Math.floor(n / 7)), unitId: 'bbu-bhv' },
    ...{ personId: 'caseworker-bbu-bhv', role: 'caseworker', purpose: 'search', mac: new Uint8Array(1) },
    ...{ referralIds: [], childIds: [] },
  }));
  await api.db.readLog.createMany({ data: rows });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = good<{ items: { id: string }[]; nextCursor: string | null }>(
      await look('reads', cursor === undefined ? {} : { cursor }),
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(seen).size).toBe(seen.length);
  expect(rows.every(({ id }) => seen.includes(id))).toBe(true);
});

test('a name is told for a reason alone; it stands in the journal, and whoever leads them is told', async () => {
  const acts = await lines('acts', { caseNumber: case_.caseNumber });
  const code = actOf(acts, 'vittere')?.who?.code ?? '';
  const ask = (more: Record<string, unknown>) =>
    api.as(AUDITOR).call('audits.unmask', { id: audit, who: code, ...more });
  expect((await ask({ reason: ' ' })).problem?.code).toBe('INVALID');
  expect((await ask({ who: 'M-0000-0000', reason: 'x' })).problem?.code).toBe('INVALID');
  expect(await api.db.auditUnmask.count()).toBe(0);
  good(await ask({ reason: 'Klage over opslag' }));
  good(await ask({ reason: 'Igen' }));
  const title = (await api.db.person.findUniqueOrThrow({ where: { id: CASEWORKER } })).title;
  const shown = await lines('acts', { caseNumber: case_.caseNumber });
  expect(actOf(shown, 'vittere')?.who).toEqual({ code, title });
  expect(shown.filter(({ who }) => who?.title && who.code !== code)).toEqual([]);
  expect(await api.db.auditUnmask.findMany()).toMatchObject([{ personId: CASEWORKER, reason: 'Klage over opslag' }]);
  expect(await api.db.setupEvent.count({ where: { kind: 'audit-unmasked', personId: AUDITOR } })).toBe(1);
  const tasks = async (who: string) =>
    good<{ items: TaskItem[] }>(await api.as(who).call('tasks.list', {})).items.filter(
      ({ kind }) => kind === 'unmasked-person',
    );
  const [task] = await tasks(LEADER);
  expect(task).toMatchObject({ asksAbout: title, ofReading: false });
  expect(await tasks(CASEWORKER)).toEqual([]);
  expect((await api.as(LEADER).call('tasks.reading', { id: task?.id })).status).toBe(404);
  good(await api.as(LEADER).call('tasks.finish', { id: task?.id, outcome: 'noted' }));
  // In another audit they are a code again.
  const another = await open(AUDITOR);
  expect((await lines('acts', {}, AUDITOR, another)).filter(({ who }) => who?.title)).toEqual([]);
});

test('the journal of the setup names nobody either, in what its lines say neither', async () => {
  const data = { person: CASEWORKER, shift: randomUUID(), who: [SENDER], by: { [LEADER]: 1 } };
  const at = new Date(AT);
  await api.db.setupEvent.create({ data: { id: randomUUID(), at, kind: 'person-changed', personId: LEADER, data } });
  const { text } = await look('setup');
  expect(found(Buffer.from(text), [CASEWORKER, SENDER, LEADER, AUDITOR])).toEqual([]);
  expect(text).toContain(data.shift);
});

test('the journal is checked on request, and a change is found', async () => {
  const state = async () => good<{ intact: boolean; entries: number }>(await api.as(AUDITOR).call('audits.verify'));
  // What the tests above put in by hand was not written by the product.
  const all = await Promise.all([state(), state(), state()]);
  for (const one of all) expect(one).toMatchObject({ intact: false, entries: all[0].entries });
  expect(all[0].entries).toBeGreaterThan(120);
  expect(good(await api.as(AUDITOR).call('audits.anchors'))).toEqual([]);
  for (const who of [CASEWORKER, 'administrator-sof-stab', 'director-sof-stab']) {
    expect((await api.as(who).call('audits.verify')).status, who).toBe(404);
    expect((await api.as(who).call('audits.open', { purpose: 'x' })).status, who).toBe(404);
  }
});

test('an audit that is over opens nothing', async () => {
  api.clock.moveTo('2027-02-02T10:00:01+01:00');
  expect((await look('acts')).status).toBe(404);
  api.clock.moveTo(AT);
});

test('a list of named people hides no case from an audit; kinship to the child does, in the filter too', async () => {
  const { stateVersion, childId } = await api.db.referral.findUniqueOrThrow({ where: { id: case_.id } });
  const named = [LEADER, 'intake-bbu-norrebro'];
  const restricting = { id: case_.id, stateVersion, named, reason: 'Barn af en kollega' };
  good(await api.as(LEADER).call('restrictions.restrict', restricting));
  audit = await open(AUDITOR);
  const { caseNumber } = case_;
  expect(actOf(await lines('acts', { caseNumber }), 'Begrænset')).toBeDefined();
  expect((await lines('reads', { caseNumber })).length).toBeGreaterThan(0);
  const kin = {
    id: randomUUID(),
    childId,
    personId: AUDITOR,
    referralId: case_.id,
    madeAt: new Date(AT),
    madeBy: LEADER,
  };
  await api.db.conflict.create({ data: kin });
  for (const list of ['acts', 'reads'] as const) {
    expect(await lines(list, { caseNumber }), list).toEqual([]);
    expect((await look(list)).text, list).not.toContain(caseNumber);
  }
});
