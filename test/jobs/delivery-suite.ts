import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { iso, localDay } from '#domain/time.ts';
import { type Jobs, startJobs } from '#jobs/main.ts';
import { stopwatch } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';
import { replaceOrganisation } from '#store/organisation-import.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import { ctxOf, importTraining, jobsDeps, movableClock, writeOutbox } from '#test/support/jobs.ts';
import { makeForm } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { personIn } from '#test/support/people.ts';
import { type Mood, startSmtp, type TestSmtp } from '#test/support/smtp.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import type { QueueServer } from './queue-suite.ts';

const AT = '2026-11-03T10:05:00+01:00';
const GOOD = 200;
/** To the slow one, beside their receipt: more than there are connections. */
const MORE_TO_SLOW = 8;
const ALWAYS = { from: null, until: null } as const;

const addressOf = (who: string): string => `${who}@elsewhere.example`;

/** The `part` of the way up the sorted list. */
const quantile = (list: readonly number[], part: number): number =>
  list.toSorted((a, b) => a - b)[Math.ceil(list.length * part) - 1] ?? Number.NaN;

/** A mail server that misbehaves towards some addresses: the others must not notice. */
export const deliverySuite = (backend: string, start: (databaseUrl: string) => Promise<QueueServer>): void => {
  describe(`delivery on ${backend}`, () => {
    let database: TestDatabase;
    let server: QueueServer;
    let smtp: TestSmtp;
    let parts: ReturnType<typeof jobsDeps>;
    let clock: ReturnType<typeof movableClock>;
    let jobs: Jobs;

    beforeEach(async () => {
      database = await freshDatabase();
      server = await start(database.url);
      smtp = await startSmtp();
      clock = movableClock(AT);
      parts = jobsDeps(database.url, { clock });
      await importTraining(parts.makeCtx);
      jobs = await startJobs({ queueUrl: server.queueUrl, smtpUrl: smtp.url, deps: parts.deps });
    });
    afterEach(async () => {
      await jobs.stop();
      await parts.close();
      await smtp.stop();
      await server.stop();
      await database.drop();
    });

    /** The 200 and the slow one, as colleagues with addresses of their own. */
    const employ = async (): Promise<void> => {
      const { deps, scope, now } = await parts.makeCtx('import');
      const training = trainingOrganisation();
      const colleague = (id: string, email: string) => ({
        ...personIn(id, [{ role: 'caseworker', unit: 'bbu-norrebro' }]),
        email,
        validity: ALWAYS,
      });
      const good = Array.from({ length: GOOD }, (_, n) => colleague(`good-${n}`, `good-${n}@bindeled.example`));
      const people = [...good, colleague('slow', addressOf('slow'))].map((person) => [person.id, person] as const);
      const organisation = { ...training, people: new Map([...training.people, ...people]) };
      await replaceOrganisation(deps.db, scope, organisation, localDay(now), now);
    };

    /** A notification that came by phone; its receipt goes to the address. */
    const arrive = async (who: string): Promise<string> => {
      const notifier = { basis: 'professional', notifierCode: 4, name: 'Læge', workEmail: addressOf(who) };
      const registration = { channel: 'phone', receivedAt: await clock.now(), notification: makeForm({ notifier }) };
      const sent = await registerNotification(await ctxOf(parts, 'intake-bbu-norrebro'), registration);
      return sent.notificationId;
    };
    /** Mails about a case to these people, all at once. */
    const write = async (referralId: string, personIds: readonly string[]): Promise<void> => {
      const now = await clock.now();
      const createdAt = new Date(iso(now));
      const rows = personIds.map((toPersonId) => {
        const about = { template: 'addition', language: 'da', referralId, toPersonId, state: 'queued' };
        return { id: newId(now), ...about, createdAt };
      });
      await parts.deps.db.outboundMessage.createMany({ data: rows });
      const payloads = rows.map(({ id }) => ({ name: 'mail.send', payload: { outboundMessageId: id } }) as const);
      await writeOutbox(parts, payloads);
    };
    const good = Array.from({ length: GOOD }, (_, n) => `good-${n}`);
    const isGood = (address: string): boolean => address.startsWith('good-');

    /** Milliseconds from the hand-over to each good mail's acceptance. */
    const timed = async (referralId: string, mood: Mood, begin: () => Promise<unknown>): Promise<number[]> => {
      const times: number[] = [];
      const since = stopwatch();
      smtp.behave((moment, address) => {
        if (moment === 'data' && isGood(address)) times.push(since());
        return mood(moment, address);
      });
      await begin();
      await write(referralId, good);
      await jobs.settle();
      return times;
    };

    /** How each of the four is treated; `slow` waits for `served`. */
    const misbehaving = (served: Promise<null>): Mood => {
      let tried = 0;
      return (moment, address) => {
        if (moment === 'receiver' && address === addressOf('refused')) return '550 5.1.1';
        if (moment === 'receiver' && address === addressOf('grey')) {
          tried += 1;
          return tried <= 2 ? '451 4.7.1' : null;
        }
        if (moment === 'receiver' && address === addressOf('slow')) return served;
        return moment === 'data' && address === addressOf('cut') ? 'hang up' : null;
      };
    };
    const arriveAll = async (): Promise<Record<string, string>> => {
      const ids: Record<string, string> = {};
      for (const who of ['slow', 'refused', 'grey', 'cut']) ids[who] = await arrive(who);
      return ids;
    };
    const receiptOf = (notificationId = '') =>
      parts.deps.db.outboundMessage.findFirstOrThrow({ where: { notificationId, template: 'receipt' } });

    /** A case that 200 colleagues are to be told of. */
    const aCase = async (): Promise<string> => {
      await employ();
      const notificationId = await arrive('first');
      const { id } = await parts.deps.db.referral.findFirstOrThrow({ where: { notificationId } });
      await jobs.settle();
      return id;
    };
    /** How long the 200 take by themselves. */
    let alone: readonly number[] = [];

    test('200 mails, and nobody misbehaves: what the next is measured by', async () => {
      const well: Mood = () => null;
      alone = await timed(await aCase(), well, async () => undefined);
      expect(alone).toHaveLength(GOOD);
    });

    test('one refused, one grey-listed, one slow, one cut off: 200 others are not delayed', async () => {
      const referralId = await aCase();
      // The slow one answers only once all the others have been served: whoever waited for it would wait for ever.
      const served = Promise.withResolvers<null>();
      const bad = misbehaving(served.promise);
      let left = GOOD;
      const counting: Mood = (moment, address) => {
        if (moment === 'data' && isGood(address)) left -= 1;
        if (left === 0) served.resolve(null);
        return bad(moment, address);
      };
      let ids: Record<string, string> = {};
      const among = await timed(referralId, counting, async () => {
        ids = await arriveAll();
        const more = Array.from({ length: MORE_TO_SLOW }, () => 'slow');
        await write(referralId, more);
      });
      expect(among).toHaveLength(GOOD);
      expect(alone).toHaveLength(GOOD);
      for (const part of [0.5, 0.99]) {
        expect(quantile(among, part)).toBeLessThan(2 * quantile(alone, part) + 3_000);
      }
      expect(await receiptOf(ids.slow)).toMatchObject({ state: 'sent', attempts: 1 });
      const toSlow = { toPersonId: 'slow', state: 'sent', attempts: 1 };
      expect(await parts.deps.db.outboundMessage.count({ where: toSlow })).toBe(MORE_TO_SLOW);
    });

    test('each of the four ends delivered or as the task of a named person, with the reason', async () => {
      const served = Promise.withResolvers<null>();
      smtp.behave(misbehaving(served.promise));
      const ids = await arriveAll();
      served.resolve(null);
      await jobs.settle();
      const taskOf = async (notificationId = '') => {
        const { id: letterId } = await parts.deps.db.letter.findFirstOrThrow({ where: { notificationId } });
        return parts.deps.db.task.findFirstOrThrow({ where: { letterId } });
      };
      const person = { personId: 'intake-bbu-norrebro', doneAt: null };
      expect(await receiptOf(ids.slow)).toMatchObject({ state: 'sent', attempts: 1 });
      expect(await receiptOf(ids.refused)).toMatchObject({ state: 'bounced', answer: '550 5.1.1', attempts: 1 });
      expect(await taskOf(ids.refused)).toMatchObject({ ...person, reason: 'unknown-address' });
      expect(await receiptOf(ids.grey)).toMatchObject({ state: 'deferred', reason: 'later', attempts: 1 });
      expect(await receiptOf(ids.cut)).toMatchObject({ state: 'deferred', reason: 'cut-off', maybeTwice: true });

      // Every further attempt at its own time, to the horizon.
      for (;;) {
        const next = await parts.deps.db.outboundMessage.findFirst({
          where: { state: 'deferred' },
          orderBy: { nextAttemptAt: 'asc' },
        });
        if (!next?.nextAttemptAt) break;
        clock.moveTo(next.nextAttemptAt.toISOString());
        await jobs.settle();
      }
      expect(await receiptOf(ids.grey)).toMatchObject({ state: 'sent', attempts: 3 });
      const cut = await receiptOf(ids.cut);
      expect(cut).toMatchObject({ state: 'failed', reason: 'cut-off', maybeTwice: true });
      expect(await taskOf(ids.cut)).toMatchObject({ ...person, reason: 'cut-off' });
      expect((await clock.now()).epochMilliseconds).toBe((cut.firstAttemptAt?.getTime() ?? 0) + 48 * 3_600_000);

      const clockOf = async (notificationId = '') => {
        const where = { kind: 'receipt', referral: { notificationId } };
        return (await parts.deps.db.deadline.findFirstOrThrow({ where })).state;
      };
      expect([await clockOf(ids.slow), await clockOf(ids.grey)]).toEqual(['met', 'met']);
      // Those whom no mail reached are still owed it.
      expect([await clockOf(ids.refused), await clockOf(ids.cut)]).toEqual(['running', 'running']);
      // The address that cut the connection is not blamed for it.
      expect((await parts.deps.db.mailAddress.findMany()).map(({ failures }) => failures)).toEqual([1]);
    });
  });
};
