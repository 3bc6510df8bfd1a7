import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Jobs, startJobs } from '#jobs/main.ts';
import { openQueues } from '#jobs/queues.ts';
import { createRelay } from '#jobs/relay.ts';
import { silentLogger } from '#platform/logger.ts';
import { HARMFUL_PDF, startClamd, type TestClamd } from '#test/support/clamd.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import { ctxOf, example, importTraining, jobsDeps, movableClock, submitExample } from '#test/support/jobs.ts';
import { startSmtp, type TestSmtp } from '#test/support/smtp.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import type { QueueServer } from './queue-suite.ts';

const FILE = '01-plain.json';
const OWNER = 'intake-bbu-norrebro';
const CLEAN = Buffer.from('%PDF-1.7\nindhold');
const MINUTE = 60_000;

/** Files on their way through the scanner, with the whole jobs process on one backend. */
export const filesSuite = (backend: string, start: (databaseUrl: string) => Promise<QueueServer>): void => {
  describe(`files on ${backend}`, () => {
    let database: TestDatabase;
    let server: QueueServer;
    let smtp: TestSmtp;
    let clamd: TestClamd;
    let parts: ReturnType<typeof jobsDeps>;
    let clock: ReturnType<typeof movableClock>;
    let jobs: Jobs | undefined;
    let referralId: string;

    const begin = async (): Promise<void> => {
      jobs = await startJobs({ queueUrl: server.queueUrl, smtpUrl: smtp.url, deps: parts.deps });
    };
    beforeEach(async () => {
      database = await freshDatabase();
      server = await start(database.url);
      [smtp, clamd] = [await startSmtp(), await startClamd()];
      clock = movableClock(example(FILE).at);
      parts = jobsDeps(database.url, { clock, scannerUrl: clamd.url });
      await importTraining(parts.makeCtx);
      referralId = (await submitExample(parts, FILE)).referrals[0]?.id ?? '';
    });
    afterEach(async () => {
      await jobs?.stop();
      jobs = undefined;
      await parts.close();
      await smtp.stop();
      await clamd.stop();
      await server.stop();
      await database.drop();
    });

    const add = async (content: Uint8Array): Promise<string> => {
      async function* pieces(): AsyncGenerator<Uint8Array> {
        yield content;
      }
      const added = await addAttachment(await ctxOf(parts, OWNER), { id: referralId, name: 'Notat.pdf' }, pieces());
      return added.attachmentId;
    };
    const states = async (): Promise<string[]> => {
      const rows = await parts.deps.db.attachment.findMany({ orderBy: { id: 'asc' } });
      return rows.map(({ state }) => state);
    };
    const told = async (): Promise<string[]> => {
      const kinds = ['file-cleared', 'file-refused'];
      const events = await parts.deps.db.caseEvent.findMany({
        where: { kind: { in: kinds } },
        orderBy: { seq: 'asc' },
      });
      return events.map(({ kind }) => kind);
    };

    test('what came while nobody worked is looked through by whoever starts, once, and harm is mailed about once', async () => {
      await add(CLEAN);
      await add(HARMFUL_PDF);
      expect(await states()).toEqual(['held', 'held']);
      await begin();
      await jobs?.settle();
      expect(await states()).toEqual(['cleared', 'refused']);
      expect((await told()).toSorted()).toEqual(['file-cleared', 'file-refused']);
      await jobs?.stop();
      await begin();
      clock.advance(30 * MINUTE);
      await jobs?.settle();
      expect((await told()).toSorted()).toEqual(['file-cleared', 'file-refused']);
      expect(clamd.looked()).toBe(2);
      const about = smtp.taken.filter(({ raw }) => raw.includes('en fil, der blev afvist'));
      expect(about).toHaveLength(1);
    });

    test('a scanner that is away holds files up until it is back, and they come to rest meanwhile', async () => {
      clamd.behave('hangs up');
      await begin();
      await add(CLEAN);
      await jobs?.settle();
      expect(await states()).toEqual(['held']);
      clock.advance(10 * MINUTE);
      await jobs?.settle();
      expect(await states()).toEqual(['held']);
      clamd.behave('well');
      clock.advance(16 * MINUTE);
      await jobs?.settle();
      expect(await states()).toEqual(['cleared']);
      expect((await jobs?.health())?.failed).toBe(0);
    });

    test('a queue that lost everything loses no file', async () => {
      await add(CLEAN);
      const queues = await openQueues(server.queueUrl, silentLogger);
      expect((await createRelay(parts.makeCtx, queues.add)()).moved).toBeGreaterThan(1);
      await queues.close();
      await server.wipe();
      await begin();
      await jobs?.settle();
      expect(await states()).toEqual(['held']);
      clock.advance(6 * MINUTE);
      await jobs?.settle();
      expect(await states()).toEqual(['cleared']);
      expect(await told()).toEqual(['file-cleared']);
    });

    test('a scanner that is slow delays no act', async () => {
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      clamd.behave({ gate });
      await begin();
      await Promise.all([add(CLEAN), add(CLEAN), add(CLEAN)]);
      await expect.poll(() => clamd.looked(), { timeout: 20_000 }).toBe(2);
      await submitExample(parts, FILE);
      await expect
        .poll(() => parts.deps.db.receipt.count({ where: { state: 'delivered' } }), { timeout: 20_000 })
        .toBe(2);
      expect(await states()).toEqual(['held', 'held', 'held']);
      open();
      await jobs?.settle();
      expect(await states()).toEqual(['cleared', 'cleared', 'cleared']);
    });
  });
};
