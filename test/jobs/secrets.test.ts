import { Writable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJobs } from '#jobs/main.ts';
import { createLogger } from '#platform/pino-logger.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import { example, importTraining, jobsDeps, movableClock, submitExample } from '#test/support/jobs.ts';
import { startSmtp, type TestSmtp } from '#test/support/smtp.ts';

const FILE = '01-plain.json';
const { at, notification } = example(FILE);

let database: TestDatabase;
let smtp: TestSmtp;
beforeAll(async () => {
  database = await freshDatabase();
  smtp = await startSmtp();
});
afterAll(async () => {
  await smtp.stop();
  await database.drop();
});

/** Every text of the form that is longer than a word or holds a number, which codes are not. */
const planted = (value: unknown): string[] => {
  if (typeof value === 'string') return /[\s@\d]/.test(value) && !/^\d{4}(-\d\d-\d\d)?$/.test(value) ? [value] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(planted) : [];
};

const queueTables = async (): Promise<string> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const tables = await client.query(
    `select table_name as name from information_schema.tables where table_schema = 'bullmq'`,
  );
  let all = '';
  for (const { name } of tables.rows) {
    const { rows } = await client.query(`select t::text as line from bullmq."${name}" t`);
    all += rows.map(({ line }) => line).join('\n');
  }
  await client.end();
  return all;
};

test('mails, logs and queue tables hold nothing of what was written, even when a server quotes it back', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const clock = movableClock(at);
  const parts = jobsDeps(database.url, { clock, log: createLogger('jobs', sink) });
  await importTraining(parts.makeCtx);
  const tried = new Set<string>();
  smtp.behave((moment, address) => {
    if (moment !== 'receiver' || tried.has(address)) return null;
    tried.add(address);
    return 451;
  });
  const jobs = await startJobs({ queueUrl: database.url, smtpUrl: smtp.url, deps: parts.deps });
  await submitExample(parts, FILE);
  await jobs.settle();
  clock.advance(60_000);
  await jobs.settle();
  await jobs.stop();
  await parts.close();

  const mails = smtp.taken.map(({ raw, mail }) => `${raw}\n${mail.subject}\n${mail.text}\n${mail.html}`);
  const bodies = mails.map((mail) => mail.replace(/^To: .*$/gim, '')).join('\n');
  const queues = await queueTables();
  const log = lines.join('');
  expect(mails.length).toBeGreaterThan(1);
  expect(log).toContain('mail.deferred');
  expect(queues).toContain('mail.send');
  const secrets = planted(notification);
  expect(secrets.length).toBeGreaterThan(10);
  for (const secret of secrets) {
    expect(bodies).not.toContain(secret);
    expect(queues).not.toContain(secret);
    expect(log).not.toContain(secret);
  }
  for (const { to } of smtp.taken) {
    for (const address of to) expect(queues + log).not.toContain(address);
  }
});
