import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '#test/support/cli.ts';

const repository = join(import.meta.dirname, '..', '..');
const training = (name: string): string => join(repository, 'training', 'notifications', `${name}.json`);
const AT = '2026-11-03T10:05:00+01:00';

let folder: string;
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
/** Two processes at a time, as two cores can carry. */
const inPairs = async <A>(list: readonly A[], work: (item: A) => Promise<void>): Promise<void> => {
  const waiting = [...list];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all([lane(), lane()]);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('worked cases', () => {
  it.each([
    ['deadlines', 'deadlines'],
    ['ladder', 'ladder'],
    ['route', 'routing'],
  ])('bindeled %s --cases answers what acceptance/%s.json expects', async (command, name) => {
    const path = join(repository, 'test', 'acceptance', `${name}.json`);
    const cases = JSON.parse(readFileSync(path, 'utf8')) as { id: string; expect: unknown }[];
    const { status, out, err } = await runCli([command, '--cases', path], { cwd: folder });
    expect([status, err]).toEqual([0, '']);
    const expected = cases.map((one) => ({ id: one.id, got: one.expect }));
    expect(JSON.stringify(JSON.parse(out))).toBe(JSON.stringify(expected));
  });
});

describe('answers for people and for programs', () => {
  const received = ['deadlines', '--received', '2026-03-31T12:00:00+02:00'];

  it('counts deadlines day by day, in the language of the terminal', async () => {
    const english = await runCli([...received, '--decided', '2026-04-01T12:00:00+02:00']);
    expect(english.out).toContain('Does not count: Thursday 2 April 2026 (Maundy Thursday).');
    expect(english.out).toContain('Due Monday 13 April 2026 at 23:59:59.');
    const danish = await runCli(received, { settings: { LANG: 'da_DK.UTF-8' } });
    expect(danish.out).toContain('Tæller ikke: torsdag den 2. april 2026 (skærtorsdag).');
    expect(danish.out).not.toContain('Orientering');
  });

  it('prints deadlines as JSON', async () => {
    const { out } = await runCli([...received, '--measure-started', '2026-04-30T08:00:00+02:00', '--json']);
    expect(JSON.parse(out)).toEqual({
      'assess-24h': '2026-04-01T12:00:00+02:00',
      receipt: '2026-04-10T23:59:59+02:00',
      'receipt.secondary': '2026-04-13T23:59:59+02:00',
      investigation: '2026-07-31T23:59:59+02:00',
      'follow-up': '2026-07-30T23:59:59+02:00',
    });
  });

  it('prints a ladder as a table', async () => {
    const { out, status } = await runCli(['ladder', '--raised', '2026-11-02T10:00:00+01:00']);
    expect(status).toBe(0);
    expect(out).toMatch(/^Step +Begins +Reminders +Ends\n/);
    expect(out).toMatch(/1 casework +Mon 2026-11-02 10:00:00 +Tue 2026-11-03 08:00:00 +Wed 2026-11-04 23:59:59\n/);
    expect(out).toContain('Then reminders: Tue 2026-11-24 08:00:00');
  });

  it('routes one child as an object, several as a list, and tells why', async () => {
    const one = await runCli(['route', '--notification', training('01-plain'), '--at', AT, '--json']);
    expect(JSON.parse(one.out)).toMatchObject({
      unit: 'bbu-norrebro',
      rule: 4,
      actsNow: { unit: 'bbu-norrebro', as: 'owner' },
      trace: [{ rule: 1, matched: false }, {}, {}, { rule: 4, matched: true }, {}, {}, {}],
    });
    const at = '2026-11-09T12:15:00+01:00';
    const several = ['route', '--notification', training('06-several-children'), '--at', at];
    const { out } = await runCli([...several, '--json']);
    const units = (JSON.parse(out) as { unit: string }[]).map(({ unit }) => unit);
    expect(units).toEqual(['bbu-vesterbro', 'bbu-vesterbro', 'bbu-valby']);
    const told = await runCli(several);
    expect(told.out).toContain('Child 3\nResponsible: Børnefamilieenhed Valby (bbu-valby), rule 4.');
    expect(told.out).toContain("  rule 4, yes: The child's address → Børnefamilieenhed Valby.");
    for (const name of ['Brinkholt', '0750144203', 'Enghavevej']) expect(told.out + out).not.toContain(name);
  });

  it('routes a bare submission, with facts about known children as JSON or as the CSV of import-cases', async () => {
    const { notification } = JSON.parse(readFileSync(training('01-plain'), 'utf8')) as { notification: object };
    const bare = ['route', '--notification', file('bare.json', JSON.stringify(notification)), '--at', AT, '--json'];
    const header = 'cpr;unit;caseworker;measure;since;disability;seen at\n';
    const csv = file('known.csv', `${header}124518-4021;bbu-valby;;;;nej;2026-11-01\n`);
    const json = file('known.json', '{ "unit": "bbu-valby" }');
    const stranger = file('stranger.json', '[{ "cpr": "0750144203", "unit": "bbu-valby" }]');
    const unitWith = async (...known: string[]) =>
      (JSON.parse((await runCli([...bare, ...known])).out) as { unit: string }).unit;
    expect(await unitWith()).toBe('bbu-norrebro');
    expect(await unitWith('--known', csv)).toBe('bbu-valby');
    expect(await unitWith('--known', json)).toBe('bbu-valby');
    expect(await unitWith('--known', stranger)).toBe('bbu-norrebro');
  });

  it('says what there is', async () => {
    const { status, out } = await runCli(['--help']);
    expect(status).toBe(0);
    for (const name of ['deadlines', 'verify-journal', 'doctor']) expect(out).toContain(`bindeled ${name}`);
  });
});

describe('errors are one sentence', () => {
  const plain = ['route', '--notification', training('01-plain')];
  const wrongUsage: readonly (readonly string[])[] = [
    [],
    ['nothing'],
    ['toString'],
    ['deadlines'],
    ['deadlines', '--received'],
    ['deadlines', '--received', 'yesterday'],
    ['deadlines', '--received', '2026-11-02T09:15:00'],
    ['deadlines', '--received', '2026-02-30T09:15:00+01:00'],
    ['deadlines', '--received', '9999-01-01T00:00:00Z'],
    ['deadlines', '--received', AT, '--received', AT],
    ['deadlines', '--received', AT, '--decided', '2026-11-02T10:00:00+01:00'],
    ['deadlines', '--received', AT, '--measure-started', ''],
    ['deadlines', '--received', AT, '--cases', 'x.json'],
    ['deadlines', '--received', AT, 'more'],
    ['deadlines', '--recieved', AT],
    ['ladder'],
    ['ladder', '--raised', '2026-13-01T00:00:00Z'],
    ['ladder', '--raised', AT, '--acute=yes'],
    plain,
    ['route', '--at', AT],
    [...plain, '--at', 'noon'],
    [...plain, '--at', AT, '--cases', 'x.json'],
    ['import-cases'],
    ['import-cases', 'a.csv', 'b.csv'],
    ['import-organisation', '--file', 'x'],
    ['verify-journal', '--repair'],
    ['migrate', 'now'],
    ['serve', '--port', '1'],
    ['jobs', 'all'],
    ['doctor', '--fix'],
  ];
  it('wrong usage', async () => {
    await inPairs(wrongUsage, async (args) => {
      const { status, out, err } = await runCli(args, { cwd: folder });
      expect([args, status, out]).toEqual([args, 2, '']);
      expect(err, args.join(' ')).toMatch(/^[A-Z'-].*[.]\n$/);
    });
  });

  const refused = (): readonly (readonly [string, readonly string[], RegExp])[] => [
    ['a file that is not there', ['ladder', '--cases', join(folder, 'none.json')], /There is no file/],
    ['a folder', ['ladder', '--cases', folder], /cannot be read/],
    ['no JSON', ['ladder', '--cases', file('text.json', '[\n{"id" 3}]')], /is not JSON: see line 2/],
    ['no UTF-8', ['ladder', '--cases', file('latin.json', Uint8Array.of(0x5b, 0xe6, 0x5d))], /not text in UTF-8/],
    ['no list', ['deadlines', '--cases', file('object.json', '{}')], /has not the form/],
    [
      'a case without offset',
      ['deadlines', '--cases', file('local.json', '[{"id":"a","received":"2026-11-02T09:15:00"}]')],
      /0\.received is no instant/,
    ],
    ['a foreign file', [...plain, '--at', AT, '--organisation', training('01-plain')], /01-plain\.json: line 1/],
    [
      'a notification at fault',
      ['route', '--notification', file('bad.json', '{"children":[{"cpr":"9945184021"}]}'), '--at', AT],
      /children\.0\.cpr/,
    ],
    ['a missing setting', ['verify-journal'], /^DATABASE_URL is not set\.\n$/],
    ['a missing setting of migrate', ['migrate'], /^DATABASE_URL is not set\.\n$/],
    ['a missing setting of serve', ['serve'], / is not set\.\n$/],
    ['a missing setting of jobs', ['jobs'], / is not set\.\n$/],
  ];
  it('refusals', async () => {
    await inPairs(refused(), async ([what, args, sentence]) => {
      const { status, out, err } = await runCli(args, { cwd: folder });
      expect([what, status, out]).toEqual([what, 1, '']);
      expect(err, what).toMatch(sentence);
      expect(err, what).toMatch(/^[^\n]+[.]\n$/);
      expect(err, what).not.toContain('9945184021');
    });
  });
});
