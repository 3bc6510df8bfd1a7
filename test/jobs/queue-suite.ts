import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openQueues, type Queues } from '#jobs/queues.ts';
import { createRelay } from '#jobs/relay.ts';
import { silentLogger } from '#platform/logger.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import { jobsDeps, writeOutbox } from '#test/support/jobs.ts';

const ID = '0199c2d3-0000-7000-8000-000000000001';
const mail = { name: 'mail.send', payload: { outboundMessageId: ID } } as const;
const clockDue = {
  name: 'clock.due',
  payload: { deadlineId: ID, referralId: ID, kind: 'opening', dueAt: '2026-11-02T07:00:00.000Z' },
} as const;

type Seen = { queue: string; id: string; name: string; data: unknown; attempt: number };
export type QueueServer = {
  readonly queueUrl: string;
  /** Forgets every job. */
  readonly wipe: () => Promise<void>;
  /** Ends every connection that the queues have. */
  readonly cutOff: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The relay and the queues on one backend. `start` gets the address of a fresh database. */
export const queueSuite = (backend: string, start: (databaseUrl: string) => Promise<QueueServer>): void => {
  describe(`queues on ${backend}`, () => {
    let database: TestDatabase;
    let server: QueueServer;
    let parts: ReturnType<typeof jobsDeps>;
    let queues: Queues;
    let seen: Seen[];

    beforeAll(async () => {
      database = await freshDatabase();
      server = await start(database.url);
    });
    afterAll(async () => {
      await server.stop();
      await database.drop();
    });
    beforeEach(async () => {
      parts = jobsDeps(database.url);
      queues = await openQueues(server.queueUrl, silentLogger);
      seen = [];
    });
    afterEach(async () => {
      await queues.close();
      await parts.deps.db.outbox.deleteMany();
      await parts.close();
    });

    const work = (failing: (job: Seen) => Error | null = () => null): void =>
      queues.work(async (queue, job) => {
        const one = { queue, ...job };
        seen.push(one);
        const error = failing(one);
        if (error) throw error;
      });
    const quiet = async (): Promise<void> => {
      await expect
        .poll(
          async () => {
            const { ready, delayed } = await queues.counts();
            return ready + delayed;
          },
          { timeout: 30_000, interval: 10 },
        )
        .toBe(0);
    };
    const unsent = (): Promise<number> => parts.deps.db.outbox.count({ where: { sentAt: null } });

    test('every row arrives once, in the queue of its message, under the id of the row', async () => {
      const ids = await writeOutbox(parts, [...Array.from({ length: 450 }, () => mail), clockDue]);
      const relay = createRelay(parts.makeCtx, queues.add);
      const rounds = [await relay(), await relay(), await relay(), await relay()];
      expect(rounds.map(({ moved }) => moved)).toEqual([200, 200, 51, 0]);
      expect(rounds.map(({ full }) => full)).toEqual([true, true, false, false]);
      expect(await unsent()).toBe(0);
      work();
      await quiet();
      expect(seen.map(({ id }) => id).sort()).toEqual(ids.sort());
      expect(seen.filter(({ queue }) => queue === 'mail')).toHaveLength(450);
      expect(seen.filter(({ queue }) => queue === 'acts')).toMatchObject([
        { name: 'clock.due', data: clockDue.payload },
      ]);
    });

    test('a crash between adding and marking only repeats: the job is there once', async () => {
      const ids = await writeOutbox(parts, [mail, mail]);
      const crashing = createRelay(parts.makeCtx, async (jobs) => {
        await queues.add(jobs);
        throw new Error('killed here');
      });
      await expect(crashing()).rejects.toThrow('killed here');
      expect(await unsent()).toBe(2);
      await parts.deps.db.outbox.updateMany({ data: { leasedUntil: null } });
      await createRelay(parts.makeCtx, queues.add)();
      expect(await unsent()).toBe(0);
      work();
      await quiet();
      expect(seen.map(({ id }) => id).sort()).toEqual(ids.sort());
    });

    test('what the queue refused is handed on in the next round, before its lease has ended', async () => {
      await writeOutbox(parts, [mail, clockDue]);
      let refusing = true;
      const relay = createRelay(parts.makeCtx, async (jobs) => {
        if (refusing) throw new Error('away');
        await queues.add(jobs);
      });
      await expect(relay()).rejects.toThrow('away');
      refusing = false;
      expect((await relay()).moved).toBe(2);
      work();
      await quiet();
      expect(seen).toHaveLength(2);
    });

    test('rows held back, and messages that this process does not know, stay', async () => {
      const later = new Date('2999-01-01T00:00:00Z');
      const [held] = await writeOutbox(parts, [mail]);
      await parts.deps.db.outbox.updateMany({ where: { id: held ?? '' }, data: { availableAt: later } });
      const [unknown] = await writeOutbox(parts, [mail]);
      await parts.deps.db.outbox.updateMany({ where: { id: unknown ?? '' }, data: { name: 'message.of-tomorrow' } });
      await writeOutbox(parts, [clockDue]);
      expect((await createRelay(parts.makeCtx, queues.add)()).moved).toBe(1);
      expect(await unsent()).toBe(2);
      work();
      await quiet();
      expect(seen.map(({ name }) => name)).toEqual(['clock.due']);
    });

    test('a failing job is tried again after a pause that grows; promoted it need not wait', async () => {
      await queues.add([{ id: 'a-failing-job', name: 'mail.send', payload: mail.payload }]);
      work(({ attempt }) => (attempt < 4 ? new Error('INTERNAL') : null));
      await expect
        .poll(
          async () => {
            await queues.promote();
            return seen.length;
          },
          { timeout: 10_000, interval: 20 },
        )
        .toBe(4);
      await quiet();
      expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
      expect((await queues.counts()).failed).toBe(0);
    });
  });
};
