import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { readCase } from '#usecases/read-case.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

// What the database itself holds, whoever writes into it and however: SQL by hand, past every line of ours.
const AT = '2026-11-10T10:00:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';

let world: TestWorld;
let client: pg.Client;
let referralId: string;

beforeAll(async () => {
  world = await makeWorld();
  const { notificationId, referrals } = await submitNotification(world.ctxFor(SENDER, AT), makeForm());
  referralId = referrals[0]?.id ?? '';
  await addToNotification(world.ctxFor(SENDER, AT), { notificationId, text: 'Mere' });
  await readCase(world.ctxFor('intake-bbu-norrebro', AT), referralId);
  client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await world.drop();
});
beforeEach(() => client.query('begin'));
afterEach(() => client.query('rollback'));

const refused = (sql: string, why: string | RegExp, values: unknown[] = []) =>
  expect(client.query(sql, values)).rejects.toThrow(why);
const commit = () => client.query('set constraints all immediate');

const OPEN = `insert into ownership (id, referral_id, unit_id, reason, counts_as_move, started_at)
  values ($1, $2, $3, 'routed', false, '2026-11-10T10:00:00Z')`;

describe('one open ownership for each referral', () => {
  test('a second is refused at once', () =>
    refused(OPEN, 'ownership_one_open', [randomUUID(), referralId, 'bbu-valby']));

  test('none is refused at commit', async () => {
    await client.query(`update ownership set ended_at = '2026-11-10T11:00:00Z' where referral_id = $1`, [referralId]);
    await expect(commit()).rejects.toThrow('has no open ownership row of its owner');
  });

  test('deleting the row is refused at commit', async () => {
    await client.query('delete from ownership where referral_id = $1', [referralId]);
    await expect(commit()).rejects.toThrow('has no open ownership row of its owner');
  });

  test('an owner other than the open row says is refused at commit', async () => {
    await client.query(
      `update referral set owner_unit_id = 'bbu-valby', responsible_unit_id = 'bbu-valby' where id = $1`,
      [referralId],
    );
    await expect(commit()).rejects.toThrow('has no open ownership row of its owner');
  });

  test('an open row other than the referral’s owner is refused at commit', async () => {
    await client.query(`update ownership set unit_id = 'bbu-valby' where referral_id = $1`, [referralId]);
    await expect(commit()).rejects.toThrow('has no open ownership row of its owner');
  });

  test('a referral without any row is refused at commit', async () => {
    await client.query(
      `insert into referral select x.* from referral r, jsonb_populate_record(r, jsonb_build_object('id', $2::text,
        'case_number', '2026-999999')) x where r.id = $1`,
      [referralId, randomUUID()],
    );
    await expect(commit()).rejects.toThrow('has no open ownership row of its owner');
  });

  test('moving it in one transaction, both rows and the referral, is allowed', async () => {
    await client.query(`update ownership set ended_at = '2026-11-10T11:00:00Z' where referral_id = $1`, [referralId]);
    await client.query(OPEN.replace('10:00:00Z', '11:00:00Z'), [randomUUID(), referralId, 'bbu-valby']);
    await client.query(
      `update referral set owner_unit_id = 'bbu-valby', responsible_unit_id = 'bbu-valby' where id = $1`,
      [referralId],
    );
    await commit();
  });

  test('an owner that is not the responsible unit needs a provisional rule', () =>
    refused(`update referral set responsible_unit_id = 'bbu-valby' where id = $1`, 'referral_provisional', [
      referralId,
    ]));

  test('an end before its beginning is refused', () =>
    refused(
      `update ownership set ended_at = started_at - interval '1 second' where referral_id = $1`,
      'ownership_order',
      [referralId],
    ));
});

describe.each(['notification', 'notification_addition', 'case_event', 'read_log'])('%s is append-only', (table) => {
  const column = table === 'read_log' ? 'purpose' : table === 'case_event' ? 'kind' : 'sealed';
  test('there is something in it', async () => {
    expect((await client.query(`select from ${table}`)).rowCount).toBeGreaterThan(0);
  });
  test.each([
    `update ${table} set ${column} = ${column}`,
    `delete from ${table}`,
    `truncate ${table}`,
    `truncate ${table} cascade`,
  ])('%s', (sql) => refused(sql, new RegExp(`${table} is append-only|cannot truncate a table referenced`)));
});

describe('deadlines', () => {
  const derivation = (rest: string) =>
    refused(`update deadline set derivation = ${rest} where referral_id = $1`, 'deadline_derivation', [referralId]);

  test('without a derivation are refused', () => derivation(`'{}'::jsonb`));
  test.each(['rule', 'law', 'start', 'due'])('without the %s in it are refused', (key) =>
    derivation(`derivation - '${key}'`),
  );
  test('end with an instant and the event that shows why, or not at all', async () => {
    await refused(`update deadline set state = 'met' where referral_id = $1`, 'deadline_', [referralId]);
  });
  test('that ended without an event are refused', () =>
    refused(
      `update deadline set state = 'met', ended_at = due_at, next_alarm_at = null where referral_id = $1`,
      'deadline_ended',
      [referralId],
    ));
  test('that ended raise no alarm', () =>
    refused(
      `update deadline set state = 'met', ended_at = due_at, ended_by_seq = 4 where referral_id = $1`,
      'deadline_alarm',
      [referralId],
    ));
  test('have no other states', () =>
    refused(`update deadline set state = 'paused' where referral_id = $1`, 'deadline_', [referralId]));
});

describe('what else a row may not say', () => {
  test.each([
    ['referral', `status = 'lost'`, 'referral_status'],
    ['referral', `status = 'closed'`, 'referral_closed'],
    ['referral', `status = 'acknowledged'`, 'referral_handled'],
    ['referral', `matter = 'inquiry'`, 'referral_matter'],
    ['child', `identity = 'unborn'`, 'child_identity'],
    ['child', `cpr_index = null`, 'child_identity'],
    ['receipt', `state = 'delivered'`, 'receipt_delivered'],
    ['outbound_message', `to_notifier = true`, 'outbound_message_one_receiver'],
    ['outbound_message', `state = 'gone', reason = 'later'`, 'outbound_message_state'],
    ['organisation_version', `id = 2`, 'organisation_version_single'],
  ])('%s: %s', (table, set, constraint) => refused(`update ${table} set ${set}`, constraint));
});
