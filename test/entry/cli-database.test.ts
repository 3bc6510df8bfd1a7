import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '#test/support/cli.ts';
import { makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { trainingOrganisationText } from '#test/support/organisation.ts';
import { withoutIds } from '#test/support/without-ids.ts';
import { startSmtpCatcher } from '#training/smtp-catcher.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const HEADER = 'cpr;unit;caseworker;measure;since;disability;seen at';
const KNOWN = '054911-4736;bbu-bispebjerg;caseworker-bbu-bispebjerg;kontaktperson;2025-03-01;nej;2026-10-30T06:00:00Z';
/** Nobody listens there. */
const DEAD = 'postgres://nobody:secret-word@127.0.0.1:9/none';

let world: TestWorld;
/** Where training mode was started: its settings lead to the world's database. */
let training: string;
let client: pg.Client;

const file = (name: string, lines: readonly string[]): string => {
  const path = join(training, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};
const settings = () => ({ DATABASE_URL: world.databaseUrl, ENCRYPTION_KEYS: world.encryptionKeys });
const leaveSettings = (smtpUrl: string): void => {
  const { databaseUrl, encryptionKeys } = world;
  writeFileSync(join(training, '.bindeled', 'settings.json'), JSON.stringify({ databaseUrl, encryptionKeys, smtpUrl }));
};
const inTraining = (...args: string[]) => runCli(args, { cwd: training });
const rows = async (sql: string): Promise<Record<string, unknown>[]> => (await client.query(sql)).rows;

beforeAll(async () => {
  world = await makeWorld();
  client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  training = mkdtempSync(join(tmpdir(), 'bindeled-cli-'));
  mkdirSync(join(training, '.bindeled'));
  leaveSettings('smtp://127.0.0.1:9');
});
afterAll(async () => {
  rmSync(training, { recursive: true });
  await client.end();
  await world.drop();
});

describe('import-cases', () => {
  it('takes in a list, keeps no CPR, and routes by it', async () => {
    const path = file('cases.csv', [`\uFEFF${HEADER}`, KNOWN, '', '2251153072;;;;;JA;2026-11-01']);
    const { status, out, err } = await inTraining('import-cases', path, '--json');
    expect([status, JSON.parse(out)]).toEqual([0, { rows: 2, written: 2, older: 0 }]);
    expect(err).toMatch(/^DATABASE_URL is not set: [^\n]+[.]\n$/);
    const [known] = await rows('select * from known_case where not disability');
    expect(known).toMatchObject({ unit_id: 'bbu-bispebjerg', measure: 'kontaktperson' });
    expect(withoutIds(JSON.stringify(await rows('select t::text from known_case t')))).not.toContain('4736');

    const { sender, at, notification } = trainingNotification('12-known-open-case');
    const { referrals } = await submitNotification(world.ctxFor(sender, at), notification);
    const owners = await rows(`select owner_unit_id as owner from referral where id = '${referrals[0]?.id}'`);
    expect(owners).toEqual([{ owner: 'bbu-bispebjerg' }]);
  });

  it('keeps what was seen later, whatever the order of the files', async () => {
    const path = file('older.csv', [HEADER, KNOWN.replace('bbu-bispebjerg;', 'bbu-valby;').replace('-30T', '-29T')]);
    const { out } = await inTraining('import-cases', path, '--json');
    expect(JSON.parse(out)).toEqual({ rows: 1, written: 0, older: 1 });
  });

  it('takes nothing of a file at fault, and never repeats a CPR', async () => {
    const before = await rows('select * from known_case order by cpr_index');
    const path = file('bad.csv', [HEADER, '1245184021;;;;;;2026-11-01', 'x;1245184021;;;;;2026-11-01']);
    const { status, out, err } = await inTraining('import-cases', path);
    expect([status, out, err.split('\n')[1]]).toEqual([1, '', 'Line 3, cpr: is no CPR number (and 1 more).']);
    expect(err).not.toMatch(/\d{9}/);
    expect(await rows('select * from known_case order by cpr_index')).toEqual(before);
  });

  it('refuses training numbers outside training mode', async () => {
    const { status, err } = await runCli(['import-cases', file('cases.csv', [HEADER, KNOWN])], {
      settings: settings(),
    });
    expect([status, err]).toEqual([1, 'Line 2, cpr: is a training number.\n']);
  });
});

describe('import-organisation', () => {
  it('replaces it and counts', async () => {
    const path = file('organisation.json', [trainingOrganisationText()]);
    const { status, out } = await runCli(['import-organisation', path, '--json'], { settings: settings() });
    expect([status, JSON.parse(out)]).toMatchObject([0, { version: 2, departments: 2 }]);
    expect((JSON.parse(out) as { units: number }).units).toBeGreaterThan(20);
  });

  it('takes nothing of a file at fault, and names line and field', async () => {
    const broken = trainingOrganisationText().replace('"parent": "', '"parent": "no-');
    const { status, err } = await runCli(['import-organisation', file('broken.json', [broken])], {
      settings: settings(),
    });
    expect(status).toBe(1);
    expect(err).toMatch(/^Line \d+, units\.\d+\.parent: [^\n]+[.]\n$/);
    expect(await rows('select version from organisation_version')).toEqual([{ version: 2 }]);
  });
});

describe('verify-journal', () => {
  it('tells an intact journal from a broken one', async () => {
    const intact = await runCli(['verify-journal', '--json'], { settings: settings() });
    const state = JSON.parse(intact.out) as { entries: number };
    expect([intact.status, state]).toEqual([0, { entries: expect.any(Number), intact: true, firstBroken: null }]);
    await client.query('alter table case_event disable trigger case_event_immutable');
    await client.query(`update case_event set data = '{}' where seq = 2`);
    const broken = await runCli(['verify-journal', '--json'], { settings: settings() });
    const firstBroken = { referralId: expect.any(String), seq: 2, what: 'the content of the entry was changed' };
    expect([broken.status, broken.err, JSON.parse(broken.out)]).toEqual([
      1,
      '',
      { ...state, intact: false, firstBroken },
    ]);
    const told = await runCli(['verify-journal'], { settings: settings() });
    expect([told.status, told.out]).toEqual([1, '']);
    expect(told.err).toMatch(/^The journal is broken at referral [\da-f-]{36}, entry 2: [^\n]+[.]\n$/);
  });
});

describe('the database and the settings', () => {
  it('migrates an empty one; until then commands say so', async () => {
    const database = await emptyDatabase();
    const own = { settings: { ...settings(), DATABASE_URL: database.url } };
    try {
      const early = await runCli(['verify-journal'], own);
      expect([early.status, early.err]).toEqual([1, 'The database lacks migrations; run bindeled migrate.\n']);
      const first = await runCli(['migrate', '--json'], own);
      expect((JSON.parse(first.out) as { applied: string[] }).applied.length).toBeGreaterThan(0);
      expect((await runCli(['migrate'], own)).out).toBe('The database lacks no migration.\n');
      const without = await runCli(['import-cases', file('cases.csv', [HEADER, KNOWN])], own);
      expect([without.status, without.err]).toEqual([
        1,
        'No organisation has been imported yet; run bindeled import-organisation.\n',
      ]);
    } finally {
      await database.drop();
    }
  });

  it('says in one sentence what is missing, malformed or away, never a password', async () => {
    const keys = { ENCRYPTION_KEYS: world.encryptionKeys };
    const tries: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ DATABASE_URL: world.databaseUrl }, /^ENCRYPTION_KEYS is not set[.]\n$/],
      [{ DATABASE_URL: 'mysql://x:secret-word@y/z', ...keys }, /^DATABASE_URL must be an address [^\n]+[.]\n$/],
      [{ DATABASE_URL: DEAD, ...keys }, /^The database of DATABASE_URL cannot be reached [^\n]+[.]\n$/],
      [{ DATABASE_URL: DEAD, ENCRYPTION_KEYS: 'secret-word' }, /^ENCRYPTION_KEYS must look like [^\n]+[.]\n$/],
    ];
    for (const [given, sentence] of tries) {
      const { status, out, err } = await runCli(['verify-journal'], { settings: given });
      expect([status, out]).toEqual([1, '']);
      expect(err).toMatch(sentence);
      expect(err).not.toContain('secret-word');
    }
  });
});

describe('doctor', () => {
  const checked = async (given: Record<string, string>) => {
    const { status, out } = await runCli(['doctor', '--json'], { settings: given });
    const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: { name: string; ok: boolean; says: string }[] };
    expect(status).toBe(ok ? 0 : 1);
    expect(out).not.toContain('secret-word');
    return Object.fromEntries(checks.map((check) => [check.name, check.ok || check.says]));
  };

  it('names everything that is missing', async () => {
    expect(await checked({})).toEqual({
      settings: 'DATABASE_URL is not set.',
      database: 'DATABASE_URL is not set.',
      queue: expect.stringContaining('QUEUE_URL is not set'),
      mail: 'SMTP_URL is not set.',
      'identity provider': 'OIDC_ISSUER is not set.',
      clock: true,
      scanner: true,
    });
  });

  it('asks each part, and says what to do where it does not answer', async () => {
    const provider = createServer((request, response) => {
      const issuer = `http://${request.headers.host}`;
      response.setHeader('date', 'Mon, 06 Jan 2020 08:00:00 GMT');
      response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const { port } = provider.address() as AddressInfo;
    const common = {
      SMTP_URL: 'smtp://user:secret-word@127.0.0.1:9',
      OIDC_CLIENT_ID: 'bindeled',
      OIDC_CLIENT_SECRET: 'secret-word',
      PUBLIC_URL: 'https://bindeled.example',
    };
    try {
      expect(await checked({ ...settings(), ...common, OIDC_ISSUER: `http://127.0.0.1:${port}` })).toEqual({
        settings: true,
        database: true,
        queue: true,
        mail: expect.stringContaining('see SMTP_URL'),
        'identity provider': true,
        clock: expect.stringContaining('time synchronisation'),
        scanner: true,
      });
      const dead = {
        DATABASE_URL: DEAD,
        QUEUE_URL: 'redis://:secret-word@127.0.0.1:9',
        SCANNER_URL: 'tcp://127.0.0.1:9',
      };
      expect(await checked({ ...common, ...dead, OIDC_ISSUER: 'http://127.0.0.1:9' })).toEqual({
        settings: 'ENCRYPTION_KEYS is not set.',
        database: expect.stringContaining('see DATABASE_URL'),
        queue: expect.stringContaining('see QUEUE_URL'),
        mail: expect.stringContaining('see SMTP_URL'),
        'identity provider': expect.stringContaining('see OIDC_ISSUER'),
        clock: true,
        scanner: expect.stringContaining('see SCANNER_URL'),
      });
    } finally {
      provider.close();
    }
  });

  it('knows training mode, whole and with its mail server away', async () => {
    const away = await inTraining('doctor');
    expect(away.status).toBe(1);
    expect(away.out).toMatch(
      /^ok {4}settings +those of training mode\nok {4}database .*\nok {4}queue .*\nMEND {2}mail /,
    );
    expect(away.out).toMatch(/\nok {4}identity provider .*\nok {4}clock /);
    expect(away.err).toMatch(/^DATABASE_URL is not set: [^\n]+[.]\n$/);
    const catcher = await startSmtpCatcher({ dir: join(training, 'mailbox') });
    try {
      leaveSettings(catcher.url);
      const whole = await inTraining('doctor');
      expect(whole.out).not.toContain('MEND');
      expect(whole.status).toBe(0);
    } finally {
      await catcher.stop();
    }
  });
});
