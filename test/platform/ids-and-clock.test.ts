import { expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { fixedClock, offsetMsTo, sleep, stopwatch, systemClock, trainingClock } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';

const NOW = instant('2026-11-02T08:15:00.123Z');

test('ids are uuid v7 of their instant, rise within it, and never repeat', () => {
  const ids = Array.from({ length: 20_000 }, () => newId(NOW));
  const v7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(ids.filter((id) => !v7.test(id))).toEqual([]);
  expect(Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(NOW.epochMilliseconds);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(newId(NOW.add({ milliseconds: 1 })) > (ids.at(-1) ?? '')).toBe(true);
});

test('the training clock is the machine’s plus its row, or stands still', async () => {
  const machine = (await systemClock.now()).epochMilliseconds;
  const day = 86_400_000;
  const moved = await trainingClock(async () => ({ offsetMs: BigInt(day), fixedAt: null })).now();
  expect(moved.epochMilliseconds - machine).toBeGreaterThanOrEqual(day);
  expect(moved.epochMilliseconds - machine).toBeLessThan(day + 60_000);
  expect(await trainingClock(async () => ({ offsetMs: 5n, fixedAt: NOW })).now()).toEqual(NOW);
  const unwritten = await trainingClock(async () => null).now();
  expect(unwritten.epochMilliseconds - machine).toBeLessThan(60_000);
  const back = await trainingClock(async () => ({ offsetMs: offsetMsTo(NOW), fixedAt: null })).now();
  expect(Math.abs(back.epochMilliseconds - NOW.epochMilliseconds)).toBeLessThan(60_000);
  expect(await fixedClock(NOW).now()).toBe(NOW);
});

test('a sleep ends early when it is called off', async () => {
  const stop = new AbortController();
  const waited = stopwatch();
  const sleeping = sleep(60_000, stop.signal);
  stop.abort();
  await sleeping;
  await sleep(60_000, stop.signal);
  expect(waited()).toBeLessThan(10_000);
});
