import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintScope } from '#domain/scope.ts';
import { instant } from '#domain/time.ts';
import { findSession } from '#store/sessions.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { beginSession } from '#usecases/sessions.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const NOW = instant('2026-11-03T10:05:00+01:00');
const SENDER = 'school-social-worker-skole-norrebro';
const KIN = 'caseworker-bbu-norrebro';
const NAMED = 'team-leader-bbu-norrebro';
/** On the list of one record of a child alone, and of one of two siblings alone. */
const [MERGED, HALF] = ['intake-bbu-norrebro', 'professional-coordinator-bbu-norrebro'];
const ELSEWHERE = 'caseworker-bbu-valby';
const nobody = mintScope({ personId: null, unitIds: [] });

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 4 });
});
afterAll(() => world.drop());

const made = { madeAt: new Date('2026-11-03T09:04:00Z'), madeBy: SENDER };
const submitted = async (children: number): Promise<Stored[]> => {
  const child = () => ({ name: 'Barn', cpr: nextCpr(), address: { postalCode: '2200' } });
  const form = makeForm({ children: Array.from({ length: children }, child) });
  const { referrals } = await submitNotification(world.ctxFor(SENDER, NOW, { body: randomUUID() }), form);
  const stored = await world.deps.db.referral.findMany({
    where: { id: { in: referrals.map(({ id }) => id) } },
    orderBy: { childPosition: 'asc' },
  });
  return stored.map(({ id, childId }) => ({ id, childId: childId ?? expect.fail('a referral without a child') }));
};
type Stored = { readonly id: string; readonly childId: string };
const restrict = async (of: Stored, names: readonly string[]): Promise<void> => {
  const named = { namedAt: made.madeAt, namedBy: SENDER };
  await world.deps.db.restriction.create({
    data: {
      id: randomUUID(),
      childId: of.childId,
      referralId: of.id,
      ...made,
      names: { create: names.map((personId) => ({ id: randomUUID(), personId, ...named })) },
    },
  });
};

test('who asks together with others is told what they are told alone: their own session, and what they are barred from', async () => {
  const { db, vault } = world.deps;
  const [plain, first, second] = (await Promise.all([submitted(1), submitted(1), submitted(1)])).flat() as [
    Stored,
    Stored,
    Stored,
  ];
  const siblings = (await submitted(2)) as [Stored, Stored];
  const about = { childId: plain.childId, referralId: plain.id };
  await db.conflict.create({ data: { id: randomUUID(), ...about, personId: KIN, ...made } });
  // Two records of one child: whoever is on either list is in. Two children of one notification: each list for itself.
  await restrict(first, [NAMED]);
  await restrict(second, [MERGED]);
  const link = { fromChildId: first.childId, intoChildId: second.childId, referralId: first.id };
  await db.childLink.create({ data: { id: randomUUID(), kind: 'same', ...link, ...made } });
  await restrict(siblings[0], [NAMED, HALF]);
  await restrict(siblings[1], [NAMED]);

  const begin = async (personId: string) =>
    (await beginSession({ deps: world.deps, scope: nobody, now: NOW }, personId)).token;
  const tokens = [];
  for (const one of [KIN, NAMED, MERGED, HALF, ELSEWHERE, KIN]) tokens.push(await begin(one));
  const [turned = '', spent = ''] = [vault.token(), vault.token()];
  const hash = (token: string) => vault.index('session', token);
  const session = await db.session.findFirstOrThrow({ where: { personId: ELSEWHERE } });
  await db.session.update({
    where: { id: session.id },
    data: { nextHash: new Uint8Array(hash(turned)), nextAt: made.madeAt },
  });
  await db.spentSecret.create({
    data: { hash: new Uint8Array(hash(spent)), sessionId: session.id, spentAt: made.madeAt },
  });
  const over = await begin(HALF);
  await db.session.update({ where: { tokenHash: new Uint8Array(hash(over)) }, data: { expiresAt: made.madeAt } });
  const all = [...tokens, turned, spent, over, vault.token(), tokens[1] ?? ''];

  const find = async (token: string) => {
    const found = await findSession(db, nobody, hash(token), NOW);
    return found && { ...found, barredFrom: found.barredFrom.toSorted() };
  };
  const alone = [];
  for (const one of all) alone.push(await find(one));
  const ids = (...of: readonly Stored[]) => of.map(({ id }) => id).toSorted();
  const restricted = [first, second, ...siblings];
  expect(alone.map((one) => one?.barredFrom ?? null)).toEqual([
    ids(plain, ...restricted),
    [],
    ids(...siblings),
    ids(...restricted),
    ids(...restricted),
    ids(plain, ...restricted),
    ids(...restricted),
    ids(...restricted),
    null,
    null,
    [],
  ]);
  expect(alone.map((one) => one?.personId ?? null)).toEqual([
    ...[KIN, NAMED, MERGED, HALF, ELSEWHERE, KIN, ELSEWHERE, ELSEWHERE],
    null,
    null,
    NAMED,
  ]);
  expect(alone.map((one) => [one?.byNext ?? null, (one?.spentAt ?? null) !== null])[6]).toEqual([true, false]);
  expect(alone[7]?.spentAt).not.toBeNull();
  expect(await Promise.all(all.map(find))).toEqual(alone);
});
