import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tx } from '#store/db.ts';
import { together } from '#store/together.ts';

const client = (): Tx => ({}) as Tx;
const BAD = new Error('bad');
/** No statement can be made of it. */
const UNSPEAKABLE = -4;

/** Answers each asker's number doubled; refuses a whole statement that a bad one is part of. Ends when it is told. */
const doubling = (most: number, level = true) => {
  const statements: number[][] = [];
  const ends: (() => void)[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const composed: number[][] = [];
  const ask = together<number, number>(
    (asked) => {
      composed.push([...asked]);
      if (asked.includes(UNSPEAKABLE)) throw BAD;
      return () => run(asked);
    },
    { most, level },
  );
  const run = async (asked: readonly number[]): Promise<number[]> => {
    statements.push([...asked]);
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    await new Promise<void>((resolve) => ends.push(resolve));
    underWay -= 1;
    if (asked.some((n) => n < 0)) throw BAD;
    return asked.map((n) => 2 * n);
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ask,
    statements,
    composed,
    turn,
    mostUnderWay: () => mostUnderWay,
    /** Ends the statement under way at that place, if any. */
    end: (place: number): void => ends.splice(place % Math.max(ends.length, 1), 1)[0]?.(),
    endAll: async (): Promise<void> => {
      for (let idle = 0; idle < 3; idle += 1) {
        await turn();
        if (ends.length > 0) idle = 0;
        for (const end of ends.splice(0)) end();
      }
    },
  };
};

test('each is answered once and its own, whenever it asks and in whatever order statements end', async () => {
  const step = fc.oneof(
    fc.integer({ min: UNSPEAKABLE, max: 30 }),
    fc.constant('turn' as const),
    fc.nat(5).map((end) => ({ end })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 120 }),
      fc.integer({ min: 1, max: 20 }),
      fc.boolean(),
      async (steps, most, level) => {
        const { ask, end, endAll, turn, statements, mostUnderWay } = doubling(most, level);
        const tx = client();
        const answers: Promise<void>[] = [];
        for (const one of steps) {
          if (one === 'turn') await turn();
          else if (typeof one === 'object') end(one.end);
          else if (one < 0) answers.push(expect(ask(tx, one)).rejects.toBe(BAD));
          else answers.push(expect(ask(tx, one)).resolves.toBe(2 * one));
        }
        await endAll();
        await Promise.all(answers);
        expect(statements.every((asked) => asked.length <= most)).toBe(true);
        const good = steps.filter((one) => typeof one === 'number' && one >= 0).length;
        if (good === answers.length) {
          expect(statements.flat()).toHaveLength(good);
          expect(mostUnderWay()).toBeLessThanOrEqual(4);
        }
      },
    ),
  );
});

test('one alone does not wait; while a statement is under way a few wait for it, and many do not', async () => {
  const { ask, statements, turn, endAll } = doubling(20);
  const tx = client();
  const answers = [ask(tx, 0)];
  await turn();
  expect(statements).toEqual([[0]]);
  for (let n = 1; n <= 15; n += 1) answers.push(ask(tx, n));
  await turn();
  expect(statements).toHaveLength(1);
  answers.push(ask(tx, 16));
  await turn();
  expect(statements).toEqual([[0], Array.from({ length: 16 }, (_, n) => n + 1)]);
  await endAll();
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 17 }, (_, n) => 2 * n));
});

test('nobody fails by another’s fault, and clients share nothing', async () => {
  const { ask, statements, turn, endAll } = doubling(20);
  const [one, other] = [client(), client()];
  const answers = Promise.allSettled([ask(one, 1), ask(one, -1), ask(one, 2), ask(other, 3)]);
  await turn();
  expect(statements).toEqual([[1, -1, 2], [3]]);
  await endAll();
  expect((await answers).map((a) => (a.status === 'fulfilled' ? a.value : a.reason))).toEqual([2, BAD, 4, 6]);
  expect(statements.slice(2)).toEqual([[1], [-1], [2]]);
});

test('twelve and four who ask again and again leave level soon, and a few are not divided', async () => {
  const { ask, statements, turn, end } = doubling(20);
  const sizes = () => statements.map((asked) => asked.length);
  const tx = client();
  const asking = async (n: number, times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      expect(await ask(tx, n)).toBe(2 * n);
      // An answer has to reach whoever asks again, and by then the next statement has left.
      await turn();
      await turn();
    }
  };
  const allAnswered = async (asked: readonly Promise<void>[]): Promise<void> => {
    let left = asked.length;
    for (const one of asked) void one.finally(() => (left -= 1));
    while (left > 0) {
      end(0);
      for (let later = 0; later < 4; later += 1) await turn();
    }
    await Promise.all(asked);
  };
  const many = Array.from({ length: 12 }, (_, n) => asking(n, 4));
  await turn();
  const few = Array.from({ length: 4 }, (_, n) => asking(n + 12, 4));
  await allAnswered([...many, ...few]);
  expect(sizes().slice(0, 7)).toEqual([12, 4, 8, 8, 8, 8, 8]);
  expect(statements.flat()).toHaveLength(64);
  statements.splice(0);
  const alone = asking(0, 1);
  await turn();
  await allAnswered([alone, ...Array.from({ length: 7 }, (_, n) => asking(n + 1, 1))]);
  expect(sizes()).toEqual([1, 7]);
});

test('who leaves next is composed while those before are away, and has left before those are told', async () => {
  const { ask, statements, composed, turn, end, endAll } = doubling(20);
  const tx = client();
  const eight = (from: number): number[] => Array.from({ length: 8 }, (_, n) => from + n);
  const leftBefore: number[] = [];
  const first = eight(0).map((n) => ask(tx, n).then(() => leftBefore.push(statements.length)));
  await turn();
  const second = [...eight(8), 16].map((n) => ask(tx, n));
  expect(composed).toEqual([eight(0), eight(8)]);
  expect(statements).toEqual([eight(0)]);
  end(0);
  await Promise.all(first);
  expect(leftBefore).toEqual(Array.from({ length: 8 }, () => 2));
  expect(statements).toEqual([eight(0), eight(8)]);
  await endAll();
  expect(await Promise.all(second)).toEqual([...eight(8), 16].map((n) => 2 * n));
  expect(composed).toEqual([eight(0), eight(8), [16]]);
});

test('of whom no statement can be made fails alone, also among those composed early', async () => {
  const { ask, turn, endAll } = doubling(20);
  const tx = client();
  const first = Array.from({ length: 8 }, (_, n) => ask(tx, n));
  await turn();
  const second = [UNSPEAKABLE, ...Array.from({ length: 9 }, (_, n) => n)].map((n) => ask(tx, n));
  const answers = Promise.allSettled([...first, ...second]);
  await endAll();
  expect((await answers).slice(8).map((a) => (a.status === 'fulfilled' ? a.value : a.reason))).toEqual([
    BAD,
    ...Array.from({ length: 9 }, (_, n) => 2 * n),
  ]);
  expect((await answers).slice(0, 8).every((a) => a.status === 'fulfilled')).toBe(true);
});

test('behind a slow statement many leave in one of their own, with those who were ready', async () => {
  const { ask, statements, turn, endAll } = doubling(20);
  const tx = client();
  const answers = Array.from({ length: 8 }, (_, n) => ask(tx, n));
  await turn();
  for (let n = 8; n < 23; n += 1) answers.push(ask(tx, n));
  await turn();
  expect(statements).toHaveLength(1);
  answers.push(ask(tx, 23));
  await turn();
  expect(statements[1]).toEqual(Array.from({ length: 16 }, (_, n) => n + 8));
  await endAll();
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 24 }, (_, n) => 2 * n));
});
