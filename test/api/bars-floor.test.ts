import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertConflict } from '#store/conflicts.ts';
import { good, openApi, sendForm, type TestApi } from '#test/support/api.ts';
import { casesOf, SENDER } from '#test/support/cases.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** Whoever is kept out of a case, somebody stays to lead it and to do its work, and is told. Over HTTP. */
const AT = '2026-11-03T10:00:00+01:00';
const UNIT = 'bbu-norrebro';
const [CASEWORKER, INTAKE, COORDINATOR, LEADER] = [
  `caseworker-${UNIT}`,
  `intake-${UNIT}`,
  `professional-coordinator-${UNIT}`,
  `team-leader-${UNIT}`,
];
const [ABOVE, CENTRE] = ['area-manager-bbu', 'centre-director-bbu'];
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
const name = (by: string, id: string, personId: string) => act(by, 'conflicts.name', id, { personId, reason: 'Nabo' });
const declare = (by: string, id: string) => act(by, 'conflicts.declare', id, { reason: 'Min søster' });
const sees = async (personId: string, id: string) => (await call(personId, 'referrals.get', { id })).status === 200;
const one = async (): Promise<string> => (await send([nextCpr()])).referralId;
const tasks = async (personId: string, id: string) => {
  type Item = { kind: string; referralId: string; asksAbout: string; why: { da: string }; id: string };
  const { items } = good<{ items: Item[] }>(await call(personId, 'tasks.list', {}));
  return items.filter(({ kind, referralId }) => kind === 'related-colleague' && referralId === id);
};
const holdersOf = async (id: string) =>
  (await api.db.task.findMany({ where: { kind: 'related-colleague', referralId: id }, orderBy: { id: 'asc' } })).map(
    ({ aboutPersonId, personId }) => [aboutPersonId, personId],
  );

describe('one handler cannot keep everybody else out', () => {
  let id: string;
  beforeAll(async () => {
    id = await one();
    await take(INTAKE, id);
  });

  test('each naming is told to the nearest leader who is not it, by a task and a mail without a name', async () => {
    good(await name(INTAKE, id, LEADER));
    good(await name(INTAKE, id, ABOVE));
    expect(await holdersOf(id)).toEqual([
      [LEADER, ABOVE],
      [ABOVE, CENTRE],
    ]);
    // The leader above got the first one, and is barred now: it goes on to who is left.
    await review();
    expect(await holdersOf(id)).toEqual([
      [LEADER, CENTRE],
      [ABOVE, CENTRE],
    ]);
    expect((await tasks(CENTRE, id)).map(({ why, asksAbout }) => [why.da, asksAbout.length > 0])).toEqual([
      ['Sagt af en kollega i enheden', true],
      ['Sagt af en kollega i enheden', true],
    ]);
    for (const personId of [LEADER, ABOVE, CASEWORKER, INTAKE]) expect(await tasks(personId, id)).toEqual([]);
    const mails = await api.db.outboundMessage.findMany({ where: { referralId: id, template: 'task' } });
    expect(new Set(mails.map(({ toPersonId }) => toPersonId))).toEqual(new Set([ABOVE, CENTRE]));
  });

  test('the last leader cannot be named, nor say it of themselves, in words that name field and reason', async () => {
    const refused = await name(INTAKE, id, CENTRE);
    expect([refused.status, refused.problem?.code]).toEqual([400, 'INVALID']);
    expect(refused.problem?.fields).toEqual([
      {
        path: 'personId',
        code: 'last-to-lead',
        da: 'Kollega: ville efterlade en af barnets sager uden en leder, der må se den. Overdrag den først til en anden enhed, eller ophæv en anden inhabilitet.',
        en: "Colleague: would leave one of the child's cases without a leader who may see it. First hand it over to another unit, or lift another bar.",
      },
    ]);
    const own = await declare(CENTRE, id);
    expect(own.problem?.fields).toMatchObject([{ path: 'personId', code: 'last-to-lead', da: /^Du: /, en: /^You: / }]);
    expect(await sees(CENTRE, id)).toBe(true);
    expect((await holdersOf(id)).length).toBe(2);
  });

  test('nor the last who may do its work; and each time the leader who is left is told', async () => {
    for (const personId of [CASEWORKER, COORDINATOR]) good(await name(INTAKE, id, personId));
    const refused = await declare(INTAKE, id);
    expect(refused.problem?.fields).toMatchObject([{ path: 'personId', code: 'last-to-handle' }]);
    expect((await holdersOf(id)).slice(2)).toEqual([
      [CASEWORKER, CENTRE],
      [COORDINATOR, CENTRE],
    ]);
  });

  test('once the leader who was told has lifted one, the rest can be named', async () => {
    const [task, ...others] = await tasks(CENTRE, id);
    // That it was lifted is said by lifting it, and by nothing else.
    const said = await call(CENTRE, 'tasks.finish', { id: task?.id, outcome: 'lifted' });
    expect(said.problem?.fields).toMatchObject([{ path: 'outcome', code: 'unknown-choice' }]);
    good(await act(CENTRE, 'conflicts.lift', id, { personId: LEADER, reason: 'Ikke nabo' }));
    expect(await tasks(CENTRE, id)).toEqual(others);
    expect(await api.db.task.findUniqueOrThrow({ where: { id: task?.id ?? '' } })).toMatchObject({
      doneBy: CENTRE,
      outcome: 'lifted',
    });
    expect(await sees(LEADER, id)).toBe(true);
    good(await name(INTAKE, id, CENTRE));
    expect((await name(LEADER, id, LEADER)).problem?.fields).toMatchObject([{ code: 'unknown-choice' }]);
    expect((await declare(LEADER, id)).problem?.fields).toMatchObject([{ code: 'last-to-lead' }]);
    good(await declare(INTAKE, id));
    await review();
    expect(await handlerOf(id)).toBe(LEADER);
  });
});

test('a leader who says it of themselves is looked at by the next one up, and by nobody below', async () => {
  const id = await one();
  good(await declare(LEADER, id));
  expect(await holdersOf(id)).toEqual([[LEADER, ABOVE]]);
  expect((await tasks(ABOVE, id)).map(({ why }) => why.da)).toEqual(['Har selv sagt det']);
  // A leader who names somebody is not asked about it; the one above is.
  const other = await one();
  good(await name(LEADER, other, CASEWORKER));
  expect(await holdersOf(other)).toEqual([[CASEWORKER, ABOVE]]);
  // Whose reading a task does not ask about, of them it shows none.
  const [task] = await tasks(ABOVE, other);
  expect((await call(ABOVE, 'tasks.reading', { id: task?.id })).status).toBe(404);
});

test('who said it never gets to look whether it is right, whoever had that passes it on', async () => {
  const id = await one();
  good(await name(LEADER, id, CASEWORKER));
  good(await declare(ABOVE, id));
  await review();
  expect(await holdersOf(id)).toEqual([
    [CASEWORKER, CENTRE],
    [ABOVE, LEADER],
  ]);
});

describe('at the same instant', () => {
  test('two who name each other in one case: one stands, the other finds it no more', async () => {
    const id = await one();
    const answers = await Promise.all([name(CASEWORKER, id, COORDINATOR), name(COORDINATOR, id, CASEWORKER)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect(answers.find(({ status }) => status === 404)?.problem).toEqual(MISSING);
    const seeing = await Promise.all([CASEWORKER, COORDINATOR].map((personId) => sees(personId, id)));
    expect(seeing.toSorted()).toEqual([false, true]);
  });

  test('and in two cases of one notification, the same', async () => {
    const [first = '', second = ''] = (await send([nextCpr(), nextCpr()])).ids;
    const answers = await Promise.all([name(CASEWORKER, first, COORDINATOR), name(COORDINATOR, second, CASEWORKER)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect((await sees(CASEWORKER, first)) || (await sees(COORDINATOR, first))).toBe(true);
  });

  test('three handlers each keep out a leader, in three cases of the children: one leader stays', async () => {
    const [a = '', b = '', c = ''] = (await send([nextCpr(), nextCpr(), nextCpr()])).ids;
    const answers = await Promise.all([
      name(INTAKE, a, LEADER),
      name(CASEWORKER, b, ABOVE),
      name(COORDINATOR, c, CENTRE),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 400]);
    for (const id of [a, b, c]) {
      const seeing = await Promise.all([LEADER, ABOVE, CENTRE].map((personId) => sees(personId, id)));
      expect(seeing.filter(Boolean).length).toBe(1);
    }
  });

  test('lifted twice: once', async () => {
    const id = await one();
    good(await name(INTAKE, id, CASEWORKER));
    const lift = (by: string) => act(by, 'conflicts.lift', id, { personId: CASEWORKER, reason: 'Flyttet' });
    const answers = await Promise.all([lift(LEADER), lift(ABOVE)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await sees(CASEWORKER, id)).toBe(true);
  });
});

describe('records of one child', () => {
  const merge = async (id: string, other: string, by = LEADER) => {
    const childOf = async (one: string) => (await api.db.referral.findUniqueOrThrow({ where: { id: one } })).childId;
    const [own, theirs] = [await childOf(id), await childOf(other)];
    const input = { other: theirs, reason: 'Samme barn' };
    const first = await act(by, 'children.merge', id, { ...input, from: theirs, into: own });
    return first.problem?.code === 'STALE'
      ? act(by, 'children.merge', id, { ...input, from: own, into: theirs })
      : first;
  };

  test('a bar follows to the other record and back, and so does the work', async () => {
    const [id, other] = [await one(), (await send([nextCpr()])).referralId];
    const [sibling = '', shared = ''] = (await send([nextCpr(), nextCpr()])).ids;
    for (const mine of [id, other, sibling, shared]) await take(CASEWORKER, mine);
    good(await name(INTAKE, id, CASEWORKER));
    await review();
    expect([await handlerOf(id), await handlerOf(other)]).toEqual([INTAKE, CASEWORKER]);
    const { linkId } = good<{ linkId: string }>(await merge(id, other));
    await review();
    expect([await sees(CASEWORKER, other), await handlerOf(other)]).toEqual([false, INTAKE]);
    // One of a notification with two children: the case of the other child tells of the first.
    good(await merge(id, sibling));
    await review();
    expect([await sees(CASEWORKER, shared), await handlerOf(shared)]).toEqual([false, INTAKE]);
    good(await act(LEADER, 'children.undoLink', id, { linkId, reason: 'Ikke samme' }));
    await review();
    expect([await sees(CASEWORKER, id), await sees(CASEWORKER, other)]).toEqual([false, true]);
    // What was handed on stays where it is.
    expect(await handlerOf(other)).toBe(INTAKE);
  });

  test('two records that together leave nobody are not merged before somebody is let in', async () => {
    const [id, other] = [await one(), await one()];
    for (const personId of [ABOVE, CENTRE]) good(await name(INTAKE, id, personId));
    good(await name(INTAKE, other, COORDINATOR));
    good(await declare(LEADER, other));
    // To whoever is kept out the record is not there to be bound; to the others the floor says no.
    expect((await merge(id, other)).problem?.code).toBe('NOT_FOUND');
    const refused = await merge(id, other, INTAKE);
    expect([refused.status, refused.problem?.code]).toEqual([409, 'ILLEGAL_TRANSITION']);
    good(await act(ABOVE, 'conflicts.lift', other, { personId: LEADER, reason: 'Ikke familie' }));
    good(await merge(id, other));
    expect(await sees(COORDINATOR, id)).toBe(false);
  });

  test('whoever is kept out of the case of an unborn child stays out when it is born, also of what is known already', async () => {
    const cpr = nextCpr();
    const other = (await send([cpr])).referralId;
    const born = async (): Promise<string> => {
      const unborn = { name: 'Ufødt', identity: 'unborn', address: { postalCode: '2200' } };
      return (await sendForm(api.as(SENDER), makeForm({ children: [unborn] }))).referralId;
    };
    const [related, restricted] = [await born(), await born()];
    good(await name(INTAKE, related, COORDINATOR));
    good(await act(INTAKE, 'referrals.identifyChild', related, { cpr, name: 'Født' }));
    expect([await sees(COORDINATOR, related), await sees(COORDINATOR, other)]).toEqual([false, false]);
    const named = [LEADER, INTAKE];
    good(await act(LEADER, 'restrictions.restrict', restricted, { named, reason: 'Barn af en kollega' }));
    good(await act(INTAKE, 'referrals.identifyChild', restricted, { cpr, name: 'Født' }));
    for (const id of [related, restricted, other]) {
      expect([await sees(INTAKE, id), await sees(CASEWORKER, id)], id).toEqual([true, false]);
    }
  });

  test('nor is an unborn child identified as one whose cases elsewhere have kept out all who could lead it', async () => {
    const cpr = nextCpr();
    const other = (await send([cpr], { postalCode: '2500' })).referralId;
    const unborn = { name: 'Ufødt', identity: 'unborn', address: { postalCode: '2200' } };
    const { referralId: id } = await sendForm(api.as(SENDER), makeForm({ children: [unborn] }));
    // As when the case was Nørrebro's before it was handed over.
    const { deps, systemCtx } = api.world;
    const { now, scope } = systemCtx(AT);
    for (const personId of [LEADER, COORDINATOR, ABOVE, CENTRE]) {
      await insertConflict(deps.db, scope, { id: deps.newId(now), personId, referralId: other, by: 'system' }, now);
    }
    const identify = () => act(INTAKE, 'referrals.identifyChild', id, { cpr, name: 'Født' });
    const refused = await identify();
    expect([refused.status, refused.problem?.code]).toEqual([409, 'ILLEGAL_TRANSITION']);
    good(await act('team-leader-bbu-valby', 'conflicts.lift', other, { personId: LEADER, reason: 'Ikke familie' }));
    good(await identify());
    expect([await sees(LEADER, id), await sees(COORDINATOR, id)]).toEqual([true, false]);
  });
});

test('a closed case that is opened again is not taken by whoever became related to the child since', async () => {
  const id = await one();
  await take(CASEWORKER, id);
  good(await act(LEADER, 'referrals.markInError', id, { reason: 'Sendt to gange' }));
  good(await name(INTAKE, id, CASEWORKER));
  await review();
  good(await act(LEADER, 'work.reopen', id, { reason: 'Nyt' }));
  expect(await api.db.referral.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'received',
    handlerId: null,
  });
});
