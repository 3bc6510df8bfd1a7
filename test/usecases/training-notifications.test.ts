import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintScope } from '#domain/scope.ts';
import { instant } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { lastFact, referralState } from '#test/support/referral-state.ts';
import { readExamples, sendExample } from '#training/examples.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

const actsNow = ({ owner, provisional, assessment }: Awaited<ReturnType<typeof referralState>>) => {
  if (provisional !== null) return { unit: owner, as: 'provisional owner' };
  return assessment === null ? { unit: owner, as: 'owner' } : { unit: assessment, as: 'assessment task' };
};

/** What stands in the database of each child's referral, in the words of the file. */
const stored = async (ids: readonly string[]) => {
  const { db } = world.deps;
  return Promise.all(
    ids.map(async (id) => {
      const state = await referralState(db, id);
      const { rule, unit } = await lastFact(db, id, 'routed');
      const due = Object.entries(state.running).filter(
        ([kind]) => !['investigation', 'opening', 'closing'].includes(kind),
      );
      expect(state.responsible).toBe(unit);
      return { unit, rule, actsNow: actsNow(state), due: Object.fromEntries(due) };
    }),
  );
};

describe('each training notification, sent at its own instant', () => {
  test.each(readExamples())('$name reaches its unit, with whom and by when its file says', async (example) => {
    const sent = await sendExample(world.deps, example, instant(example.at), example.name);
    expect(await stored(sent.referrals.map(({ id }) => id))).toEqual(example.expect);
  });

  test('all of them stand in an intact journal', async () => {
    const ctx = { ...world.systemCtx('2027-04-01T00:00:00Z'), scope: mintScope({ personId: null, unitIds: 'all' }) };
    const referrals = readExamples().flatMap((example) => example.expect);
    const again = referrals.filter(({ due }) => 'reassess' in due).length;
    expect(await verifyJournal(ctx)).toEqual({
      entries: referrals.length * 4 + again,
      intact: true,
      firstBroken: null,
    });
  });
});
