import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Deps } from '#platform/deps.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { createVault, localKeys } from '#platform/vault.ts';
import { contextsOf, makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { readCase } from '#usecases/read-case.ts';
import { readKeys } from '#usecases/read-keys.ts';
import { rewrapKeys } from '#usecases/rewrap-keys.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const AT = '2026-11-03T14:00:00+01:00';
const READER = 'intake-bbu-norrebro';
const OLD = 30;
const MEANWHILE = 30;
/** Small, so that a rotation is under way for long. */
const BATCH = 7;

let world: TestWorld;
let second: string;
/** The same database by processes that know these keys. */
const knowing = (keys: string): Deps => {
  const { index, keys: masters, current } = parseEncryptionKeys(keys);
  return { ...world.deps, vault: createVault(index, localKeys(masters, current)) };
};
const withBoth = (current: number): Deps => knowing(`${world.encryptionKeys},2:${second},current:${current}`);
const onlyNew = (): Deps => knowing(world.encryptionKeys.replace(/,1:[^,]+/, `,2:${second}`));

const submitBy = async (deps: Deps): Promise<string> => {
  const { sender, at, notification } = trainingNotification('01-plain');
  const { referrals } = await submitNotification(contextsOf(deps).ctxFor(sender, at), notification);
  return referrals[0]?.id ?? '';
};
const contentBy = (deps: Deps, id: string) => readCase(contextsOf(deps).ctxFor(READER, AT), id);
const several = <R>(n: number, work: () => Promise<R>): Promise<R[]> => Promise.all(Array.from({ length: n }, work));

beforeAll(async () => {
  world = await makeWorld();
  second = randomBytes(32).toString('base64');
});
afterAll(() => world.drop());

it('rotates while people submit and read, is interrupted, loses nothing, and the old key can be removed', async () => {
  const ids = await several(OLD, () => submitBy(world.deps));
  const before = new Map<string, unknown>();
  for (const id of ids) before.set(id, (await contentBy(world.deps, id)).notification);
  expect([...before.values()].every((content) => content !== null && content !== undefined)).toBe(true);

  // Every process knows the new key before the first one seals with it.
  expect(await readKeys(contextsOf(withBoth(1)).systemCtx(AT))).toMatchObject({ current: 1, left: 0 });
  const newer = withBoth(2);
  const ctx = contextsOf(newer).systemCtx(AT);
  const { left } = await readKeys(ctx);
  expect(left).toBeGreaterThanOrEqual(OLD);

  // Interrupted in the middle of a batch: nothing of it has happened.
  const failing = { ...newer, vault: { ...newer.vault, rewrap: failAfter(3, newer.vault.rewrap) } };
  await expect(rewrapKeys(contextsOf(failing).systemCtx(AT), BATCH)).rejects.toThrow('interrupted');
  expect((await readKeys(ctx)).left).toBe(left);

  // Two rotate; at the same time processes that seal with the old key and with the new one take what comes.
  const rotate = async (): Promise<void> => {
    while ((await rewrapKeys(ctx, BATCH)) > 0);
  };
  const [, , byOld, byNew, read] = await Promise.all([
    rotate(),
    rotate(),
    several(MEANWHILE / 2, () => submitBy(withBoth(1))),
    several(MEANWHILE / 2, () => submitBy(newer)),
    Promise.all(ids.map(async (id) => [id, (await contentBy(newer, id)).notification] as const)),
  ]);
  expect(new Map(read)).toEqual(before);
  await rotate();

  expect(await readKeys(ctx)).toMatchObject({ current: 2, left: 0, versions: [{ version: 2 }] });
  for (const [id, content] of before) expect((await contentBy(onlyNew(), id)).notification).toEqual(content);
  for (const id of [...byOld, ...byNew]) expect((await contentBy(onlyNew(), id)).notification).toBeTruthy();
  await expect(contentBy(world.deps, ids[0] ?? '')).rejects.toThrow('master key 2 is not configured');
});

const failAfter = <A, R>(times: number, work: (asked: A) => R): ((asked: A) => R) => {
  let left = times;
  return (asked) => {
    if (left === 0) throw new Error('interrupted');
    left -= 1;
    return work(asked);
  };
};
