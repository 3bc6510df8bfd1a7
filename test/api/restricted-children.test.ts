import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { good, openApi, type TestApi } from '#test/support/api.ts';
import { casesOf } from '#test/support/cases.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { keepNamed } from '#usecases/keep-named.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** Each child's list stands for itself: what is done for one child changes no other's, and every case tells what it lost or got. Over HTTP. */
const AT = '2026-11-03T10:00:00+01:00';
const [UNIT, OTHER] = ['bbu-norrebro', 'bbu-bispebjerg'];
const [CASEWORKER, INTAKE, COORDINATOR, LEADER] = [
  `caseworker-${UNIT}`,
  `intake-${UNIT}`,
  `professional-coordinator-${UNIT}`,
  `team-leader-${UNIT}`,
];
const ABOVE = 'area-manager-bbu';
const STAFF = [CASEWORKER, INTAKE, COORDINATOR, LEADER, ABOVE];

let api: TestApi;
beforeAll(async () => {
  api = await openApi(AT);
});
afterAll(async () => {
  expect(await verifyJournal(api.world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await api.world.drop();
});

const { call, act, send, review } = casesOf(() => api, AT);
const restrict = (by: string, id: string, named: readonly string[]) =>
  act(by, 'restrictions.restrict', id, { named, reason: 'Barn af en kollega' });
const lift = (by: string, id: string) => act(by, 'restrictions.lift', id, { reason: 'Fratrådt' });
const seeing = async (id: string, people: readonly string[] = STAFF): Promise<string[]> => {
  const found: string[] = [];
  for (const personId of people) {
    if ((await call(personId, 'referrals.get', { id })).status === 200) found.push(personId);
  }
  return found;
};
const KINDS = ['restricted', 'restriction-widened', 'restriction-lifted'];
/** What the system says of the case's list: kind, and whom it names. */
const told = async (id: string): Promise<unknown[]> => {
  const where = { referralId: id, kind: { in: KINDS }, actorId: null };
  return (await api.db.caseEvent.findMany({ where, orderBy: { seq: 'asc' } })).map(({ kind, data }) => {
    const { change: _, ...people } = data as Record<string, unknown>;
    return [kind, people];
  });
};
const childOf = async (id: string) => (await api.db.referral.findUniqueOrThrow({ where: { id } })).childId;
const merge = async (by: string, id: string, other: string) => {
  const [own, theirs] = [await childOf(id), await childOf(other)];
  const input = { other: theirs, reason: 'Samme barn' };
  const first = await act(by, 'children.merge', id, { ...input, from: theirs, into: own });
  return good<{ linkId: string }>(
    first.status === 200 ? first : await act(by, 'children.merge', id, { ...input, from: own, into: theirs }),
  );
};

describe('two children of one notification', () => {
  let [first, second, firstAlone] = ['', '', ''];
  beforeAll(async () => {
    const cpr = nextCpr();
    [first = '', second = ''] = (await send([cpr, nextCpr()])).ids;
    firstAlone = (await send([cpr])).referralId;
    good(await restrict(LEADER, first, [LEADER, INTAKE]));
    await review();
  });

  test('the case of the other one is closed too, and its journal says so, once', async () => {
    for (const id of [first, second, firstAlone]) expect(await seeing(id)).toEqual([INTAKE, LEADER]);
    const line = ['restricted', { added: [INTAKE, LEADER], removed: [] }];
    for (const id of [second, firstAlone]) expect(await told(id)).toEqual([line]);
    expect(await told(first)).toEqual([]);
  });

  test('one child’s list is not lifted from the other’s case', async () => {
    const page = good<{ acts: string[] }>(await call(LEADER, 'referrals.get', { id: second }));
    expect(page.acts).toContain('restrict');
    expect(page.acts).not.toContain('lift-restriction');
    expect((await lift(LEADER, second)).problem?.code).toBe('ILLEGAL_TRANSITION');
    expect(await seeing(firstAlone)).toEqual([INTAKE, LEADER]);
  });

  test('nor does a list for the other let anybody in to the first: whoever is on both is', async () => {
    good(await restrict(LEADER, second, [LEADER, CASEWORKER]));
    await review();
    for (const id of [first, second]) expect(await seeing(id)).toEqual([LEADER]);
    expect(await seeing(firstAlone)).toEqual([INTAKE, LEADER]);
    expect((await told(first)).at(-1)).toEqual(['restricted', { added: [], removed: [INTAKE] }]);
    expect((await told(firstAlone)).length).toBe(1);
  });

  test('lifted for one it stands for the other', async () => {
    good(await lift(LEADER, first));
    await review();
    expect(await seeing(firstAlone)).toEqual(STAFF);
    expect((await told(firstAlone)).at(-1)).toEqual(['restriction-lifted', {}]);
    for (const id of [first, second]) expect(await seeing(id)).toEqual([CASEWORKER, LEADER]);
    expect((await told(second)).at(-1)).toEqual(['restricted', { added: [CASEWORKER], removed: [] }]);
  });

  test('a list that the other’s leaves without a leader is refused', async () => {
    const refused = await restrict(LEADER, first, [ABOVE, INTAKE]);
    expect(refused.problem?.fields).toMatchObject([{ path: 'named', code: 'nobody-to-lead' }]);
    expect(await seeing(firstAlone)).toEqual(STAFF);
  });
});

describe('records of one child', () => {
  test('whoever the rule names in another unit has a line in its journal and a mail, with the merge itself', async () => {
    const id = (await send([nextCpr()])).referralId;
    const elsewhere = (await send([nextCpr()], { postalCode: '2400' })).referralId;
    good(await restrict(LEADER, id, [LEADER, INTAKE]));
    await merge(LEADER, id, elsewhere);
    const leads = `team-leader-${OTHER}`;
    expect(await seeing(elsewhere, [leads, `caseworker-${OTHER}`])).toEqual([leads]);
    await review();
    expect(await told(elsewhere)).toEqual([
      ['restricted', { added: [INTAKE, LEADER], removed: [] }],
      ['restriction-widened', { people: [leads] }],
    ]);
    expect(await told(id)).toEqual([['restriction-widened', { people: [leads] }]]);
    const mails = await api.db.outboundMessage.findMany({
      where: { toPersonId: leads, template: 'referral-received' },
    });
    expect(mails.map(({ referralId }) => referralId)).toEqual([elsewhere]);
  });

  test('separated again, each has its people: the list that was emptied meanwhile is not left so', async () => {
    const [id, other] = [(await send([nextCpr()])).referralId, (await send([nextCpr()])).referralId];
    good(await restrict(LEADER, id, [LEADER, INTAKE]));
    good(await restrict(LEADER, other, [LEADER, COORDINATOR]));
    const { linkId } = await merge(LEADER, id, other);
    expect(await seeing(other)).toEqual([INTAKE, COORDINATOR, LEADER]);
    good(await restrict(LEADER, id, [ABOVE, INTAKE]));
    good(await act(INTAKE, 'children.undoLink', id, { linkId, reason: 'Ikke samme' }));
    expect(await seeing(id)).toEqual([INTAKE, ABOVE]);
    expect(await seeing(other)).toEqual([LEADER]);
    await review();
    expect((await told(other)).at(-1)).toEqual(['restriction-widened', { people: [LEADER] }]);
  });

  test('a closed case keeps somebody who may lift it', async () => {
    const id = (await send([nextCpr()])).referralId;
    good(await restrict(LEADER, id, [LEADER, INTAKE]));
    good(await act(LEADER, 'referrals.markInError', id, { reason: 'Sendt to gange' }));
    await api.db.restrictionName.updateMany({
      where: { removedAt: null, restriction: { childId: await childOf(id) } },
      data: { removedAt: new Date(AT), removedBy: 'somebody' },
    });
    expect(await seeing(id)).toEqual([]);
    const system = api.world.systemCtx(AT, 'named-people');
    expect(await keepNamed(system)).toBe(1);
    expect(await keepNamed(system)).toBe(0);
    expect(await seeing(id)).toEqual([LEADER]);
  });
});
