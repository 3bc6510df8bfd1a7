import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Jobs, startJobs } from '#jobs/main.ts';
import { openQueues, type QueuedName, ROUTES } from '#jobs/queues.ts';
import { createRelay } from '#jobs/relay.ts';
import { silentLogger } from '#platform/logger.ts';
import { inTransaction } from '#store/db.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import { example, importTraining, jobsDeps, movableClock, submitExample, writeOutbox } from '#test/support/jobs.ts';
import { startSmtp, type TestSmtp } from '#test/support/smtp.ts';
import { anchorJournal } from '#usecases/anchor-journal.ts';
import { sealJournal } from '#usecases/seal-journal.ts';
import { tellOfChildren } from '#usecases/tell-of-children.ts';
import type { QueueServer } from './queue-suite.ts';

/** A Tuesday at five past ten: a school writes, everybody is at work. */
const FILE = '01-plain.json';
const { at: AT } = example(FILE);
/** Friday night and acute: the duty unit owns it until the case unit opens. */
const AT_NIGHT = '03-acute-at-night.json';
const MINUTE = 60_000;

/** The whole jobs process on one backend: real database, queue and mail server, a clock that the test moves. */
export const jobsSuite = (backend: string, start: (databaseUrl: string) => Promise<QueueServer>): void => {
  describe(`jobs on ${backend}`, () => {
    let database: TestDatabase;
    let server: QueueServer;
    let smtp: TestSmtp;
    let parts: ReturnType<typeof jobsDeps>;
    let clock: ReturnType<typeof movableClock>;
    let jobs: Jobs;

    const begin = (): Promise<Jobs> => startJobs({ queueUrl: server.queueUrl, smtpUrl: smtp.url, deps: parts.deps });
    beforeEach(async () => {
      database = await freshDatabase();
      server = await start(database.url);
      smtp = await startSmtp();
      clock = movableClock(AT);
      parts = jobsDeps(database.url, { clock });
      await importTraining(parts.makeCtx);
      jobs = await begin();
    });
    afterEach(async () => {
      await jobs.stop();
      await parts.close();
      await smtp.stop();
      await server.stop();
      await database.drop();
    });

    const messages = () => parts.deps.db.outboundMessage.findMany({ orderBy: { createdAt: 'asc' } });
    const receipts = () => smtp.taken.filter(({ mail }) => mail.subject?.startsWith('Kvittering'));
    const ids = () => smtp.taken.map(({ mail }) => mail.messageId);
    const receiptClocks = () =>
      parts.deps.db.deadline.findMany({ where: { kind: 'receipt' }, select: { state: true } });

    test('a submission is receipted and told to its unit before the jobs come to rest, each mail once', async () => {
      await submitExample(parts, FILE);
      await jobs.settle();
      expect((await messages()).map(({ state, answer }) => `${state} ${answer}`)).toEqual(['sent 250', 'sent 250']);
      expect(receipts()).toHaveLength(1);
      expect(new Set(ids()).size).toBe(2);
      expect(smtp.taken).toHaveLength(2);
      expect(await receiptClocks()).toEqual([{ state: 'met' }]);
      expect(await jobs.health()).toEqual({ waiting: 0, lagMs: 0, ready: 0, delayed: 0, failed: 0 });
    });

    test('a mail server in a bad mood holds mail up and loses none', async () => {
      const tried = new Map<string, number>();
      smtp.behave((moment, address) => {
        if (moment !== 'receiver') return null;
        const times = (tried.get(address) ?? 0) + 1;
        tried.set(address, times);
        return times <= 2 ? 451 : null;
      });
      await submitExample(parts, FILE);
      await jobs.settle();
      expect((await messages()).map(({ state, reason }) => `${state} ${reason}`)).toEqual([
        'deferred later',
        'deferred later',
      ]);
      clock.advance(MINUTE);
      await jobs.settle();
      clock.advance(5 * MINUTE);
      await jobs.settle();
      expect((await messages()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(['sent 3', 'sent 3']);
      expect(smtp.taken).toHaveLength(2);
    });

    test("receivers who do not exist are given up, with the code and nothing of the server's words", async () => {
      smtp.behave((moment) => (moment === 'receiver' ? 550 : null));
      await submitExample(parts, FILE);
      await jobs.settle();
      const all = await messages();
      expect(all.map(({ template }) => template).sort()).toEqual([
        'receipt',
        'referral-received',
        'task',
        'task',
        'task',
      ]);
      for (const one of all) {
        expect(one).toMatchObject({ state: 'bounced', answer: '550', reason: 'unknown-address', attempts: 1 });
      }
      // The receipt must be told by letter; the unit's mail, and the notice of the letter, by a colleague.
      const tasks = await parts.deps.db.task.findMany({ orderBy: { kind: 'asc' } });
      expect(tasks.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
        'letter unknown-address',
        'undelivered-mail unknown-address',
        'undelivered-mail unknown-address',
      ]);
      expect(await receiptClocks()).toEqual([{ state: 'running' }]);
      expect((await jobs.health()).failed).toBe(0);
    });

    test('a mail server that is away holds mail up until it is back, minutes later', async () => {
      smtp.behave((moment) => (moment === 'connect' ? 421 : null));
      await submitExample(parts, FILE);
      await jobs.settle();
      expect((await messages()).map(({ state, answer }) => `${state} ${answer}`)).toEqual([
        'deferred 421',
        'deferred 421',
      ]);
      expect(smtp.taken).toHaveLength(0);
      smtp.behave(() => null);
      clock.advance(11 * MINUTE);
      await jobs.settle();
      expect((await messages()).map(({ state }) => state)).toEqual(['sent', 'sent']);
      expect(smtp.taken).toHaveLength(2);
      expect(await receiptClocks()).toEqual([{ state: 'met' }]);
    });

    test('what a moved clock makes due is done before the jobs come to rest', async () => {
      await submitExample(parts, FILE);
      await jobs.settle();
      const before = smtp.taken.length;
      clock.advance(6 * 60 * MINUTE);
      await jobs.settle();
      const alarms = smtp.taken.slice(before);
      expect(alarms.length).toBeGreaterThan(0);
      expect(alarms.every(({ mail }) => mail.subject?.includes('24-timers vurdering'))).toBe(true);
      clock.advance(MINUTE);
      await jobs.settle();
      expect(smtp.taken).toHaveLength(before + alarms.length);
    });

    test('stopped with work in hand and started again, it goes on; nothing is mailed twice', async () => {
      await jobs.stop();
      await submitExample(parts, FILE);
      jobs = await begin();
      await jobs.stop();
      jobs = await begin();
      clock.advance(11 * MINUTE);
      await jobs.settle();
      expect((await messages()).map(({ state }) => state)).toEqual(['sent', 'sent']);
      expect(new Set(ids()).size).toBe(smtp.taken.length);
    });

    test('what a killed process had taken is taken again, although the clock stands still', async () => {
      await jobs.stop();
      await submitExample(parts, FILE);
      const until = new Date((await clock.now()).epochMilliseconds + 2 * MINUTE);
      await parts.deps.db.outbox.updateMany({ data: { leasedUntil: until } });
      await parts.deps.db.outboundMessage.updateMany({ data: { state: 'sending', leasedUntil: until } });
      jobs = await begin();
      await jobs.settle();
      expect((await messages()).map(({ state }) => state)).toEqual(['sent', 'sent']);
      expect(smtp.taken).toHaveLength(2);
    });

    test('whatever message comes twice is acted on once', async () => {
      const { db } = parts.deps;
      clock.moveTo(example(AT_NIGHT).at);
      await submitExample(parts, AT_NIGHT);
      await jobs.settle();
      const { dueAt } = await db.deadline.findFirstOrThrow({ where: { kind: 'opening', state: 'running' } });
      clock.moveTo(dueAt.toISOString());
      await jobs.settle();
      smtp.behave((moment) => (moment === 'receiver' ? 550 : null));
      const { notificationId } = await submitExample(parts, FILE);
      await jobs.settle();
      smtp.behave(() => null);
      const now = await clock.now();
      const [changeId, endedAt] = [crypto.randomUUID(), new Date(now.epochMilliseconds)];
      await db.unitChange.create({ data: { id: changeId, change: {}, state: 'done', dueAt: endedAt, endedAt } });
      await writeOutbox(parts, [
        { name: 'receipt.told', payload: { notificationId } },
        { name: 'notification.opened', payload: { notificationId, at: now.toString() } },
        { name: 'notifier.suspected', payload: { notificationId } },
        { name: 'basis.corrected', payload: { notificationId } },
        // Of a file that is not held any more; how one is, files-suite.ts tries.
        { name: 'file.scan', payload: { attachmentId: changeId } },
        // One that is done: how it is carried out twice, handlers.test.ts tries.
        { name: 'units.due', payload: { changeId } },
      ]);
      // Of this day, if the sweeps have not made it.
      await sealJournal(await parts.makeCtx('test'));
      await anchorJournal(await parts.makeCtx('test'));
      const { id: referralId } = await db.referral.findFirstOrThrow({ where: { notificationId } });
      const told = await parts.makeCtx('test');
      await inTransaction(db, (tx) =>
        tellOfChildren(told, tx, [{ referralId, told: 'sibling-linked', subjectId: referralId }]),
      );
      await jobs.settle();
      const state = async () => ({
        events: await db.caseEvent.count(),
        owners: await db.ownership.findMany({ orderBy: { id: 'asc' } }),
        clocks: await db.deadline.findMany({ orderBy: { id: 'asc' } }),
        outbox: await db.outbox.count(),
        messages: await messages(),
        mails: ids(),
      });
      const [once, rows] = [await state(), await db.outbox.findMany({ where: { name: { not: 'referral.changed' } } })];
      const queued = Object.entries(ROUTES).filter(([, queue]) => queue !== 'live');
      expect([...new Set(rows.map(({ name }) => name))].sort()).toEqual(queued.map(([name]) => name).sort());
      const queues = await openQueues(server.queueUrl, silentLogger);
      // Under ids of their own, because the queue itself leaves alone what it still knows.
      await queues.add(rows.map(({ id, name, payload }) => ({ id: `${id}-again`, name: name as QueuedName, payload })));
      await queues.close();
      await jobs.settle();
      expect(await state()).toEqual(once);
      expect((await jobs.health()).failed).toBe(0);
    });

    test("a queue that lost everything loses nobody's mail", async () => {
      await jobs.stop();
      await submitExample(parts, FILE);
      const queues = await openQueues(server.queueUrl, silentLogger);
      expect((await createRelay(parts.makeCtx, queues.add)()).moved).toBeGreaterThan(1);
      await queues.close();
      await server.wipe();
      clock.advance(11 * MINUTE);
      jobs = await begin();
      await jobs.settle();
      expect((await messages()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    });

    test('connections that break are made again, and work goes on', async () => {
      await jobs.settle();
      for (let round = 1; round <= 2; round++) {
        await server.cutOff();
        await submitExample(parts, FILE).catch(() => submitExample(parts, FILE));
        await expect.poll(() => receipts().length, { timeout: 20_000 }).toBe(round);
      }
    });
  });
};
