import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventText, GENESIS } from '#domain/journal.ts';
import { readText } from '#domain/seals.ts';
import { makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { times } from '#test/support/size.ts';
import { linkOf } from '#usecases/rows.ts';
import { sealJournal } from '#usecases/seal-journal.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const ENTRIES = times(20_000, 1_000_000);
const EVENTS_EACH = 10;
const CHUNK = 2_000;
const NOW = '2026-11-03T14:00:00+01:00';
const MOST_MS = 60_000;

let world: TestWorld;
let client: pg.Client;
beforeAll(async () => {
  world = await makeWorld();
  client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  await client.query('set session_replication_role = replica');
});
afterAll(async () => {
  await client.end();
  await world.drop();
});

/** As the product writes them, many at a time. */
const writeReads = async (from: number, until: number): Promise<void> => {
  const rows = Array.from({ length: until - from }, (_, place) => {
    const id = `01a00000-0000-7000-9000-${String(from + place).padStart(12, '0')}`;
    const entry = {
      id,
      personId: `p${place}`,
      unitId: 'u',
      role: 'caseworker',
      purpose: 'case',
      referralIds: [id],
      childIds: [],
    };
    const mac = `\\x${Buffer.from(world.deps.vault.index('read', readText(entry))).toString('hex')}`;
    return {
      id,
      at: NOW,
      person_id: entry.personId,
      unit_id: 'u',
      role: entry.role,
      purpose: 'case',
      referral_ids: [id],
      child_ids: [],
      mac,
    };
  });
  await client.query('insert into read_log select * from jsonb_populate_recordset(null::read_log, $1)', [
    JSON.stringify(rows),
  ]);
};

const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
const writeChains = async (from: number, until: number, like: string): Promise<void> => {
  const events: unknown[] = [];
  const heads: { id: string; hash: string }[] = [];
  for (let place = from; place < until; place += 1) {
    const referralId = `01a00000-0000-7000-8000-${String(place).padStart(12, '0')}`;
    let previous: Uint8Array = GENESIS;
    for (let seq = 1; seq <= EVENTS_EACH; seq += 1) {
      const at = '2026-11-03T13:00:00.000Z';
      const event = {
        referralId,
        seq,
        kind: 'evidence',
        occurredAt: at,
        registeredAt: at,
        actorId: 'p',
        actorUnitId: 'u',
        actorRole: 'caseworker',
        data: { kind: 'phone-call', evidenceId: referralId, place },
      };
      const sealed = Buffer.alloc(120, seq);
      const { digest, hash } = linkOf(world.deps.vault, eventText(event), sealed, previous);
      events.push({
        referral_id: referralId,
        seq,
        kind: event.kind,
        occurred_at: at,
        registered_at: at,
        actor_id: 'p',
        actor_unit_id: 'u',
        actor_role: 'caseworker',
        data: event.data,
        sealed: hex(sealed),
        digest: hex(digest),
        previous: hex(previous),
        hash: hex(hash),
      });
      previous = hash;
    }
    heads.push({ id: referralId, hash: hex(previous) });
  }
  await client.query('insert into case_event select * from jsonb_populate_recordset(null::case_event, $1)', [
    JSON.stringify(events),
  ]);
  await client.query(
    `insert into referral select (jsonb_populate_record(r, jsonb_build_object('id', h.id, 'case_number', h.id,
        'event_count', $3::int, 'head_hash', h.hash))).*
      from referral r, jsonb_to_recordset($1) h(id text, hash text) where r.id = $2`,
    [JSON.stringify(heads), like, EVENTS_EACH],
  );
};

it(`checks ${ENTRIES} entries in under a minute and finds the one that was changed`, {
  timeout: times(120_000, 1_800_000),
}, async () => {
  const { sender, at, notification } = trainingNotification('01-plain');
  const { referrals } = await submitNotification(world.ctxFor(sender, at), notification);
  const reads = ENTRIES / 2;
  const chains = ENTRIES / 2 / EVENTS_EACH;
  for (let from = 0; from < reads; from += CHUNK) await writeReads(from, from + CHUNK);
  for (let from = 0; from < chains; from += CHUNK / EVENTS_EACH) {
    await writeChains(from, from + CHUNK / EVENTS_EACH, referrals[0]?.id ?? '');
  }
  await client.query('analyze');
  while ((await sealJournal(world.systemCtx(NOW))).sealed > 0);

  const before = performance.now();
  const state = await verifyJournal(world.systemCtx(NOW));
  const took = performance.now() - before;
  process.stdout.write(`${state.entries} entries in ${Math.round(took)} ms\n`);
  expect(state).toMatchObject({ intact: true, firstBroken: null });
  expect(state.entries).toBeGreaterThan(ENTRIES);
  expect(took).toBeLessThan(MOST_MS);

  const seq = 7;
  const { rowCount } = await client.query(
    `update case_event set data = data || '{"place": -1}' where seq = ${seq} and referral_id =
      (select referral_id from case_event where seq = ${seq} order by referral_id desc limit 1)`,
  );
  expect(rowCount).toBe(1);
  expect(await verifyJournal(world.systemCtx(NOW))).toMatchObject({ intact: false, firstBroken: { seq } });
});
