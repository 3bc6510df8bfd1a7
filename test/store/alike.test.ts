import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { sql, toAlike, toRow, toRows } from '#store/db.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 2 });
});
afterAll(() => world.drop());

const value = fc.constantFrom<unknown>(
  undefined,
  null,
  false,
  0,
  '',
  'one',
  'two',
  new Uint8Array([1]),
  new Uint8Array([2]),
  instant('2026-11-02T08:15:00Z'),
  instant('2026-11-02T09:15:00+01:00'),
  instant('2026-11-02T08:15:01Z'),
);
const row = fc.dictionary(fc.constantFrom('id', 'unitId', 'dueAt', 'headHash'), value);

test('the first row with what another says otherwise is that other row, and what both say is not said again', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      const { first, otherwise } = toAlike(rows);
      expect(otherwise).toHaveLength(rows.length);
      for (const [place, said] of otherwise.entries()) {
        expect(toRow({ ...first, ...said })).toEqual(toRow(rows[place] ?? {}));
        for (const name in said) expect(said[name] ?? null).not.toBe(first[name] ?? null);
      }
    }),
  );
});

const perhaps = <V>(...values: V[]) => fc.option(fc.constantFrom<V | null>(...values, null), { nil: undefined });
const notification = fc.record(
  {
    channel: perhaps('form', 'door'),
    notifierCode: perhaps(2, 3),
    receivedAt: perhaps(instant('2026-11-02T08:15:00Z'), instant('2026-11-02T08:15:00.001Z')),
    acute: perhaps(true, false),
    reasonCodes: perhaps<readonly string[]>([], ['a'], ['a', 'b, "c"']),
    sealed: perhaps(new Uint8Array(), new Uint8Array([0, 255])),
  },
  { requiredKeys: [] },
);
const event = fc.record(
  { seq: perhaps(1, 2), data: perhaps<unknown>({}, { to: null }, [0], 'text', 7), hash: perhaps(new Uint8Array([1])) },
  { requiredKeys: [] },
);

test('the database reads from it what it reads from the rows as they are: numbers, instants, arrays, bytes, JSON, null', async () => {
  const read = async (table: 'notification' | 'case_event', rows: readonly Record<string, unknown>[]) => {
    const { first, otherwise } = toAlike(rows);
    const of = table === 'notification' ? sql`null::notification` : sql`null::case_event`;
    const [found] = await world.deps.db.$queryRaw<{ alike: unknown; plain: unknown }[]>`
      select (select json_agg(to_json(x)) from jsonb_populate_recordset(
          jsonb_populate_record(${of}, ${JSON.stringify(first)}::jsonb), ${JSON.stringify(otherwise)}::jsonb) x) as alike,
        (select json_agg(to_json(x)) from jsonb_populate_recordset(${of}, ${JSON.stringify(toRows(rows))}::jsonb) x) as plain`;
    expect(found?.alike).toEqual(found?.plain);
    return found?.plain;
  };
  const many = { minLength: 1, maxLength: 5 };
  await fc.assert(
    fc.asyncProperty(fc.array(notification, many), fc.array(event, many), async (notifications, events) => {
      expect(await read('notification', notifications)).toHaveLength(notifications.length);
      expect(await read('case_event', events)).toHaveLength(events.length);
    }),
  );
});
