import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, inTransaction, isUniqueViolation, sql, type Tx } from '#store/db.ts';
import { askDirectly } from '#store/direct.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';

let world: TestWorld;
let db: Db;
beforeAll(async () => {
  world = await makeWorld();
  db = world.deps.db;
  await db.$queryRaw`select 1`;
});
afterAll(() => world.drop());

const all = sql`select ${'æ"\\'} as text, ${7}::int as number, ${true}::boolean as flag, null::text as nothing,
  convert_from(${Buffer.from('bytes')}, 'UTF8') as bytes, (extract(epoch from timestamptz '2026-11-02 09:00:00.123Z') * 1000)::float8 as ms`;

const KEYS = [71, 72].map((n) => Buffer.alloc(32, n)) as [Buffer, Buffer];
const insert = (key: Buffer) =>
  sql`insert into idempotency_key (key_hash, request_hash, result, created_at)
    values (${key}, ${key}, '{}', ${'2026-11-02T09:00:00Z'}::timestamptz) returning 1 as stored`;

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test('answers what the client would', async () => {
  const direct = await askDirectly(db, all);
  expect(direct).toEqual([
    { text: 'æ"\\', number: 7, flag: true, nothing: null, bytes: 'bytes', ms: Date.parse('2026-11-02T09:00:00.123Z') },
  ]);
  expect(direct).toEqual(await db.$queryRaw(all));
  expect(await inTransaction(db, (tx) => askDirectly(tx, all))).toEqual(direct);
});

test('in a transaction it is part of it', async () => {
  const failed = thrownBy(
    inTransaction(db, async (tx: Tx) => {
      await askDirectly(tx, insert(KEYS[0]));
      throw new Error('undone');
    }),
  );
  expect(await failed).toMatchObject({ message: 'undone' });
  expect(await askDirectly(db, sql`select 1 as found from idempotency_key where key_hash = ${KEYS[0]}`)).toEqual([]);
});

test('a row that is there already is known as such, whichever way it was refused', async () => {
  await askDirectly(db, insert(KEYS[1]));
  const direct = await thrownBy(askDirectly(db, insert(KEYS[1])));
  const within = await thrownBy(inTransaction(db, (tx) => askDirectly(tx, insert(KEYS[1]))));
  // Which also tells that the ways are two.
  expect([direct, within].map(isDriverAdapterError)).toEqual([true, false]);
  expect([direct, within].map(isUniqueViolation)).toEqual([true, true]);
  expect(isUniqueViolation(await thrownBy(askDirectly(db, sql`select 1 / ${0}::int as n`)))).toBe(false);
});

test('a client that was ended connects again', async () => {
  await db.$disconnect();
  expect(await askDirectly(db, all)).toEqual(await askDirectly(db, all));
});
