import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTS } from '#domain/lifecycle.ts';
import { brokenIn } from '#test/support/ownership-holds.ts';
import { times } from '#test/support/size.ts';
import { oneWave, openTown, placeOf, type Town } from '#test/support/town/busy-town.ts';
import { compared } from '#test/support/town/compared.ts';
import { PERSONS_ACTS, SYSTEMS_ACTS } from '#test/support/town/likely.ts';
import { told } from '#test/support/town/story.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** Another one by the environment: a failure names the seed that it came of. */
const SEED = Number(env.SEED ?? 1);
const WAVES = times(18, 44);
const REFERRALS = times(80, 1_000);
/** Units change in these waves. */
const CHANGING = [6, 10, 14];

const done = new Map<string, number>();

const demand = async (town: Town): Promise<void> => {
  const at = new Date(town.now.epochMilliseconds);
  const broken = await brokenIn(town.world.deps.db, at);
  const differing = await compared(town, await placeOf(town));
  const ids = [...[...broken.values()].flat(), ...differing.keys()];
  const story = town.stories.get(ids[0] ?? '');
  const about = [
    `SEED=${town.seed}, wave ${town.wave}, ${at.toISOString()}`,
    ...[...broken].map(([what, which]) => `${what}: ${which.length}, as ${which[0]}`),
    differing.get(ids[0] ?? '') ?? '',
    story ? told(story) : '',
  ];
  expect(ids.length, about.join('\n')).toBe(0);
};

describe.each([SEED, SEED + 1])(
  'seed %i: one owner always, and what is open about it is what the rules say',
  (seed) => {
    let town: Town;
    beforeAll(async () => {
      town = await openTown(seed);
    });
    afterAll(async () => {
      for (const [act, count] of town.done) done.set(act, (done.get(act) ?? 0) + count);
      for (const act of SYSTEMS_ACTS) done.set(act, (done.get(act) ?? 0) + (await systemDid(town, act)));
      await town.world.drop();
    });

    test.each(Array.from({ length: WAVES }, (_, n) => n + 1))('wave %i', async (wave) => {
      const change = CHANGING.indexOf(wave);
      const untraced = await oneWave(town, wave <= 5 ? REFERRALS / 5 : 0, change < 0 ? null : change);
      expect(untraced, `SEED=${seed}, wave ${wave}`).toEqual([]);
      await demand(town);
    });

    test('the journals are whole', async () => {
      expect(await verifyJournal(town.world.systemCtx(town.now))).toMatchObject({ intact: true });
    });
  },
);

const systemDid = ({ world }: Town, act: (typeof SYSTEMS_ACTS)[number]): Promise<number> =>
  world.deps.db.caseEvent.count({ where: { kind: TRACE[act], actorId: null } });

const TRACE = {
  'return-ownership': 'ownership-returned',
  'review-at-closing': 'reviewed-at-closing',
  'end-pause': 'pause-ended',
  'check-return': 'dispute-raised',
  'advance-dispute': 'step-begun',
  escalate: 'escalated',
} as const;

test('every act of the closed matrix was done', () => {
  expect(
    Object.keys({ ...PERSONS_ACTS, ...Object.fromEntries(SYSTEMS_ACTS.map((act) => [act, true])) }).toSorted(),
  ).toEqual(Object.keys(ACTS).toSorted());
  expect(Object.keys(ACTS).filter((act) => !done.get(act))).toEqual([]);
});
