import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteOldEmergencies } from '#store/emergencies.ts';
import { type Target, TRIALS } from '#test/support/access-trials.ts';
import { good, openApi, type TestApi } from '#test/support/api.ts';
import { casesOf } from '#test/support/cases.ts';
import { untilWaiting } from '#test/support/destructions.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { tellingOf } from '#test/support/naming-answers.ts';
import { addressMail } from '#usecases/address-mail.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { watchReading } from '#usecases/watch-reading.ts';

/** A child in danger whose case is somebody else's: read for an hour, told and asked about each time. Over HTTP. */
const AT = '2026-11-03T10:00:00+01:00';
const [UNIT, FAR] = ['bbu-norrebro', 'bch-ungegruppen'];
const [CASEWORKER, INTAKE, LEADER] = [`caseworker-${UNIT}`, `intake-${UNIT}`, `team-leader-${UNIT}`];
const [STRANGER, THEIR_LEADER] = [`caseworker-${FAR}`, `team-leader-${FAR}`];
const REASON = 'Barnet står foran mig';

type Hit = { id: string; caseNumber: string };
type Page = {
  [field: string]: unknown;
  timeline: { kind: string }[];
  acts: string[];
  files: unknown[];
  emergencyUntil: string | null;
};

let api: TestApi;
beforeAll(async () => {
  api = await openApi(AT);
});
afterAll(async () => {
  expect(await verifyJournal(api.world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await api.world.drop();
});

const { call, act, send, take } = casesOf(() => api, AT);
const press = (who: string, text: string, reason = REASON) => call(who, 'referrals.openInEmergency', { text, reason });
const status = async (who: string, id: string) => (await call(who, 'referrals.get', { id })).status;
const questions = (about: string) =>
  api.db.task.findMany({ where: { kind: 'unusual-reading', reason: 'emergency', aboutPersonId: about } });
const accesses = () => api.db.emergencyAccess.count();
const related = (personId: string, referralId: string) =>
  api.db.referral.findUniqueOrThrow({ where: { id: referralId } }).then(({ childId }) =>
    api.db.conflict.create({
      data: { id: crypto.randomUUID(), childId, personId, referralId, madeAt: new Date(AT), madeBy: LEADER },
    }),
  );
const at = (minutes: number): void =>
  api.clock.moveTo(new Date(new Date(AT).getTime() + minutes * 60_000).toISOString());

test('is read for an hour and no more; nothing is done in it, and no list knows of it', async () => {
  const cpr = nextCpr();
  const { referralId: id, notificationId, referrals } = await send([cpr]);
  const caseNumber = referrals[0]?.caseNumber ?? '';
  await take(CASEWORKER, id);
  expect(await status(STRANGER, id)).toBe(404);
  expect(good<Hit[]>(await call(STRANGER, 'referrals.search', { text: cpr }))).toEqual([]);

  expect(good<Hit[]>(await press(STRANGER, cpr))).toEqual([{ id, caseNumber }]);
  const page = good<Page>(await call(STRANGER, 'referrals.get', { id }));
  expect(page).toMatchObject({
    caseNumber,
    acts: ['declare-conflict'],
    files: [],
    feedbacks: [],
    barred: [],
    maySeeLookups: false,
  });
  expect(page.emergencyUntil).toBe('2026-11-03T10:00:00.000Z');
  expect(page.timeline.map(({ kind }) => kind)).not.toContain('emergency-opened');
  const about = { referralId: id, caseNumber, notificationId };
  expect(await tellingOf(() => api)(STRANGER, about)).toEqual(['referrals.get']);
  // Every act that a case of one's own refuses for its version only, but to say that one is related to the child.
  const tried: string[] = [];
  for (const [name, { input, refusal }] of Object.entries(TRIALS)) {
    const asked = input?.(about as unknown as Target) as { id?: string } | undefined;
    if (refusal === undefined || asked?.id !== id || name === 'conflicts.declare') continue;
    expect((await call(STRANGER, name.split(' ')[0] ?? '', asked)).status, name).toBe(404);
    tried.push(name);
  }
  expect(tried.length).toBeGreaterThan(40);
  // Of the colleague beside them it is as little as before.
  expect(await status(THEIR_LEADER, id)).toBe(404);

  at(59);
  expect(await status(STRANGER, id)).toBe(200);
  at(60);
  expect(await status(STRANGER, id)).toBe(404);
  at(0);
});

test('the unit is told and its journal says why; whoever leads the reader is asked, each time; the look-up stands there', async () => {
  const { referralId: id, referrals } = await send([nextCpr()]);
  await api.db.task.deleteMany();
  good(await press(STRANGER, referrals[0]?.caseNumber ?? ''));
  good(await call(STRANGER, 'referrals.get', { id }));
  const lines = good<Page>(await call(CASEWORKER, 'referrals.get', { id })).timeline;
  const line = JSON.stringify(lines.find(({ kind }) => kind === 'emergency-opened'));
  expect(line).toContain(REASON);
  expect(line).toContain('Ungegruppen');
  const mails = await api.db.outboundMessage.findMany({ where: { referralId: id, template: 'emergency-opened' } });
  expect(mails.map(({ toUnitId }) => toUnitId)).toEqual([UNIT]);
  expect(JSON.stringify(await addressMail(api.world.systemCtx(AT, 'mail'), mails[0]?.id ?? ''))).toContain(UNIT);
  const lookups = (await call(LEADER, 'referrals.lookups', { id })).text;
  expect(lookups).toContain('Åbnede sagen i nød');
  const other = await send([nextCpr()]);
  good(await press(STRANGER, other.referrals[0]?.caseNumber ?? ''));
  const asked = await questions(STRANGER);
  expect(asked.map(({ personId }) => personId)).toEqual([THEIR_LEADER, THEIR_LEADER]);
  expect((await call(THEIR_LEADER, 'tasks.reading', { id: asked[0]?.id })).text).toContain('Åbnede sagen i nød');
  // It is asked about already: not as a case that their units have nothing to do with once more.
  at(30);
  await watchReading(api.world.systemCtx('2026-11-03T10:30:00+01:00'));
  expect(await api.db.task.count({ where: { kind: 'unusual-reading', reason: 'no-relation' } })).toBe(0);
  at(0);
});

test('where nothing is found that is asked about as well: it tells of a child', async () => {
  await api.db.task.deleteMany();
  expect(good<Hit[]>(await press(STRANGER, nextCpr()))).toEqual([]);
  const [asked, ...more] = await questions(STRANGER);
  expect(more).toEqual([]);
  expect((await call(THEIR_LEADER, 'tasks.reading', { id: asked?.id })).text).toContain('Søgte en sag i nød');
});

test('a double click opens once; what is one’s own is opened without an emergency', async () => {
  const { referralId: id, referrals } = await send([nextCpr()]);
  const caseNumber = referrals[0]?.caseNumber ?? '';
  const [before, key] = [await accesses(), crypto.randomUUID()];
  const twice = [1, 2].map(() =>
    api.as(STRANGER).call('referrals.openInEmergency', { text: caseNumber, reason: REASON }, { key }),
  );
  for (const answer of await Promise.all(twice)) expect(good<Hit[]>(answer)).toEqual([{ id, caseNumber }]);
  expect(await accesses()).toBe(before + 1);
  await api.db.task.deleteMany();
  expect(good<Hit[]>(await press(CASEWORKER, caseNumber))).toEqual([{ id, caseNumber }]);
  expect(await accesses()).toBe(before + 1);
  expect(await questions(CASEWORKER)).toEqual([]);
  expect(good<Page>(await call(CASEWORKER, 'referrals.get', { id })).emergencyUntil).toBeNull();
});

test('what is for named people is not there for others; nor is a case to whoever is related to its child, then or later', async () => {
  const cpr = nextCpr();
  const { referralId: id } = await send([cpr]);
  await take(CASEWORKER, id);
  good(await press(STRANGER, cpr));
  good(await act(LEADER, 'restrictions.restrict', id, { named: [INTAKE, LEADER], reason: 'Barn af en kollega' }));
  const before = await accesses();
  for (const who of [STRANGER, CASEWORKER]) {
    expect(await status(who, id), who).toBe(404);
    expect(good<Hit[]>(await press(who, cpr)), who).toEqual([]);
    expect(await status(who, id), who).toBe(404);
  }
  good(await act(LEADER, 'restrictions.lift', id, { reason: 'Flyttet' }));
  expect(await accesses()).toBe(before);

  good(await press(STRANGER, cpr));
  expect(await status(STRANGER, id)).toBe(200);
  await related(STRANGER, id);
  expect(await status(STRANGER, id)).toBe(404);
  expect(good<Hit[]>(await press(STRANGER, cpr))).toEqual([]);
  expect(await accesses()).toBe(before + 1);
});

test('who finds in an emergency that they are related says so: it is closed to them at once, and the leader there looks', async () => {
  const cpr = nextCpr();
  const { referralId: id } = await send([cpr]);
  await take(CASEWORKER, id);
  await api.db.task.deleteMany();
  const { stateVersion } = await api.db.referral.findUniqueOrThrow({ where: { id } });
  const declare = (key: string) =>
    api.as(STRANGER).call('conflicts.declare', { id, stateVersion, reason: 'Min søsters barn' }, { key });
  expect((await declare(crypto.randomUUID())).status).toBe(404);
  good(await press(STRANGER, cpr));
  at(60);
  expect((await declare(crypto.randomUUID())).status).toBe(404);
  at(59);
  expect(good<Page>(await call(STRANGER, 'referrals.get', { id })).acts).toEqual(['declare-conflict']);
  const key = crypto.randomUUID();
  for (const answer of await Promise.all([declare(key), declare(key)])) good(answer);
  good(await declare(key));
  expect(await status(STRANGER, id)).toBe(404);
  expect(good<Hit[]>(await press(STRANGER, cpr))).toEqual([]);
  expect((await declare(crypto.randomUUID())).status).toBe(404);
  const page = good<Page & { barred: { personId: string }[] }>(await call(LEADER, 'referrals.get', { id }));
  expect(page.barred.map(({ personId }) => personId)).toEqual([STRANGER]);
  expect(page.timeline.filter(({ kind }) => kind === 'person-barred')).toHaveLength(1);
  const where = { kind: 'related-colleague', aboutPersonId: STRANGER };
  expect(await api.db.task.findMany({ where })).toMatchObject([{ personId: LEADER }]);
  // Neither do they stand aside from what was never theirs: whoever has the case keeps it.
  expect(await api.db.referral.findUnique({ where: { id } })).toMatchObject({ handlerId: CASEWORKER });
});

test('who is found to be related while they wait opens nothing', async () => {
  const { referralId: id, referrals } = await send([nextCpr()]);
  const before = await accesses();
  const { pressing } = await api.db.$transaction(async (tx) => {
    await tx.$executeRaw`select id from referral where id = ${id}::uuid for update`;
    const { childId } = await tx.referral.findUniqueOrThrow({ where: { id } });
    const said = { id: crypto.randomUUID(), childId, personId: STRANGER, referralId: id };
    await tx.conflict.create({ data: { ...said, madeAt: new Date(AT), madeBy: LEADER } });
    const started = press(STRANGER, referrals[0]?.caseNumber ?? '');
    await untilWaiting(api.world, 1);
    return { pressing: started };
  });
  expect(good<Hit[]>(await pressing)).toEqual([]);
  expect(await accesses()).toBe(before);
});

test('both are told: who owns it for now, and whose it is', async () => {
  const { referralId: id, referrals } = await send([nextCpr()]);
  const stands = { responsibleUnitId: 'bbu-valby', provisionalRule: 'dispute' };
  await api.db.referral.update({ where: { id }, data: stands });
  good(await press(STRANGER, referrals[0]?.caseNumber ?? ''));
  const mails = await api.db.outboundMessage.findMany({ where: { referralId: id, template: 'emergency-opened' } });
  expect(mails.map(({ toUnitId }) => toUnitId).toSorted()).toEqual([UNIT, 'bbu-valby'].toSorted());
});

test('without a reason, too long, or by whoever handles no cases, it is refused', async () => {
  const { referrals } = await send([nextCpr()]);
  const text = referrals[0]?.caseNumber ?? '';
  const refused = await press(STRANGER, text, '   ');
  expect(refused.status).toBe(400);
  expect(refused.problem?.fields).toMatchObject([{ path: 'reason' }]);
  expect((await press(STRANGER, text, 'x'.repeat(4_001))).problem?.fields).toMatchObject([{ path: 'reason' }]);
  for (const who of ['administrator-sof-stab', 'auditor-sof-stab', 'notifier-skole-valby', 'director-sof-stab']) {
    expect((await press(who, text)).status, who).toBe(404);
  }
  expect((await api.nobody.call('referrals.openInEmergency', { text, reason: REASON })).status).toBe(401);
});

test('what has run out is forgotten; the journal keeps it', async () => {
  const later = api.world.systemCtx('2026-11-03T12:00:00+01:00');
  expect(await deleteOldEmergencies(later.deps.db, later.scope, later.now)).toBeGreaterThan(0);
  expect(await accesses()).toBe(0);
  expect(await api.db.caseEvent.count({ where: { kind: 'emergency-opened' } })).toBeGreaterThan(0);
});
