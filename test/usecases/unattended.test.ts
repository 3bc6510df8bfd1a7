import { afterAll, beforeAll, expect, test } from 'vitest';
import { T } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { lastFact, referralState } from '#test/support/referral-state.ts';
import { ctxNow } from '#test/support/unit-changes.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assignReferrals } from '#usecases/assign-referrals.ts';
import { listUnattended } from '#usecases/list-unattended.ts';
import { readWorklist } from '#usecases/read-worklist.ts';
import { registerAbsence } from '#usecases/register-absence.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const AT = '2026-11-03T10:00:00+01:00';
const [HANDLER, LEADER, OTHER] = ['caseworker-bbu-norrebro', 'team-leader-bbu-norrebro', 'intake-bbu-norrebro'];
const known = { unit: null, disability: false, elsewhere: false };

let world: TestWorld;
let ids: string[];
const taken = async (by: string): Promise<string> => {
  const { referrals } = await submitNotification(world.ctxFor('school-social-worker-skole-norrebro', AT), makeForm());
  const id = referrals[0]?.id ?? '';
  await acknowledgeReferral(world.ctxFor(by, AT), { id, known, need: null });
  return id;
};
const leader = () => ctxNow(world, LEADER, AT);
const away = (substitute: string | null, from = '2026-11-03', lastDay = '2026-11-03') =>
  registerAbsence(world.ctxFor(HANDLER, AT), {
    personId: HANDLER,
    from: T.PlainDate.from(from),
    lastDay: T.PlainDate.from(lastDay),
    substitute,
  });

beforeAll(async () => {
  world = await makeWorld();
  ids = [await taken(HANDLER), await taken(HANDLER), await taken(OTHER)];
});
afterAll(() => world.drop());

test('whoever is there has nothing on the list', async () => {
  expect(await listUnattended(await leader())).toEqual({ items: [], colleagues: {} });
});

test("away with a substitute: listed with who answers, marked in everybody's worklist, and the substitute's own", async () => {
  await away(OTHER);
  const { items, colleagues } = await listUnattended(await leader());
  expect(items.map(({ id, why, answers }) => [id, why, answers?.id])).toEqual(
    [ids[0], ids[1]]
      .toSorted((a, b) => items.findIndex(({ id }) => id === a) - items.findIndex(({ id }) => id === b))
      .map((id) => [id, 'absent', OTHER]),
  );
  expect(colleagues['bbu-norrebro']?.map(({ id }) => id)).toContain(OTHER);
  expect(colleagues['bbu-norrebro']?.map(({ id }) => id)).not.toContain(HANDLER);
  const marks = async (who: string) => {
    const page = await readWorklist(await ctxNow(world, who, AT), { tab: 'all' });
    return page.items.map(({ id, standIn, gone }) => [id, standIn, gone?.answers ?? null]);
  };
  const title = (await world.deps.db.person.findUniqueOrThrow({ where: { id: OTHER } })).title;
  expect(await marks(LEADER)).toEqual(
    expect.arrayContaining([
      [ids[0], false, title],
      [ids[2], false, null],
    ]),
  );
  expect(await marks(OTHER)).toEqual(expect.arrayContaining([[ids[0], true, title]]));
});

test('somebody who left without anybody after them is listed with nobody', async () => {
  await world.deps.db.person.update({
    where: { id: OTHER },
    data: { validUntil: new Date('2026-11-03T00:00:00Z'), substituteId: null },
  });
  await world.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
  const { items } = await listUnattended(await leader());
  expect(items.find(({ id }) => id === ids[2])).toMatchObject({ why: 'left', answers: null });
});

test('many are passed on at once, each with its line in the journal and its mail', async () => {
  expect(await assignReferrals(await leader(), { ids, personId: LEADER })).toEqual({ count: 3 });
  for (const id of ids) {
    expect(await referralState(world.deps.db, id)).toMatchObject({ handler: LEADER, status: 'acknowledged' });
    expect(await lastFact(world.deps.db, id, 'assigned')).toMatchObject({ to: LEADER });
  }
  expect(await world.deps.db.outboundMessage.count({ where: { template: 'assigned', toPersonId: LEADER } })).toBe(3);
  expect((await listUnattended(await leader())).items).toEqual([]);
});

test('all or none: one that is out of reach, or a colleague of another unit, refuses all', async () => {
  const { referrals } = await submitNotification(
    world.ctxFor('school-social-worker-skole-valby', AT),
    makeForm({ children: [{ identity: 'unborn', address: { postalCode: '2500' } }] }),
  );
  const foreign = referrals[0]?.id ?? '';
  const tried = async (asked: string[], personId: string) => assignReferrals(await leader(), { ids: asked, personId });
  await expect(tried([...ids, foreign], LEADER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(tried(ids, 'caseworker-bbu-valby')).rejects.toMatchObject({ code: 'INVALID' });
  expect(await referralState(world.deps.db, ids[0] ?? '')).toMatchObject({ handler: LEADER });
});
