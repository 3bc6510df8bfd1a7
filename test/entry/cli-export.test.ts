import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '#test/support/cli.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';

const AT = '2026-11-03T10:00:00+01:00';
const SECRET = 'Skydestrupvej';

let town: TestMunicipality;
let folder: string;
const run = (...args: string[]) =>
  runCli(['export-records', ...args], {
    settings: { DATABASE_URL: town.databaseUrl, ENCRYPTION_KEYS: town.encryptionKeys },
  });
beforeAll(async () => {
  town = await makeMunicipality(AT);
  folder = mkdtempSync(join(tmpdir(), 'bindeled-export-'));
  const sent = await town.submit('school-social-worker-skole-norrebro', makeForm({ concern: { narrative: SECRET } }));
  await town.settle();
  const { id = '' } = sent.referrals[0] ?? {};
  await markReferralInError(town.ctxFor('team-leader-bbu-norrebro', AT), { id, reason: 'Dobbelt' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await town.stop();
});

it('writes what is on record where only who runs it can read it, and says what it covers', async () => {
  const out = join(folder, 'first');
  const ran = await run('--closed-before', '2027-01-01', '--out', out, '--json');
  expect([ran.status, ran.err]).toEqual([0, '']);
  expect(JSON.parse(ran.out)).toEqual({ cases: 1, files: 0, covers: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(readFileSync(join(out, 'records.ndjson'), 'utf8')).toContain(SECRET);
  expect([statSync(out).mode & 0o777, statSync(join(out, 'records.ndjson')).mode & 0o777]).toEqual([0o700, 0o600]);
  const again = await run('--closed-before', '2027-01-01', '--out', out);
  expect([again.status, again.err]).toEqual([1, `${out} is not empty.\n`]);
  const events = await town.deps.db.setupEvent.findMany({ where: { kind: 'exported' } });
  expect(events.map(({ data }) => data)).toEqual([expect.objectContaining({ cases: 1, closedBefore: '2027-01-01' })]);
});

it('says in a sentence what is wrong, and leaves nothing behind', async () => {
  const out = join(folder, 'second');
  const none = await run('--closed-before', '2020-01-01', '--out', out);
  expect([none.status, none.err]).toEqual([1, 'No cases were wholly closed before that day.\n']);
  expect(existsSync(out)).toBe(false);
  expect((await run('--closed-before', '2020-13-01', '--out', out)).status).toBe(2);
  expect((await run('--closed-before', '2020-01-01')).err).toBe('--out FOLDER is missing.\n');
});
