import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { addEvidence } from '#usecases/add-evidence.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const HANDLER = 'intake-bbu-norrebro';
const EVIDENCE_AT = '2026-11-03T13:00:00+01:00';

let world: TestWorld;
let client: pg.Client;
let [worked, other] = ['', ''];

const submit = async (name: string): Promise<string> => {
  const { sender, at, notification } = trainingNotification(name);
  const { referrals } = await submitNotification(world.ctxFor(sender, at), notification);
  return referrals[0]?.id ?? '';
};
const evidence = (text: string) => {
  const occurredAt = instant(EVIDENCE_AT);
  return addEvidence(world.ctxFor(HANDLER, EVIDENCE_AT), { id: worked, kind: 'phone-call', occurredAt, text });
};
const verify = () => verifyJournal(world.systemCtx('2026-11-03T14:00:00+01:00'));
/** As somebody who may do everything to the database. */
const tamper = async (...statements: readonly string[]): Promise<void> => {
  for (const statement of statements) {
    const { rowCount, command } = await client.query(statement);
    if (command === 'UPDATE' || command === 'DELETE' || command === 'INSERT') expect(rowCount).toBeGreaterThan(0);
  }
};

beforeAll(async () => {
  world = await makeWorld();
  worked = await submit('01-plain');
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(world.ctxFor(HANDLER, '2026-11-03T11:00:00+01:00'), { id: worked, known, need: null });
  await evidence('Talte med mor.');
  other = await submit('11-shared-code-school-elsewhere');
  client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  await tamper(
    'alter table case_event disable trigger all',
    'alter table case_event drop constraint case_event_referral_id_fkey',
    'create table kept_event as table case_event',
    'create table kept_head as select id, event_count, head_hash from referral',
  );
});
afterAll(async () => {
  await client.end();
  await world.drop();
});
beforeEach(() =>
  tamper(
    'delete from case_event',
    'insert into case_event table kept_event',
    'update referral r set event_count = k.event_count, head_hash = k.head_hash from kept_head k where k.id = r.id',
  ),
);

const count = async (id: string): Promise<number> => {
  const { rows } = await client.query<{ n: number }>('select event_count as n from referral where id = $1', [id]);
  return rows[0]?.n ?? 0;
};

it('holds for what people did', async () => {
  const entries = (await count(worked)) + (await count(other));
  expect(entries).toBeGreaterThan(8);
  expect(await verify()).toEqual({ entries, intact: true, firstBroken: null });
});

const at = (seq: number, id = worked): string => `referral_id = '${id}' and seq = ${seq}`;
const copyOf = (seq: number, as: string): string => `insert into case_event
  select referral_id, ${as}, kind, occurred_at, registered_at, actor_id, actor_unit_id, actor_role, data, sealed,
    digest, previous, hash from kept_event where ${at(seq)}`;

it.each<[string, (last: number) => readonly string[], (last: number) => number, RegExp]>([
  ['changed data', () => [`update case_event set data = '{"unit": "x"}' where ${at(2)}`], () => 2, /content/],
  ['a changed kind', () => [`update case_event set kind = 'owned' where ${at(2)}`], () => 2, /content/],
  ['another actor', () => [`update case_event set actor_id = 'x' where ${at(1)}`], () => 1, /content/],
  [
    'a changed instant',
    () => [`update case_event set occurred_at = occurred_at - interval '1 ms' where ${at(1)}`],
    () => 1,
    /content/,
  ],
  [
    'changed sealed content',
    (last) => [`update case_event set sealed = sealed || '\\x00' where ${at(last)}`],
    (last) => last,
    /content/,
  ],
  [
    'sealed content taken away',
    (last) => [`update case_event set sealed = null where ${at(last)}`],
    (last) => last,
    /content/,
  ],
  ['a changed digest', () => [`update case_event set digest = sha256(digest) where ${at(3)}`], () => 3, /content/],
  ['a changed hash', () => [`update case_event set hash = sha256(hash) where ${at(3)}`], () => 3, /hash/],
  ['a changed link', () => [`update case_event set previous = sha256(previous) where ${at(3)}`], () => 3, /follow/],
  ['a deleted first entry', () => [`delete from case_event where ${at(1)}`], () => 1, /missing/],
  ['a deleted middle entry', () => [`delete from case_event where ${at(3)}`], () => 3, /missing/],
  ['a deleted last entry', (last) => [`delete from case_event where ${at(last)}`], (last) => last, /missing/],
  [
    'a deleted last entry and a corrected count',
    (last) => [
      `delete from case_event where ${at(last)}`,
      `update referral set event_count = ${last - 1} where id = '${worked}'`,
    ],
    (last) => last - 1,
    /ends in another/,
  ],
  ['all entries deleted', () => [`delete from case_event where referral_id = '${worked}'`], () => 1, /missing/],
  [
    'all entries deleted and a count of none',
    () => [
      `delete from case_event where referral_id = '${worked}'`,
      `update referral set event_count = 0 where id = '${worked}'`,
    ],
    () => 1,
    /no entries/,
  ],
  ['an entry added', (last) => [copyOf(2, String(last + 1))], (last) => last + 1, /does not know/],
  [
    'an entry inserted',
    () => [
      `update case_event set seq = seq + 100 where referral_id = '${worked}' and seq > 2`,
      copyOf(2, '3'),
      `update case_event set seq = seq - 99 where referral_id = '${worked}' and seq > 100`,
    ],
    () => 3,
    /follow/,
  ],
  [
    'two entries swapped',
    () => [
      `update case_event set seq = 99 where ${at(2)}`,
      `update case_event set seq = 2 where ${at(3)}`,
      `update case_event set seq = 3 where ${at(99)}`,
    ],
    () => 2,
    /follow/,
  ],
  [
    'another head',
    () => [`update referral set head_hash = sha256(head_hash) where id = '${worked}'`],
    (last) => last,
    /ends in another/,
  ],
])('finds %s', async (_, statements, seq, what) => {
  const last = await count(worked);
  await tamper(...statements(last));
  const found = await verify();
  const firstBroken = { referralId: worked, seq: seq(last), what: expect.stringMatching(what) };
  expect(found).toMatchObject({ intact: false, firstBroken });
});

it('finds entries of a referral that is gone', async () => {
  const gone = "'00000000-0000-7000-8000-000000000000'::uuid";
  await tamper(`insert into case_event select ${gone}, e.seq, e.kind, e.occurred_at, e.registered_at, e.actor_id,
    e.actor_unit_id, e.actor_role, e.data, e.sealed, e.digest, e.previous, e.hash
    from kept_event e where ${at(1, other)}`);
  const what = '1 entries belong to no referral';
  expect(await verify()).toMatchObject({ intact: false, firstBroken: { referralId: null, seq: null, what } });
});

it('reads beside people who are at work, and finds nothing broken where they write', async () => {
  let working = true;
  const work = (async () => {
    for (let number = 1; number <= 15; number += 1) await evidence(`Samtale ${number}`);
    working = false;
  })();
  const seen: unknown[] = [];
  while (working) seen.push((await verify()).firstBroken);
  await work;
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.filter((broken) => broken !== null)).toEqual([]);
});
