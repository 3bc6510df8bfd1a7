import { expect, test } from 'vitest';
import { oneAtATime, startLoop } from '#jobs/loop.ts';

test('a round that throws is reported and repeated; after stop there is no other', async () => {
  const reported: unknown[] = [];
  let rounds = 0;
  const enough = Promise.withResolvers<void>();
  const loop = startLoop(
    async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('first');
      if (rounds === 3) enough.resolve();
      return 0;
    },
    (error) => reported.push(error),
  );
  await enough.promise;
  await loop.stop();
  const after = rounds;
  await new Promise((resolve) => setImmediate(resolve));
  expect(reported).toHaveLength(1);
  expect(rounds).toBe(after);
});

test('stop ends a long rest and waits for the round in work', async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let finished = false;
  const loop = startLoop(
    async () => {
      begun.resolve();
      await goOn.promise;
      finished = true;
      return 3_600_000;
    },
    () => undefined,
  );
  await begun.promise;
  const stopped = loop.stop();
  expect(finished).toBe(false);
  goOn.resolve();
  await stopped;
  expect(finished).toBe(true);
});

test('one at a time: who asks during a round gets a round of their own, after it', async () => {
  let running = 0;
  let most = 0;
  let rounds = 0;
  const once = oneAtATime(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    rounds += 1;
    if (rounds === 2) throw new Error('second');
    return rounds;
  });
  const outcomes = await Promise.allSettled([once(), once(), once()]);
  expect(most).toBe(1);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
