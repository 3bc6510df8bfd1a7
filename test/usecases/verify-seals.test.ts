import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { anchorJournal } from '#usecases/anchor-journal.ts';
import { readAnchor } from '#usecases/read-anchor.ts';
import { readCase } from '#usecases/read-case.ts';
import { sealJournal } from '#usecases/seal-journal.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const READER = 'intake-bbu-norrebro';
const AT = (minute: number): string => `2026-11-03T13:${String(minute).padStart(2, '0')}:00+01:00`;
const TABLES = ['case_event', 'read_log', 'sealed_head', 'journal_seal', 'journal_head', 'journal_anchor', 'referral'];

let world: TestWorld;
let client: pg.Client;
let kept: string[];
const ids: string[] = [];

const verify = (lines: readonly string[] | null = kept) => verifyJournal(world.systemCtx(AT(59)), lines);
const submit = async (name: string): Promise<string> => {
  const { sender, at, notification } = trainingNotification(name);
  const { referrals } = await submitNotification(world.ctxFor(sender, at), notification);
  return referrals[0]?.id ?? '';
};
const read = (id: string, minute: number) => readCase(world.ctxFor(READER, AT(minute)), id);

beforeAll(async () => {
  world = await makeWorld();
  for (const name of ['01-plain', '11-shared-code-school-elsewhere']) ids.push(await submit(name));
  const [first = ''] = ids;
  for (let minute = 1; minute <= 12; minute += 1) {
    await read(first, minute);
    if (minute % 3 === 0) await sealJournal(world.systemCtx(AT(minute)));
  }
  await anchorJournal(world.systemCtx(AT(13)));
  kept = [await readAnchor(world.systemCtx(AT(13)), 1)];
  await read(first, 14);
  await sealJournal(world.systemCtx(AT(15)));
  client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  // As somebody who may do everything to the database.
  await client.query('set session_replication_role = replica');
});
afterAll(async () => {
  await client.end();
  await world.drop();
});
beforeEach(async () => {
  for (const table of TABLES) await client.query(`create table kept_${table} as table ${table}`);
});
const restore = async (): Promise<void> => {
  for (const table of TABLES) {
    if (table === 'referral') {
      await client.query(`update referral r set event_count = k.event_count, head_hash = k.head_hash
        from kept_referral k where k.id = r.id`);
    } else {
      await client.query(`delete from ${table}`);
      await client.query(`insert into ${table} table kept_${table}`);
    }
  }
};
afterEach(async () => {
  await restore();
  for (const table of TABLES) await client.query(`drop table kept_${table}`);
});

const changes = async (statement: string, values: unknown[] = []): Promise<void> => {
  const { rowCount } = await client.query(statement, values);
  expect(rowCount, statement).toBeGreaterThan(0);
};

it('holds for what was read, written, sealed and anchored', async () => {
  const { rows } = await client.query(
    'select (select count(*) from case_event) + (select count(*) from read_log) as n',
  );
  expect(await verify()).toEqual({ entries: Number(rows[0].n), intact: true, firstBroken: null });
});

const ONE = '(select id from read_log where seal_seq = 2 order by id limit 1)';
it.each<[string, string, RegExp]>([
  ['another reader', `update read_log set person_id = 'x' where id = ${ONE}`, /seal 2 is not over/],
  ['another purpose', `update read_log set purpose = 'x' where id = ${ONE}`, /seal 2 is not over/],
  ['another instant', `update read_log set at = at - interval '1 ms' where id = ${ONE}`, /seal 2 is not over/],
  ['another case', `update read_log set referral_ids = '{}' where id = ${ONE}`, /seal 2 is not over/],
  ['another key over it', `update read_log set mac = sha256(mac) where id = ${ONE}`, /seal 2 is not over/],
  ['a read taken away', `delete from read_log where id = ${ONE}`, /seal 2 is not over/],
  ['a read moved to another seal', `update read_log set seal_seq = 3 where id = ${ONE}`, /seal 2 is not over/],
  ['a read taken out of its seal', `update read_log set seal_seq = null where id = ${ONE}`, /seal 2 is not over/],
  ['a read under no seal', `update read_log set seal_seq = 99 where id = ${ONE}`, /seal 2 is not over/],
  [
    'a read put in, long ago',
    `insert into read_log select gen_random_uuid(), at, 'x', unit_id, role, purpose, referral_ids, child_ids, mac, null
      from read_log where id = ${ONE}`,
    /was not written by the product/,
  ],
  [
    'a read put in under a seal',
    `insert into read_log select gen_random_uuid(), at, 'x', unit_id, role, purpose, referral_ids, child_ids, mac, 2
      from read_log where id = ${ONE}`,
    /seal 2 is not over/,
  ],
  ['all reads taken away', 'delete from read_log', /seal 1 is not over/],
  ['a head changed', 'update sealed_head set head_hash = sha256(head_hash)', /seal 1 is not over/],
  ['a head taken away', 'delete from sealed_head', /seal 1 is not over/],
  ['a seal taken away', 'delete from journal_seal where seq = 2', /seal 2 is missing/],
  ['the last seal taken away', 'delete from journal_seal where seq = 5', /the last seal is missing/],
  ['all seals taken away', 'delete from journal_seal', /the last seal is missing/],
  ['the head taken away', 'delete from journal_head', /the last seal is missing/],
  ['a seal changed', "update journal_seal set at = at + interval '1 s' where seq = 3", /seal 3 is not over/],
  ['an anchor changed', 'update journal_anchor set reads = reads + 1', /anchor 1 is not over/],
  ['an anchor taken away', 'delete from journal_anchor', /the anchor kept outside in line 1 is not here/],
])('finds %s', async (_, statement, what) => {
  await changes(statement);
  expect(await verify()).toMatchObject({ intact: false, firstBroken: { what: expect.stringMatching(what) } });
});

it('finds the last seal gone with all that it was over, and its number set back', async () => {
  await changes('delete from read_log where seal_seq = 5');
  await changes('delete from journal_seal where seq = 5');
  await changes('update journal_head set seal_seq = 4');
  expect(await verify()).toMatchObject({ firstBroken: { what: 'the last seal is missing' } });
});

it('finds all seals and anchors gone by what was kept outside', async () => {
  for (const table of ['journal_seal', 'sealed_head', 'journal_head', 'journal_anchor'])
    await changes(`delete from ${table}`);
  await changes('update read_log set seal_seq = null');
  expect(await verify(null)).toMatchObject({ intact: true });
  expect(await verify()).toMatchObject({ firstBroken: { what: expect.stringMatching(/kept outside in line 1/) } });
});

it('finds a chain that was computed anew without the key, and one cut off at its end', async () => {
  const [id = ''] = ids;
  const { rows } = await client.query('select * from case_event where referral_id = $1 order by seq', [id]);
  const [last, before] = [rows.at(-1), rows.at(-2)];
  // As the chain was made before it was keyed, and with a key of one's own: digests fit, hashes follow one another.
  const links = [
    (previous: Buffer, digest: Buffer) => createHash('sha256').update(previous).update(digest).digest(),
    (previous: Buffer, digest: Buffer) => createHmac('sha256', 'own').update(previous).update(digest).digest(),
  ];
  for (const link of links) {
    let previous: Buffer = Buffer.alloc(32);
    for (const row of rows) {
      const hash = link(previous, row.digest);
      await changes('update case_event set previous = $1, hash = $2 where referral_id = $3 and seq = $4', [
        previous,
        hash,
        id,
        row.seq,
      ]);
      previous = hash;
    }
    await changes('update referral set head_hash = $1 where id = $2', [previous, id]);
    expect(await verify()).toMatchObject({ intact: false, firstBroken: { referralId: id, seq: 1 } });
  }
  await client.query('delete from case_event');
  await client.query('insert into case_event table kept_case_event');
  await changes('delete from case_event where referral_id = $1 and seq = $2', [id, last.seq]);
  await changes('update referral set event_count = $1, head_hash = $2 where id = $3', [before.seq, before.hash, id]);
  const what = `referral ${id} does not hold what a seal has seen`;
  expect(await verify()).toMatchObject({ intact: false, firstBroken: { what } });
});

const KEYS: Readonly<Record<string, readonly string[]>> = {
  case_event: ['referral_id', 'seq'],
  read_log: ['id'],
  sealed_head: ['referral_id', 'event_count'],
  journal_seal: ['seq'],
  journal_anchor: ['seq'],
};
/** Any other value of the column's type. */
const OTHER: Readonly<Record<string, (column: string) => string>> = {
  bytea: (column) => `sha256(coalesce(${column}, ''))`,
  int4: (column) => `coalesce(${column}, 0) + 1000`,
  int8: (column) => `${column} + 1000`,
  text: (column) => `coalesce(${column}, '') || 'x'`,
  uuid: () => 'gen_random_uuid()',
  _uuid: (column) => `${column} || gen_random_uuid()`,
  timestamptz: (column) => `${column} - interval '1 s'`,
  jsonb: (column) => `${column} || '{"x": 1}'`,
};

it('finds any change of any column, any row taken away and any row put in', { timeout: 120_000 }, async () => {
  const seed = Number(process.env.SEAL_SEED ?? process.hrtime.bigint() % 1_000_000n);
  const among = fc.sample(fc.nat(1_000_000), { numRuns: 200, seed });
  const pick = <T>(list: readonly T[]): T => list[(among.pop() ?? 0) % list.length] as T;
  for (let tampered = 0; tampered < 20; tampered += 1) {
    const table = pick(Object.keys(KEYS));
    const key = KEYS[table] ?? [];
    const { rows: columns } = await client.query<{ name: string; type: string }>(
      `select attname as name, typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
        where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [table],
    );
    const { rows } = await client.query(`select ctid::text from ${table} order by ${key.join(', ')}`);
    const ctid = pick(rows).ctid as string;
    const { name, type } = pick(columns);
    const other = OTHER[type]?.(name) ?? 'null';
    const copied = columns.map((c) =>
      key.includes(c.name) && c.type === 'uuid'
        ? 'gen_random_uuid()'
        : key.includes(c.name)
          ? `${c.name} + 1000`
          : c.name,
    );
    const statement = pick([
      `update ${table} set ${name} = ${other} where ctid = '${ctid}'`,
      `delete from ${table} where ctid = '${ctid}'`,
      `insert into ${table} select ${copied.join(', ')} from ${table} where ctid = '${ctid}'`,
    ]);
    await changes(statement);
    expect(await verify(), `seed ${seed}: ${statement}`).toMatchObject({ intact: false });
    await restore();
  }
});

it('seals no read that the product did not write, and goes on with the others', async () => {
  await changes(`insert into read_log select gen_random_uuid(), at, 'x', unit_id, role, purpose, referral_ids, child_ids,
    mac, null from read_log limit 1`);
  await read(ids[0] ?? '', 20);
  expect((await sealJournal(world.systemCtx(AT(21)))).sealed).toBe(1);
  expect(await verify()).toMatchObject({ firstBroken: { what: expect.stringMatching(/not written by the product/) } });
});
