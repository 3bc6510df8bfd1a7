import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { type Known, MORNING, makeManyDisputes } from '#test/support/many-disputes.ts';
import { type BoardQuery, readBoard } from '#usecases/read-board.ts';
import { readCounts } from '#usecases/read-worklist.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const MANY = 70;
let world: TestWorld;
let known: Known;
beforeAll(async () => {
  world = await makeWorld();
  known = await makeManyDisputes(world, MANY);
});
afterAll(() => world.drop());

const by = (personId: string) => world.ctxFor(personId, instant(MORNING));
const COORDINATOR = 'buf-sof-coordinator-sof-stab';
const read = (personId: string, q: Partial<BoardQuery> = {}) =>
  readBoard(by(personId), { ours: false, kind: 'dispute', ...q });

describe('a coordinator with many open disputes', () => {
  test('finds the three that matter on top, each with its reason', async () => {
    const { items, counts } = await read(COORDINATOR);
    expect(counts).toEqual({ dispute: MANY, escalation: 0 });
    expect(items.slice(0, 3).map(({ referralId }) => referralId)).toEqual([
      known.acute,
      known.runOut,
      known.sentAround,
    ]);
    expect(items.slice(0, 3).map(({ concerns }) => concerns)).toEqual([
      ['acute', 'ends-soon'],
      ['run-out', 'long-open'],
      ['sent-around', 'ends-soon'],
    ]);
    expect(items[3]?.concerns).not.toContain('sent-around');
  });

  test('reads every one of them once, page by page, in one order', async () => {
    const first = await read(COORDINATOR);
    const second = await read(COORDINATOR, { cursor: first.nextCursor ?? expect.fail() });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, MANY - 50, null]);
    const all = [...first.items, ...second.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(MANY);
    const ends = all.filter(({ concerns }) => concerns.length === 0).map(({ stepEndsAt }) => stepEndsAt);
    expect(ends).toEqual(ends.toSorted());
    expect(ends.length).toBeGreaterThan(10);
  });

  test('narrows it by step and by unit, and the counts to choose from are those of the lists', async () => {
    const { steps, units } = await read(COORDINATOR);
    expect(steps.reduce((sum, { count }) => sum + count, 0)).toBe(MANY);
    for (const { of: step, count } of steps) {
      const { items, nextCursor } = await read(COORDINATOR, { step });
      expect(nextCursor ? items.length < count : items.length === count).toBe(true);
      expect(items.every((item) => item.step === step)).toBe(true);
    }
    for (const { id: unit, count } of units) {
      const { items } = await read(COORDINATOR, { unit });
      expect(items).toHaveLength(Math.min(count, 50));
      expect(items.every(({ parties }) => parties.some(({ id }) => id === unit))).toBe(true);
    }
  });

  test('may decide those of step 2 and 3, and is told so', async () => {
    const { items } = await read(COORDINATOR);
    expect([...new Set(items.filter(({ decides }) => decides).map(({ step }) => step))].toSorted()).toEqual([2, 3]);
    expect(items.filter(({ step }) => step === 2 || step === 3).every(({ decides }) => decides)).toBe(true);
  });

  test.each([
    '',
    '5',
    'x~2026-11-26T08:30:00.000Z~0',
    '9999~2026-11-26T08:30:00.000Z~01a00000-0000-7000-8000-000000000001',
  ])('is refused a cursor that no page gave: %s', async (cursor) => {
    await expect(read(COORDINATOR, { cursor })).rejects.toThrow('INVALID');
  });
});

test('a unit’s tab counts what its list shows', async () => {
  const { counts } = await read('intake-bbu-norrebro', { ours: true });
  expect(await readCounts(by('intake-bbu-norrebro'))).toMatchObject({ dispute: counts.dispute });
  expect(counts.dispute).toBeGreaterThan(10);
  expect(counts.dispute).toBeLessThan(MANY);
});

test('nothing of it breaks the journal', async () => {
  expect(await verifyJournal(world.systemCtx(instant(MORNING)))).toMatchObject({ intact: true });
});
