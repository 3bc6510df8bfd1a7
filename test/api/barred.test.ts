import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { good, openApi, type TestApi } from '#test/support/api.ts';
import { casesOf, SENDER } from '#test/support/cases.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { tellingOf } from '#test/support/naming-answers.ts';
import { sweepUntil } from '#test/support/sweep.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** forvaltningsloven § 3: who is related to the child takes no part, and the case is not there for them. Over HTTP. */
const AT = '2026-11-03T10:00:00+01:00';
const [UNIT, OTHER, FAR] = ['bbu-norrebro', 'bbu-bispebjerg', 'bch-ungegruppen'];
const [CASEWORKER, INTAKE, COORDINATOR, LEADER] = [
  'caseworker',
  'intake',
  'professional-coordinator',
  'team-leader',
].map((role) => `${role}-${UNIT}`) as [string, string, string, string];
const ABOVE = 'area-manager-bbu';
type Nameable = { people: { id: string }[]; units: { id: string }[] };
const MISSING = { code: 'NOT_FOUND', httpStatus: 404, reason: null, fields: [] };

let api: TestApi;
beforeAll(async () => {
  api = await openApi(AT);
});
afterAll(async () => {
  expect(await verifyJournal(api.world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await api.world.drop();
});

const { call, act, send, take, review, handlerOf } = casesOf(() => api, AT);

const telling = tellingOf(() => api);

describe('who says that they are related to the child', () => {
  const cpr = nextCpr();
  let id: string;
  let about: { referralId: string; caseNumber: string; notificationId: string };
  beforeAll(async () => {
    const { referralId, referrals, notificationId } = await send([cpr]);
    id = referralId;
    about = { referralId, caseNumber: referrals[0]?.caseNumber ?? '', notificationId };
    await take(CASEWORKER, id);
  });

  test('loses it at once: no page, list, count or search names it, nor can they act', async () => {
    expect(await telling(CASEWORKER, about)).toEqual(
      expect.arrayContaining(['referrals.get', 'referrals.worklist', 'referrals.search']),
    );
    const before = good<{ all: number; mine: number }>(await call(CASEWORKER, 'referrals.counts'));
    good(await act(CASEWORKER, 'conflicts.declare', id, { reason: 'Barnet er min niece' }));
    expect(await telling(CASEWORKER, about)).toEqual([]);
    const after = good<{ all: number; mine: number }>(await call(CASEWORKER, 'referrals.counts'));
    expect([before.all - after.all, before.mine - after.mine]).toEqual([1, 1]);
    const refused = await act(CASEWORKER, 'work.assess', id, {
      acute: false,
      evidence: 'visit',
      occurredAt: AT,
      reason: 'Kort',
    });
    expect([refused.status, refused.problem]).toEqual([404, MISSING]);
    const lifting = await act(CASEWORKER, 'conflicts.lift', id, { personId: CASEWORKER, reason: 'Alligevel ikke' });
    expect([lifting.status, lifting.problem]).toEqual([404, MISSING]);
  });

  test('what they had goes to a colleague, who is told by mail, and once', async () => {
    expect(await handlerOf(id)).toBe(CASEWORKER);
    await review();
    expect(await handlerOf(id)).toBe(INTAKE);
    const where = { referralId: id, template: 'assigned' };
    expect((await api.db.outboundMessage.findMany({ where })).map(({ toPersonId }) => toPersonId)).toEqual([INTAKE]);
    const assigned = await act(INTAKE, 'referrals.assign', id, { personId: CASEWORKER });
    expect(assigned.problem?.fields).toMatchObject([{ path: 'personId', code: 'not-in-unit' }]);
    const colleagues = good<{ id: string }[]>(await call(INTAKE, 'organisation.colleagues', { referralId: id }));
    expect(colleagues.map((one) => one.id)).not.toContain(CASEWORKER);
  });

  test('the others see who, since when and why', async () => {
    const page = good<{ barred: unknown[]; timeline: { kind: string; text?: string }[] }>(
      await call(LEADER, 'referrals.get', { id }),
    );
    expect(page.barred).toMatchObject([{ personId: CASEWORKER, at: '2026-11-03T09:00:00.000Z' }]);
    expect(JSON.stringify(page.timeline.find(({ kind }) => kind === 'person-barred'))).toContain('min niece');
  });

  test('it holds for what comes later about the child, for siblings of the same notification, and not for other cases', async () => {
    const [sibling, stranger] = [nextCpr(), nextCpr()];
    const later = await send([cpr, sibling]);
    const other = await send([stranger]);
    for (const one of later.ids) expect((await call(CASEWORKER, 'referrals.get', { id: one })).status).toBe(404);
    expect((await call(CASEWORKER, 'referrals.get', { id: other.referralId })).status).toBe(200);
    expect((await call(INTAKE, 'referrals.get', { id: later.referralId })).status).toBe(200);
  });

  test('no reminder goes to them, and somebody is reminded all the same', async () => {
    const system = api.world.systemCtx;
    await sweepUntil((now) => system(now, 'sweep'), instant(AT), instant('2026-11-24T12:00:00+01:00'));
    const where = { referralId: id, template: 'alarm' };
    const told = (await api.db.outboundMessage.findMany({ where })).map(({ toPersonId }) => toPersonId);
    expect(told).toContain(LEADER);
    expect(told).not.toContain(CASEWORKER);
  });
});

describe('whom the unit names', () => {
  let id: string;
  beforeAll(async () => {
    id = (await send([nextCpr()])).referralId;
    await take(INTAKE, id);
  });
  const name = (by: string, personId: string) => act(by, 'conflicts.name', id, { personId, reason: 'Nabo' });
  const sees = async (personId: string) => (await call(personId, 'referrals.get', { id })).status === 200;

  test('a leader, too, is kept out, and another leader lets them in again; no handler does', async () => {
    const { people } = good<Nameable>(await call(INTAKE, 'conflicts.nameable', { referralId: id }));
    const ids = people.map((one) => one.id);
    expect(ids).toEqual(expect.arrayContaining([LEADER, COORDINATOR, ABOVE, 'director-sof-stab']));
    expect(ids).not.toContain(INTAKE);
    expect(ids).not.toContain(SENDER);
    good(await name(INTAKE, LEADER));
    expect([await sees(LEADER), await sees(COORDINATOR), await sees(ABOVE)]).toEqual([false, true, true]);
    expect((await name(INTAKE, LEADER)).problem?.code).toBe('ILLEGAL_TRANSITION');
    const lift = (by: string) => act(by, 'conflicts.lift', id, { personId: LEADER, reason: 'Flyttet' });
    expect((await lift(INTAKE)).status).toBe(404);
    expect((await lift(LEADER)).status).toBe(404);
    good(await lift(ABOVE));
    expect(await sees(LEADER)).toBe(true);
    expect((await lift(ABOVE)).problem?.code).toBe('ILLEGAL_TRANSITION');
  });

  test('whoever has no way to the case cannot be named', async () => {
    expect((await name(INTAKE, SENDER)).problem?.fields).toMatchObject([{ code: 'unknown-choice' }]);
  });

  test('one who works elsewhere is found by their unit, and is kept out before they open it in an emergency', async () => {
    const cpr = nextCpr();
    const { referralId } = await send([cpr]);
    await take(INTAKE, referralId);
    const asked = async (unit: string | null) =>
      good<Nameable>(await call(INTAKE, 'conflicts.nameable', { referralId, unit }));
    const kin = `caseworker-${FAR}`;
    expect((await asked(null)).people.map((one) => one.id)).not.toContain(kin);
    const { people, units } = await asked(FAR);
    expect(people.map((one) => one.id)).toEqual(expect.arrayContaining([kin, `team-leader-${FAR}`]));
    expect(people.map((one) => one.id)).not.toContain(LEADER);
    const of = units.map((one) => one.id);
    expect(of).toEqual(expect.arrayContaining([UNIT, FAR, 'sof-stab', 'bbu']));
    expect(of).not.toContain('skole-valby');
    // Whoever is looked into must not close the case to who looks.
    expect((await asked('sof-stab')).people.map((one) => one.id)).not.toContain('auditor-sof-stab');
    expect((await name(INTAKE, 'auditor-sof-stab')).problem?.fields).toMatchObject([{ code: 'unknown-choice' }]);
    for (const unit of ['skole-valby', 'nowhere']) {
      const refused = await call(INTAKE, 'conflicts.nameable', { referralId, unit });
      expect(refused.problem?.fields, unit).toMatchObject([{ path: 'unit', code: 'unknown-choice' }]);
    }
    good(await act(INTAKE, 'conflicts.name', referralId, { personId: kin, reason: 'Moster' }));
    const press = { text: cpr, reason: 'Barnet er hos mig' };
    expect(good<unknown[]>(await call(kin, 'referrals.openInEmergency', press))).toEqual([]);
    expect((await call(`team-leader-${FAR}`, 'referrals.openInEmergency', press)).data).toHaveLength(1);
    expect((await asked(FAR)).people.map((one) => one.id)).not.toContain(kin);
  });

  test('in a case for named people as well: who is only not on the list is named like everybody else', async () => {
    const { referralId } = await send([nextCpr()]);
    await take(INTAKE, referralId);
    good(
      await act(LEADER, 'restrictions.restrict', referralId, { named: [INTAKE, LEADER], reason: 'En kollegas barn' }),
    );
    const { people } = good<Nameable>(await call(INTAKE, 'conflicts.nameable', { referralId, unit: OTHER }));
    const kin = `caseworker-${OTHER}`;
    expect(people.map((one) => one.id)).toContain(kin);
    const said = { personId: kin, reason: 'Faster' };
    good(await act(INTAKE, 'conflicts.name', referralId, said));
    expect((await act(INTAKE, 'conflicts.name', referralId, said)).problem?.code).toBe('ILLEGAL_TRANSITION');
    // A list never lets kin in.
    const named = [INTAKE, LEADER, kin];
    const refused = await act(LEADER, 'restrictions.restrict', referralId, { named, reason: 'Kender sagen' });
    expect(refused.problem?.fields).toMatchObject([{ path: 'named', code: 'unknown-choice' }]);
  });

  test('one without a role of their own who stands in for somebody is found where they work', async () => {
    const { referralId } = await send([nextCpr()]);
    await take(INTAKE, referralId);
    const standIn = 'school-social-worker-skole-norrebro';
    const asked = () => call(INTAKE, 'conflicts.nameable', { referralId, unit: 'skole-norrebro' });
    expect((await asked()).problem?.fields).toMatchObject([{ path: 'unit', code: 'unknown-choice' }]);
    await api.db.person.update({ where: { id: COORDINATOR }, data: { substituteId: standIn } });
    await api.db.organisationVersion.update({ where: { id: 1 }, data: { version: { increment: 1 } } });
    expect(good<Nameable>(await asked()).people.map((one) => one.id)).toEqual([standIn]);
    good(await act(INTAKE, 'conflicts.name', referralId, { personId: standIn, reason: 'Nabo' }));
  });

  test('nobody is let in by standing in for somebody who handles it', async () => {
    good(await name(INTAKE, COORDINATOR));
    const away = { personId: LEADER, from: '2026-11-03', lastDay: '2026-11-10', substitute: COORDINATOR };
    good(await call(LEADER, 'absences.register', away));
    expect(await sees(COORDINATOR)).toBe(false);
    const tab = good<{ items: { id: string }[] }>(await call(COORDINATOR, 'referrals.worklist', { tab: 'all' }));
    expect(tab.items.map((one) => one.id)).not.toContain(id);
  });
});

test('a side of a dispute, a decider and a follower are kept out of it like everybody else', async () => {
  const id = (await send([nextCpr()])).referralId;
  await take(INTAKE, id);
  good(await act(INTAKE, 'handovers.propose', id, { to: OTHER, reason: 'Flyttet' }));
  const [side, decider] = [`caseworker-${OTHER}`, 'buf-sof-coordinator-sof-stab'];
  expect(JSON.stringify((await call(side, 'handovers.list', {})).data)).toContain(id);
  const refused = { instead: UNIT, basis: '§ 9', reason: 'Bor ikke her' };
  good(await act(side, 'handovers.decline', id, refused));
  for (const personId of [side, decider]) {
    expect((await call(personId, 'disputes.get', { id })).status).toBe(200);
    good(await act(personId, 'conflicts.declare', id, { reason: 'Familie' }));
    expect((await call(personId, 'disputes.get', { id })).problem).toEqual(MISSING);
    expect(JSON.stringify((await call(personId, 'disputes.board', {})).data)).not.toContain(id);
  }
  // What a stand-in may do, the coordinator's own substitute or the other one does.
  expect((await call('buf-sof-coordinator-buf-fagligt-center', 'disputes.get', { id })).status).toBe(200);
});

test('whoever sent the notification is told of it as ever, related or not', async () => {
  const { referralId: id, notificationId } = await send([nextCpr()]);
  const conflict = { id: api.world.deps.newId(instant(AT)), personId: SENDER, referralId: id, madeBy: INTAKE };
  const { childId } = await api.db.referral.findUniqueOrThrow({ where: { id } });
  await api.db.conflict.create({ data: { ...conflict, childId, madeAt: new Date(AT) } });
  const mine = good<{ items: { notificationId: string }[] }>(await call(SENDER, 'notifications.mine', {}));
  expect(mine.items.map((one) => one.notificationId)).toContain(notificationId);
  expect(good<{ view: string }>(await call(SENDER, 'referrals.responsible', { id })).view).toBe('notifier');
});
