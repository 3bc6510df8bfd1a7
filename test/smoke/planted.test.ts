import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callOver, logInOver, Refused } from '#test/support/browser-calls.ts';
import { type Dump, dumpDatabase, filesBelow } from '#test/support/dump.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { encodings, found, foundInMail } from '#test/support/needles.ts';
import { type Municipality, startMunicipality } from '#training/municipality.ts';
import type { Submitted } from '#usecases/store-submission.ts';

const planted: string[] = [];
/** A text that occurs nowhere else, to be looked for everywhere afterwards. */
const plant = (text: string): string => {
  planted.push(text);
  return text;
};
const plantCpr = (): string => plant(nextCpr());
const SENDER = 'school-social-worker-skole-norrebro';
const INTAKE = 'intake-bbu-norrebro';

/** Every free field of the form with something of its own. */
const fullForm = (word: string, children: unknown[]) => ({
  children,
  family: {
    parents: [{ name: plant(`Forælder${word}`), relation: plant(`Stedmor${word}`), phone: plant('55512399') }],
    siblings: [{ name: plant(`Søskende${word}`), age: 4 }],
    interpreter: true,
    language: plant(`Sprog${word}`),
  },
  notifier: {
    basis: 'professional',
    notifierCode: 2,
    name: plant(`Underretter${word}`),
    role: plant(`Rolle${word}`),
    workEmail: plant(`post.${word.toLowerCase()}@skole.example`),
    workPhone: plant('+45 55 51 23 98'),
    relation: plant(`Relation${word}`),
  },
  concern: {
    narrative: plant(`Bekymring${word} æøå`),
    observations: [{ on: '2026-10-01', text: plant(`Iagttagelse${word}`) }],
    childsWords: plant(`Barnetsord${word}`),
    wellbeing: plant(`Trivsel${word}`),
    strengths: plant(`Styrker${word}`),
  },
  triedSoFar: [{ measure: plant(`Indsats${word}`), effect: plant(`Virkning${word}`) }],
  parentsInformed: { informed: false, by: plant(`Afhvem${word}`), whyNot: plant(`Hvorforikke${word}`) },
  acute: { marked: true, why: plant(`Akutfordi${word}`), called: plant(`Ringede${word}`) },
  violence: { suspected: true, whom: plant(`Mistænkt${word}`), kind: 'physical' },
  honour: { suspected: true, why: plant(`Ære${word}`) },
});
const child = (word: string, rest: Record<string, unknown>) => ({
  name: plant(`Barn${word} Ødegård`),
  address: { street: plant(`Vej${word} 17, 3. tv.`), postalCode: '2200', city: plant(`By${word}`) },
  ...rest,
});

let dir: string;
let municipality: Municipality;
let dump: Dump;
let mails: { path: string; bytes: Buffer }[];
let logs: Buffer;
let refusals: string[];
let dataDirectory: string;
let ownFolder: string;

/** Answers what the refusal said; the test fails where there was none. */
const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refused) return `${error.status} ${error.body}`;
    throw error;
  }
  throw new Error('was not refused');
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bindeled-planted-'));
  chmodSync(dir, 0o755);
  const logFile = join(dir, 'training.log');
  const logTo = pino.destination({ dest: logFile, sync: true });
  municipality = await startMunicipality({ dir: join(dir, 'town'), port: 0, pages: false, logTo });
  const { url, jobs } = municipality;
  const [sender, intake] = await Promise.all([logInOver(url, SENDER), logInOver(url, INTAKE)]);
  const as = (cookie: string) => (procedure: string, input: unknown, key?: string) =>
    callOver(url, cookie, procedure, input, key);
  const [send, take] = [as(sender), as(intake)];
  const admin = new pg.Client({ connectionString: municipality.databaseUrl });
  admin.on('error', () => undefined);
  await admin.connect();

  // What is written: at once, by way of a draft, by phone.
  const unborn = child('Ufødtplante', { identity: 'unborn' });
  const form = fullForm('Plantefire', [child('Kendtplante', { cpr: plantCpr() }), unborn]);
  const first = (await send('notifications.submit', form)) as Submitted;
  const draft = (await send('drafts.save', { form: fullForm('Kladdeplante', []) })) as { id: string };
  await send('drafts.save', {
    id: draft.id,
    stateVersion: 0,
    form: fullForm('Kladdesendt', [child('Kladdebarn', { cpr: plantCpr() })]),
  });
  await send('drafts.send', { id: draft.id, stateVersion: 1 });
  await send('drafts.save', { form: fullForm('Kladdeliggende', [child('Kladdeladt', { cpr: plantCpr() })]) });
  await take('notifications.register', {
    channel: 'phone',
    receivedAt: new Date(Date.now() - 60_000).toISOString(),
    callNote: plant('Telefonnotatplante'),
    notification: fullForm('Telefonplante', [child('Telefonbarn', { cpr: plantCpr() })]),
  });
  await jobs.settle();

  // What is done with it: as the duty unit or the unit, whichever has it at the hour at which this runs.
  const { db } = municipality.deps;
  const ids = first.referrals.map(({ id }) => id);
  const rows = await db.referral.findMany({ where: { id: { in: ids } }, orderBy: { childPosition: 'asc' } });
  const owner = rows[0]?.ownerUnitId ?? '';
  const handler = owner === 'dognvagten' ? 'duty-officer-dognvagten' : `intake-${owner}`;
  const act = as(await logInOver(url, handler));
  const lead = as(await logInOver(url, `team-leader-${owner}`));
  const [known = '', born = ''] = rows.map(({ id }) => id);
  const version = async (id: string) => (await db.referral.findUniqueOrThrow({ where: { id } })).stateVersion;
  const occurredAt = new Date(Date.now() - 1_000).toISOString();
  await act('referrals.addEvidence', { id: known, kind: 'phone-call', occurredAt, text: plant('Samtaleplante') });
  // A file, whose content is as personal as its name.
  const content = `%PDF-1.7 ${plant('Filindholdsplante')}${'x'.repeat(300_000)}${plant('Filendeplante')}`;
  const fileName = encodeURIComponent(`${plant('Filnavnsplante Åse')}.pdf`);
  const filed = await fetch(`${url}/attachments/referral/${known}`, {
    method: 'POST',
    headers: {
      cookie: await logInOver(url, handler),
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${fileName}`,
      'idempotency-key': crypto.randomUUID(),
    },
    body: content,
  });
  const { attachmentId } = (await filed.json()) as { attachmentId: string };
  const cookie = await logInOver(url, handler);
  const given = await fetch(`${url}/attachments/${attachmentId}`, { headers: { cookie } });
  expect((await given.text()) === content).toBe(true);
  await send('notifications.add', { notificationId: first.notificationId, text: plant('Tilføjelseplante') });
  const [cpr, name] = [plantCpr(), plant('Nyfødtplante Åkjær')];
  await act('referrals.identifyChild', { id: born, stateVersion: await version(born), cpr, name });
  await lead('referrals.markInError', { id: born, stateVersion: await version(born), reason: plant('Fejlplante') });
  for (const id of [known, born]) expect(JSON.stringify(await act('referrals.get', { id }))).toContain('plante');
  await act('referrals.search', { text: cpr });
  await act('referrals.search', { text: plant('Søgtplante') });
  await act('referrals.names', { ids });
  await send('notifications.mine', {});
  await send('drafts.list', undefined);

  // What goes wrong: refused fields, foreign fields, a key used twice, a body that is too large or no JSON, a lost
  // table, an address that nobody has.
  const key = crypto.randomUUID();
  await send('notifications.submit', { ...form, acute: { marked: false } }, key);
  refusals = [
    await refused(send('notifications.submit', { ...form, children: [{ name: 'x', cpr: plant('Cprplante') }] })),
    await refused(send('notifications.submit', { ...form, [plant('Feltplante')]: 1 })),
    await refused(send('notifications.submit', { ...form, need: plant('Behovplante') }, key)),
    await refused(act('referrals.get', { id: plant('Idplante') })),
    await refused(act(`referrals.${plant('Procedureplante')}`, {})),
  ];
  const headers = { 'content-type': 'application/json', cookie: sender, 'idempotency-key': crypto.randomUUID() };
  const broken = { method: 'POST', headers, body: `{"concern": "${plant('Ituplante')}` };
  refusals.push(await (await fetch(`${url}/trpc/notifications.submit`, broken)).text());
  refusals.push(await (await fetch(`${url}/${plant('Stiplante')}?q=${plant('Spørgplante')}`)).text());
  await admin.query('alter table child rename to child_away');
  refusals.push(
    await refused(send('notifications.submit', fullForm('Tabtplante', [child('Tabtbarn', { cpr: plantCpr() })]))),
  );
  await admin.query('alter table child_away rename to child');
  // As a library does that quotes what it was given.
  municipality.deps.log.error('test.failed', {}, new TypeError(plant('Fejltekstplante')));
  municipality.catcher.misbehave(`${SENDER}@bindeled.example`, { kind: 'refuse' });
  await send('notifications.submit', fullForm('Afvistplante', [child('Afvistbarn', { cpr: plantCpr() })]));
  // Last, because the server hangs up on it.
  const large = { concern: { narrative: 'x'.repeat(2_000_000) + plant('Stortplante') } };
  await send('notifications.submit', large).catch(() => undefined);
  await jobs.settle();

  const place = await admin.query<{ dir: string; own: string }>(
    `select current_setting('data_directory') as dir, oid::text as own from pg_database where datname = current_database()`,
  );
  dataDirectory = place.rows[0]?.dir ?? '';
  ownFolder = `/base/${place.rows[0]?.own}/`;
  await admin.query('checkpoint');
  await admin.end();
  dump = await dumpDatabase(municipality.databaseUrl);
  mails = filesBelow(join(dir, 'town', 'mailbox'));
  logs = readFileSync(logFile);
}, 120_000);

afterAll(async () => {
  await municipality.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('what is looked for would be found in every encoding', () => {
  for (const text of planted) {
    expect(found(Buffer.from(`før ${text} efter`), [text])).toEqual([text]);
    for (const one of encodings(text)) expect(found(Buffer.from(`x${one}y`, 'latin1'), [text])).toEqual([text]);
    for (const before of ['', 'a', 'ab']) {
      const mime = Buffer.from(`${before}${text} og mere`).toString('base64').replace(/.{19}/g, '$&\r\n');
      expect(foundInMail(Buffer.from(mime), [text])).toEqual([text]);
    }
    expect(found(Buffer.from('noget andet'), [text])).toEqual([]);
  }
  expect(planted.length).toBeGreaterThan(100);
  expect(new Set(planted).size).toBeGreaterThan(100);
});

describe('nothing that was planted stands', () => {
  test('in any table, the queue’s among them', () => {
    expect(dump.tables).toEqual(expect.arrayContaining(['public.notification', 'public.outbox', 'public.draft']));
    expect(dump.tables.filter((table) => table.startsWith('bullmq.')).length).toBeGreaterThan(1);
    expect(dump.bytes.includes(SENDER)).toBe(true);
    expect(found(dump.bytes, planted)).toEqual([]);
  });

  test('in the files of the database and in its log', () => {
    // Deleted rows and the write-ahead log too; not the empty databases beside ours.
    const files = filesBelow(dataDirectory).filter(({ path }) => !path.includes('/base/') || path.includes(ownFolder));
    expect(files.some(({ bytes }) => bytes.includes(SENDER))).toBe(true);
    const some = planted.filter((text) =>
      /^\d{10}$|^BarnKendt|^Bekymring(Plantefire|Kladdeplante)|^ForælderTabt/.test(text),
    );
    expect(some.length).toBeGreaterThan(8);
    expect(found(Buffer.concat(files.map(({ bytes }) => bytes)), some)).toEqual([]);
  });

  test('in the log', () => {
    expect(logs.toString()).toContain('procedure.failed');
    expect(found(logs, planted)).toEqual([]);
  });

  test('in a mail', () => {
    expect(mails.length).toBeGreaterThan(4);
    for (const { path, bytes } of mails) {
      const here = foundInMail(bytes, planted);
      // The one address that a mail went to because the notifier gave it.
      expect(
        here.filter((text) => text !== 'post.telefonplante@skole.example'),
        path,
      ).toEqual([]);
    }
  });

  test('in a refusal', () => {
    expect(refusals).toHaveLength(8);
    for (const text of refusals) expect(found(Buffer.from(text), planted)).toEqual([]);
  });
});
