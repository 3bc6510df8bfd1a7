import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant, iso } from '#domain/time.ts';
import { makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { readCase } from '#usecases/read-case.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { tellWhoLooked } from '#usecases/tell-who-looked.ts';

const LEADER = 'team-leader-bbu-norrebro';
let world: TestWorld;
let [id, other] = ['', ''];
const at = (minute: number): string => `2026-11-03T13:${String(minute).padStart(2, '0')}:00+01:00`;
const submit = async (name: string): Promise<string> => {
  const { sender, at: when, notification } = trainingNotification(name);
  const { referrals } = await submitNotification(world.ctxFor(sender, when), notification);
  return referrals[0]?.id ?? '';
};

beforeAll(async () => {
  world = await makeWorld();
  id = await submit('01-plain');
  other = await submit('11-shared-code-school-elsewhere');
});
afterAll(() => world.drop());

it('tells the leaders of whoever has the case who was shown it, newest first, this look among the next', async () => {
  await readCase(world.ctxFor('intake-bbu-norrebro', at(1)), id);
  await readCase(world.ctxFor('caseworker-bbu-norrebro', at(2)), id);
  const ask = (minute: number) => tellWhoLooked(world.ctxFor(LEADER, at(minute)), id);
  const people = (told: Awaited<ReturnType<typeof ask>>) =>
    told.lookups.map(({ role, purpose }) => `${role}: ${purpose.en}`);
  const first = await ask(3);
  expect(people(first)).toEqual(['caseworker: Opened the case', 'intake: Opened the case']);
  expect(first.lookups[0]).toMatchObject({ at: iso(instant(at(2))), unit: 'Børnefamilieenhed Nørrebro' });
  const second = await ask(4);
  expect([second.count, people(second)[0]]).toEqual([3, 'team-leader: Saw who has looked at the case']);
});

it.each([
  ['who looks at the case and leads nobody', 'caseworker-bbu-norrebro'],
  ['a leader of another unit', 'team-leader-bbu-valby'],
  ['the notifier', 'notifier-skole-norrebro'],
])('%s is not told', async (_, personId) => {
  await expect(tellWhoLooked(world.ctxFor(personId, at(5)), id)).rejects.toThrow('NOT_FOUND');
});

it('another case is another list', async () => {
  expect((await tellWhoLooked(world.ctxFor(LEADER, at(6)), id)).count).toBeGreaterThan(0);
  const { ownerUnitId } = await world.deps.db.referral.findUniqueOrThrow({ where: { id: other } });
  const there = await tellWhoLooked(world.ctxFor(`team-leader-${ownerUnitId}`, at(6)), other);
  expect(there).toEqual({ count: 0, lookups: [] });
});
