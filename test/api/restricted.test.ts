import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { good, openApi, type TestApi } from '#test/support/api.ts';
import { casesOf } from '#test/support/cases.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { tellingOf } from '#test/support/naming-answers.ts';
import { sweepUntil } from '#test/support/sweep.ts';
import { addressMail } from '#usecases/address-mail.ts';
import { keepNamed } from '#usecases/keep-named.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** An employee's child: its cases are there for named people only, and never for nobody. Over HTTP. */
const AT = '2026-11-03T10:00:00+01:00';
const [UNIT, OTHER] = ['bbu-norrebro', 'bbu-bispebjerg'];
const [CASEWORKER, INTAKE, COORDINATOR, LEADER] = [
  `caseworker-${UNIT}`,
  `intake-${UNIT}`,
  `professional-coordinator-${UNIT}`,
  `team-leader-${UNIT}`,
];
const ABOVE = 'area-manager-bbu';
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
const restrict = (by: string, id: string, named: readonly string[]) =>
  act(by, 'restrictions.restrict', id, { named, reason: 'Barn af en kollega' });
const sees = async (personId: string, id: string) => (await call(personId, 'referrals.get', { id })).status === 200;
const seeing = async (id: string, people: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const personId of people) if (await sees(personId, id)) found.push(personId);
  return found;
};
const THERE = [`caseworker-${OTHER}`, `intake-${OTHER}`, `team-leader-${OTHER}`];
const STAFF = [CASEWORKER, INTAKE, COORDINATOR, LEADER, ABOVE];
const keep = () => keepNamed(api.world.systemCtx(AT, 'named-people'));
const widened = async (id: string): Promise<unknown[]> =>
  (
    await api.db.caseEvent.findMany({ where: { referralId: id, kind: 'restriction-widened' }, orderBy: { seq: 'asc' } })
  ).map(({ data, actorRole }) => [(data as { people: string[] }).people, actorRole]);

describe('a case restricted by the unit’s leader', () => {
  const cpr = nextCpr();
  let id: string;
  let about: { referralId: string; caseNumber: string; notificationId: string };
  beforeAll(async () => {
    const { referralId, referrals, notificationId } = await send([cpr]);
    id = referralId;
    about = { referralId, caseNumber: referrals[0]?.caseNumber ?? '', notificationId };
    await take(CASEWORKER, id);
  });

  test('must hold a leader who can lift it, and somebody there to handle it; only leaders restrict', async () => {
    const fields = async (named: readonly string[]) => (await restrict(LEADER, id, named)).problem?.fields;
    expect(await fields([INTAKE])).toMatchObject([
      {
        path: 'named',
        code: 'nobody-to-lead',
        da: 'Hvem sagen er åben for: skal rumme mindst én leder, der kan ophæve begrænsningen.',
        en: 'Whom the case is open to: must hold at least one leader who can lift the restriction.',
      },
    ]);
    expect(await fields([ABOVE])).toMatchObject([{ path: 'named', code: 'nobody-to-handle' }]);
    expect(await fields([LEADER, 'school-social-worker-skole-norrebro'])).toMatchObject([{ code: 'unknown-choice' }]);
    expect((await restrict(INTAKE, id, [INTAKE, LEADER])).status).toBe(404);
    expect((await act(LEADER, 'restrictions.lift', id, { reason: 'Nej' })).problem?.code).toBe('ILLEGAL_TRANSITION');
    expect(await seeing(id, STAFF)).toEqual(STAFF);
  });

  test('is there for those alone: no page, list, count or search names it to anybody else, and what they had goes on', async () => {
    expect(await telling(CASEWORKER, about)).toEqual(expect.arrayContaining(['referrals.get', 'referrals.search']));
    const before = good<{ all: number }>(await call(CASEWORKER, 'referrals.counts'));
    good(await restrict(LEADER, id, [INTAKE, LEADER]));
    for (const personId of [CASEWORKER, COORDINATOR, ABOVE]) expect(await telling(personId, about)).toEqual([]);
    expect(good<{ all: number }>(await call(CASEWORKER, 'referrals.counts')).all).toBe(before.all - 1);
    expect(await seeing(id, STAFF)).toEqual([INTAKE, LEADER]);
    await review();
    expect(await handlerOf(id)).toBe(INTAKE);
    const acts = [
      await act(CASEWORKER, 'conflicts.declare', id, { reason: 'Mit barn' }),
      await restrict(ABOVE, id, [ABOVE, CASEWORKER]),
      await act(ABOVE, 'restrictions.lift', id, { reason: 'Nysgerrig' }),
    ];
    for (const answer of acts) expect([answer.status, answer.problem]).toEqual([404, MISSING]);
  });

  test('shows the named people whom it is for, and why it is', async () => {
    type Page = { restrictedTo: { personId: string }[]; timeline: { kind: string }[]; acts: string[] };
    const page = good<Page>(await call(LEADER, 'referrals.get', { id }));
    expect(page.restrictedTo.map(({ personId }) => personId).toSorted()).toEqual([INTAKE, LEADER].toSorted());
    expect(JSON.stringify(page.timeline.find(({ kind }) => kind === 'restricted'))).toContain('Barn af en kollega');
    expect(page.acts).toEqual(expect.arrayContaining(['restrict', 'lift-restriction']));
    expect(good<Page>(await call(INTAKE, 'referrals.get', { id })).acts).not.toContain('restrict');
    const colleagues = good<{ id: string }[]>(await call(INTAKE, 'organisation.colleagues', { referralId: id }));
    expect(colleagues.map((one) => one.id).toSorted()).toEqual([INTAKE, LEADER].toSorted());
  });

  test('nobody is let in by standing in for somebody who is named', async () => {
    const away = { personId: LEADER, from: '2026-11-03', lastDay: '2026-11-03', substitute: COORDINATOR };
    good(await call(LEADER, 'absences.register', away));
    expect(await sees(COORDINATOR, id)).toBe(false);
  });

  test('reminders go to the named, and what would go to the unit’s box to one of them', async () => {
    const system = api.world.systemCtx;
    await sweepUntil((now) => system(now, 'sweep'), instant(AT), instant('2026-11-20T12:00:00+01:00'));
    const alarms = await api.db.outboundMessage.findMany({ where: { referralId: id, template: 'alarm' } });
    const told = new Set(alarms.map(({ toPersonId }) => toPersonId));
    expect(told).toContain(INTAKE);
    for (const personId of [CASEWORKER, COORDINATOR, ABOVE]) expect(told).not.toContain(personId);
    const [boxed] = await api.db.outboundMessage.findMany({ where: { referralId: id, toUnitId: UNIT } });
    const addressed = await addressMail(system(AT, 'mail'), boxed?.id ?? '');
    expect(addressed?.to).toBe(`${INTAKE}@bindeled.example`);
  });

  test('holds for what comes later about the child, and for siblings of the same notification', async () => {
    const later = await send([cpr, nextCpr()]);
    for (const one of later.ids) expect(await seeing(one, STAFF)).toEqual([INTAKE, LEADER]);
    // Another unit has a case of the child: its leader is named, and nobody else there.
    const elsewhere = (await send([nextCpr()], { postalCode: '2400' })).referralId;
    const childOf = async (one: string) => (await api.db.referral.findUniqueOrThrow({ where: { id: one } })).childId;
    const [own, theirs] = [await childOf(id), await childOf(elsewhere)];
    expect(await seeing(elsewhere, THERE)).toEqual(THERE);
    const merge = (from: string, into: string) =>
      act(LEADER, 'children.merge', id, { other: theirs, from, into, reason: 'Samme barn' });
    const first = await merge(theirs, own);
    if (first.status !== 200) good(await merge(own, theirs));
    expect(await seeing(elsewhere, THERE)).toEqual([`team-leader-${OTHER}`]);
    expect(await keep()).toBe(0);
    // Named for the child, and yet no more than their role lets them.
    expect(await sees(`team-leader-${OTHER}`, id)).toBe(false);
  });

  test('the list is changed, and lifted, by a leader who is on it; two at once, once', async () => {
    const both = await Promise.all([
      restrict(LEADER, id, [LEADER, INTAKE, CASEWORKER, `team-leader-${OTHER}`]),
      restrict(LEADER, id, [LEADER, INTAKE, COORDINATOR, `team-leader-${OTHER}`]),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await seeing(id, [CASEWORKER, COORDINATOR])).length).toBe(1);
    good(await restrict(LEADER, id, [LEADER, INTAKE, `team-leader-${OTHER}`]));
    expect(await seeing(id, STAFF)).toEqual([INTAKE, LEADER]);
    // Døgnvagten has had the assessment task: its officer is named again whoever is taken off.
    type Page = { restrictedTo: { personId: string }[] };
    const { restrictedTo } = good<Page>(await call(LEADER, 'referrals.get', { id }));
    const list = restrictedTo.map(({ personId }) => personId);
    expect(list).toContain('duty-officer-dognvagten');
    const same = await restrict(LEADER, id, list);
    expect(same.problem?.code).toBe('ILLEGAL_TRANSITION');
    good(await act(LEADER, 'restrictions.lift', id, { reason: 'Kollegaen er fratrådt' }));
    expect(await seeing(id, STAFF)).toEqual(STAFF);
  });
});

describe('it is never in nobody’s hands', () => {
  const restricted = async (): Promise<string> => {
    const { referralId: id } = await send([nextCpr()]);
    await take(INTAKE, id);
    good(await restrict(LEADER, id, [INTAKE, LEADER]));
    return id;
  };
  const LEADS = `team-leader-${OTHER}`;

  test('a hand-over names the receiver’s leader, who takes it and has it', async () => {
    const id = await restricted();
    good(await act(INTAKE, 'handovers.propose', id, { to: OTHER, reason: 'Flyttet' }));
    expect(await widened(id)).toEqual([[[LEADS], 'system: named-people']]);
    const mails = await api.db.outboundMessage.findMany({ where: { referralId: id, toPersonId: LEADS } });
    expect(mails.map(({ template }) => template)).toContain('referral-received');
    expect((await act(`caseworker-${OTHER}`, 'handovers.accept', id)).status).toBe(404);
    good(await act(LEADS, 'handovers.accept', id));
    expect(await seeing(id, [LEADS, `caseworker-${OTHER}`, `intake-${OTHER}`])).toEqual([LEADS]);
  });

  test('a dispute names who speaks and who decides at its step', async () => {
    const id = await restricted();
    good(await act(INTAKE, 'handovers.propose', id, { to: OTHER, reason: 'Flyttet' }));
    good(await act(LEADS, 'handovers.decline', id, { instead: UNIT, basis: '§ 9', reason: 'Bor ikke her' }));
    expect((await call(LEADS, 'disputes.get', { id })).status).toBe(200);
    expect((await call(`caseworker-${OTHER}`, 'disputes.get', { id })).problem).toEqual(MISSING);
    const { step } = await api.db.dispute.findFirstOrThrow({ where: { referralId: id } });
    const coordinators = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center'];
    for (const one of coordinators) expect((await call(one, 'disputes.get', { id })).status).toBe(404);
    await sweepUntil((now) => api.world.systemCtx(now, 'sweep'), instant(AT), instant('2026-11-09T12:00:00+01:00'));
    const now = await api.db.dispute.findFirstOrThrow({ where: { referralId: id } });
    expect(now.step).toBeGreaterThan(step);
    const following = [];
    for (const one of coordinators) if ((await call(one, 'disputes.get', { id })).status === 200) following.push(one);
    expect(following).toEqual(['buf-sof-coordinator-sof-stab']);
  });

  test('when whoever is named goes away, the next one is named', async () => {
    const id = await restricted();
    good(await act(LEADER, 'restrictions.restrict', id, { named: [INTAKE, ABOVE], reason: 'Kun de to' }));
    expect(await sees(LEADER, id)).toBe(false);
    expect(await keep()).toBe(0);
    good(
      await call(INTAKE, 'absences.register', {
        personId: INTAKE,
        from: '2026-11-03',
        lastDay: '2026-11-06',
        substitute: null,
      }),
    );
    await keep();
    expect(await seeing(id, [CASEWORKER, COORDINATOR])).toHaveLength(1);
    expect((await widened(id)).length).toBe(1);
  });
});
