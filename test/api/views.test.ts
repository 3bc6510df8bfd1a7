import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, good, openApi, sendForm, type TestApi } from '#test/support/api.ts';
import { ACUTE, makeForm, nextCpr } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { importPeople, personIn } from '#test/support/people.ts';
import { withoutIds } from '#test/support/without-ids.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const INTAKE = 'intake-bbu-norrebro';
const NIGHT = '2026-11-03T22:40:00+01:00';
const MORNING = '2026-11-04T08:30:00+01:00';

/** What must not stand in a list, and what a notifier sees of it is what they wrote themselves. */
const PLANTED = [
  'Signe Plantet',
  'Storebror Plantet',
  'Plantevej',
  'plantet fortælling',
  'Mor Plantet',
  '+45 31 00 00 01',
];
const [CPR, BROTHER] = [nextCpr(), nextCpr()];

const planted = () => {
  const address = { street: 'Plantevej 1', postalCode: '2200' };
  return makeForm({
    ...ACUTE,
    children: [
      { name: 'Signe Plantet', cpr: CPR, address },
      { name: 'Storebror Plantet', cpr: BROTHER, address: { ...address, postalCode: '2500' } },
    ],
    notifier: { basis: 'professional', notifierCode: 2, name: 'Mor Plantet', workPhone: '+45 31 00 00 01' },
    concern: { narrative: 'plantet fortælling' },
  });
};

let api: TestApi;
let id: string;
let brotherId: string;
let notificationId: string;
beforeAll(async () => {
  api = await openApi(NIGHT);
  const sent = await sendForm(api.as(SENDER), planted());
  [id, brotherId, notificationId] = [sent.referralId, sent.referrals[1]?.id ?? '', sent.notificationId];
});
afterAll(() => api.world.drop());

const call = (person: string, procedure: string, input?: unknown): Promise<Answer> =>
  api.as(person).call(procedure, input);
const keysOf = (value: unknown): string[] => Object.keys(value as object).sort();
const newest = () => api.db.readLog.findFirst({ orderBy: { id: 'desc' } });
const readings = () => api.db.readLog.count();

const notifierSees = async () => {
  const mine = await call(SENDER, 'notifications.mine', {});
  const responsible = await Promise.all(
    [id, brotherId].map((one) => call(SENDER, 'referrals.responsible', { id: one })),
  );
  return { mine, responsible };
};

test("a notifier's view: what rules.md lists and nothing else, by night and by day", async () => {
  const { mine, responsible } = await notifierSees();
  const { items } = good<{ items: Record<string, unknown>[] }>(mine);
  expect(items).toEqual([
    {
      notificationId,
      receivedAt: '2026-11-03T21:40:00.000Z',
      childNames: ['Signe Plantet', 'Storebror Plantet'],
      answers: [],
      department: { da: 'Socialforvaltningen', en: 'Social Services' },
      phone: '+45 00 00 90 00',
      acute: true,
      callNow: false,
      receipt: { state: 'pending', at: null, dueAt: '2026-11-10T22:59:59.000Z' },
      feedback: { da: expect.any(String), en: expect.any(String) },
      requests: [],
      inPlaceOf: null,
    },
  ]);
  for (const answer of responsible) {
    expect(answer.data).toMatchObject({ view: 'notifier', department: { da: 'Socialforvaltningen' } });
    expect(keysOf(answer.data)).toEqual(['department', 'phone', 'view']);
  }
  const said = [mine, ...responsible].map((answer) => answer.text).join();
  const { units, people } = trainingOrganisation();
  for (const unit of units.values()) for (const word of [unit.id, unit.name]) expect(said).not.toContain(word);
  for (const person of people.values()) expect(said).not.toContain(person.id);
  expect(said).not.toMatch(/20\d\d-\d{6}|acknowledged|provisional|assess|status|owner|handler|rule/i);
  for (const secret of [CPR, BROTHER, 'plantet fortælling', 'Plantevej']) expect(said).not.toContain(secret);
});

test('nothing that the units do with it shows to its notifier', async () => {
  api.clock.moveTo(MORNING);
  const before = await notifierSees();
  const known = { unit: 'bch-modtagelsen', disability: true, elsewhere: false };
  good(await call('duty-officer-dognvagten', 'referrals.acknowledge', { id, stateVersion: 0, known, need: null }));
  const mistake = { id: brotherId, stateVersion: 0, reason: 'To gange' };
  good(await call('team-leader-dognvagten', 'referrals.markInError', mistake));
  const after = await notifierSees();
  expect(after.responsible.map(({ data }) => data)).toEqual(before.responsible.map(({ data }) => data));
  expect(after.mine.data).toEqual(before.mine.data);
});

test('an acute matter shows the number to call until somebody has taken every child of it', async () => {
  const { notificationId: mine, referrals } = await sendForm(api.as('notifier-skole-bispebjerg'), planted());
  const callNow = async (): Promise<unknown> => {
    const page = await call('notifier-skole-bispebjerg', 'notifications.mine', {});
    return good<{ items: Record<string, unknown>[] }>(page).items.find((one) => one['notificationId'] === mine)?.[
      'callNow'
    ];
  };
  expect(await callNow()).toBe(false);
  api.clock.advance(15 * 60_000);
  for (const [at, person] of ['intake-bbu-norrebro', 'intake-bbu-valby'].entries()) {
    expect(await callNow()).toBe(true);
    const known = { unit: null, disability: false, elsewhere: false };
    const target = { id: referrals[at]?.id, stateVersion: 0 };
    good(await call(person, 'referrals.acknowledge', { ...target, known, need: null }));
  }
  expect(await callNow()).toBe(false);
});

test('the number to call now is that of the department whose duty unit answers', async () => {
  expect(good(await call(SENDER, 'organisation.forForm'))).toMatchObject({ acutePhone: '+45 00 00 14 00' });
});

test('lists hold no personal data; names are asked for apart and logged, each child of them', async () => {
  const intake = 'intake-bbu-norrebro';
  const children = [{ name: 'Signe Plantet', cpr: nextCpr(), address: { street: 'Plantevej 1', postalCode: '2200' } }];
  const { referralId } = await sendForm(api.as(SENDER), { ...planted(), children });
  const before = await readings();
  const [worklist, counts] = [await call(intake, 'referrals.worklist', {}), await call(intake, 'referrals.counts')];
  expect(good<{ items: { id: string }[] }>(worklist).items.map((item) => item.id)).toContain(referralId);
  for (const word of [...PLANTED, CPR]) expect(worklist.text + counts.text).not.toContain(word);
  expect(withoutIds(worklist.text)).not.toMatch(/\d{10}/);
  expect(await readings()).toBe(before);

  const names = await call(intake, 'referrals.names', { ids: [referralId, id, brotherId] });
  expect(good(names)).toEqual([{ id: referralId, name: 'Signe Plantet', cpr: children[0]?.cpr }]);
  expect(await readings()).toBe(before + 1);
  const { childId } = await api.db.referral.findUniqueOrThrow({ where: { id: referralId } });
  expect(await newest()).toMatchObject({
    personId: intake,
    unitId: 'bbu-norrebro',
    role: 'intake',
    purpose: 'worklist-names',
    referralIds: [referralId],
    childIds: [childId],
  });
  expect(good(await call(intake, 'referrals.names', { ids: [id] }))).toEqual([]);
  expect(await readings()).toBe(before + 1);
});

test('a case shows its own child and no sibling, and says who read it', async () => {
  const { referralId, referrals } = await sendForm(api.as(SENDER), planted());
  const before = await readings();
  const answer = await call(INTAKE, 'referrals.get', { id: referralId });
  const shown = good<{ child: unknown; siblingsInNotification: number; notification: { children: unknown[] } }>(answer);
  expect(shown).toMatchObject({ child: { name: 'Signe Plantet', cpr: CPR }, siblingsInNotification: 1 });
  expect(shown.notification.children).toHaveLength(1);
  for (const secret of ['Storebror', BROTHER, referrals[1]?.id ?? '?']) expect(answer.text).not.toContain(secret);
  expect(await readings()).toBe(before + 1);
  expect(await newest()).toMatchObject({ personId: INTAKE, purpose: 'case', referralIds: [referralId] });
  expect((await call('intake-bbu-bhv', 'referrals.get', { id: referralId })).status).toBe(404);
  expect(await readings()).toBe(before + 1);
});

test('what cannot be logged is not shown', async () => {
  const { referralId } = await sendForm(api.as(SENDER), planted());
  const hide = (table: string, as: string) => api.db.$executeRawUnsafe(`alter table ${table} rename to ${as}`);
  const tries: readonly (readonly [string, string, unknown])[] = [
    [INTAKE, 'referrals.get', { id: referralId }],
    [INTAKE, 'referrals.names', { ids: [referralId] }],
    [INTAKE, 'referrals.search', { text: CPR }],
    [SENDER, 'notifications.mine', {}],
  ];
  await hide('read_log', 'hidden');
  try {
    for (const [person, procedure, input] of tries) {
      const { status, text } = await call(person, procedure, input);
      expect(status, procedure).toBe(500);
      for (const word of [...PLANTED, CPR, referralId]) expect(text).not.toContain(word);
    }
  } finally {
    await hide('hidden', 'read_log');
  }
  for (const [person, procedure, input] of tries) expect((await call(person, procedure, input)).status).toBe(200);
});

test('found by whole CPR and by case number, by those who have it, and each search is logged', async () => {
  const cpr = nextCpr();
  const children = [{ name: 'Barn', cpr, address: { postalCode: '2200' } }];
  const { referralId, referrals } = await sendForm(api.as(SENDER), makeForm({ children }));
  const caseNumber = referrals[0]?.caseNumber ?? '';
  const found = async (person: string, text: string) => good(await call(person, 'referrals.search', { text }));
  const before = await readings();
  const texts = [cpr, `${cpr.slice(0, 6)}-${cpr.slice(6)}`, ` ${cpr} `, caseNumber];
  for (const text of texts) expect(await found(INTAKE, text), text).toEqual([{ id: referralId, caseNumber }]);
  expect(await newest()).toMatchObject({ personId: INTAKE, purpose: 'search', referralIds: [referralId] });
  const nothing = [cpr.slice(0, 6), cpr.slice(0, 9), nextCpr(), caseNumber.slice(0, 8), 'Barn', '%', "' or true --"];
  for (const text of nothing) expect(await found(INTAKE, text), text).toEqual([]);
  expect(await found('intake-bbu-bhv', cpr)).toEqual([]);
  expect(await found('intake-bbu-bhv', caseNumber)).toEqual([]);
  expect(await readings()).toBe(before + texts.length + nothing.length + 2);
  expect((await call(SENDER, 'referrals.search', { text: cpr })).status).toBe(404);
});

test('a role in one unit opens nothing in another, where the same person has another role', async () => {
  const two = personIn('two-roles', [
    { role: 'caseworker', unit: 'bbu-norrebro' },
    { role: 'auditor', unit: 'bbu-valby' },
    { role: 'administrator', unit: 'skole-norrebro' },
  ]);
  await importPeople(api.world, [two], MORNING);
  const [cpr, here] = [nextCpr(), nextCpr()];
  const to = (postalCode: string, digits: string) =>
    sendForm(api.as(SENDER), makeForm({ children: [{ name: 'Barn', cpr: digits, address: { postalCode } }] }));
  const [valby, norrebro] = [await to('2500', cpr), await to('2200', here)];
  good(await call(SENDER, 'drafts.save', { form: {} }));
  const ids = [valby.referralId, norrebro.referralId];
  const listed = good<{ items: { ownerUnit: { id: string } }[] }>(await call(two.id, 'referrals.worklist', {})).items;
  expect(new Set(listed.map((item) => item.ownerUnit.id))).toEqual(new Set(['bbu-norrebro']));
  const { all } = good<{ all: number }>(await call(two.id, 'referrals.counts'));
  expect(all).toBe(good<{ all: number }>(await call(INTAKE, 'referrals.counts')).all);
  expect(good(await call(two.id, 'referrals.names', { ids }))).toEqual([{ id: ids[1], name: 'Barn', cpr: here }]);
  expect(good(await call(two.id, 'referrals.search', { text: cpr }))).toEqual([]);
  for (const [procedure, input] of [
    ['referrals.get', { id: ids[0] }],
    ['referrals.responsible', { id: ids[0] }],
    ['drafts.list', undefined],
  ] as const) {
    expect((await call(two.id, procedure, input)).status, procedure).toBe(404);
  }
});
