import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '#domain/time.ts';
import { type Jobs, startJobs } from '#jobs/main.ts';
import { fixedClock } from '#platform/clock.ts';
import { fromDate } from '#store/db.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { expectNothingTwice, fewAtATime, numbers, type Page, refusals, standing } from '#test/support/races.ts';
import { startSmtp, type TestSmtp } from '#test/support/smtp.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import type { QueueServer } from './queue-suite.ts';

const [NORREBRO, VALBY] = ['bbu-norrebro', 'bbu-valby'];
const COORDINATOR = 'buf-sof-coordinator-sof-stab';
const AT = '2026-11-05T10:00:00+01:00';
const WHY = { basis: '§ 9', reason: 'Kort' };
const RACES = 100;
/** Hundreds of acts and of mails, also where others keep the machine busy. */
const LIMIT_MS = 180_000;
/** As many as a notification may hold. */
const CHILDREN = 10;

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, place: randomInt(2 ** 32) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);

/** The ladder by its whole way, sweep, outbox, relay, queue, worker, against people who settle meanwhile. */
export const ladderRaces = (backend: string, start: (databaseUrl: string) => Promise<QueueServer>): void => {
  describe(`with queues on ${backend}`, () => {
    let world: TestWorld;
    let server: QueueServer;
    let smtp: TestSmtp;
    let jobs: Jobs | undefined;
    let pages: readonly Page[];
    /** Where the step ends: the instant of all races. */
    let at: Instant;
    /** Those whose decision came after the climb. */
    const told = new Set<string>();

    const by = (personId: string) => world.ctxFor(personId, AT);
    /** Acute, so that the ladder begins where somebody may decide. */
    const disputed = async (): Promise<readonly Page[]> => {
      const child = () => ({ name: 'Barn', cpr: nextCpr(), address: { postalCode: '2200' } });
      const form = makeForm({
        children: numbers(CHILDREN).map(child),
        acute: { marked: true, why: 'Kan ikke vente' },
      });
      const { referrals } = await submitNotification(by('school-social-worker-skole-norrebro'), form);
      return fewAtATime(referrals, async ({ id }) => {
        const known = { unit: null, disability: false, elsewhere: false };
        await acknowledgeReferral(by(`intake-${NORREBRO}`), { id, known, need: null });
        return raiseDispute(by(`caseworker-${NORREBRO}`), { id, unit: NORREBRO, whose: VALBY, ...WHY });
      });
    };

    beforeAll(async () => {
      world = await makeWorld({ connections: 8 });
      server = await start(world.databaseUrl);
      smtp = await startSmtp();
      pages = (await Promise.all(numbers(RACES / CHILDREN).map(disputed))).flat();
      // What was told before the race is none of its business.
      await world.deps.db.outbox.deleteMany();
      await world.deps.db.outboundMessage.deleteMany();
      at = fromDate((await world.deps.db.dispute.findFirstOrThrow()).stepEndsAt);
    }, LIMIT_MS);
    afterAll(async () => {
      await jobs?.stop();
      await smtp.stop();
      await server.stop();
      await world.drop();
    });

    test(`the ladder climbs while somebody decides, ${RACES} times: whoever comes second is told and decides anew`, {
      timeout: LIMIT_MS,
    }, async () => {
      const decide = ({ id, stateVersion }: Page) =>
        decideDispute(world.ctxFor(COORDINATOR, at), { id, stateVersion, owner: VALBY, ...WHY });
      const deps = { ...world.deps, clock: fixedClock(at) };
      jobs = await startJobs({ queueUrl: server.queueUrl, smtpUrl: smtp.url, deps });
      await fewAtATime(shuffled(pages), async (page) => {
        const refused = refusals(await Promise.allSettled([decide(page)]));
        if (refused.length === 0) return;
        expect(refused).toEqual(['STALE']);
        told.add(page.id);
        // Looks again, and decides at the step that stands now.
        const seen = await readDispute(world.ctxFor(COORDINATOR, at), page.id);
        if (seen.view === 'matter') await decide(seen);
      });
      expect([told.size > 0, told.size < RACES]).toEqual([true, true]);
    });

    test('each is settled once, its ladder stands still, and every mail has left once', {
      timeout: LIMIT_MS,
    }, async () => {
      const { db } = world.deps;
      await jobs?.settle();
      const ids = pages.map(({ id }) => id);
      const ended = await standing(db, ids);
      expect(ended).toHaveLength(RACES);
      for (const { facts, ...one } of ended) {
        expect(facts('step-begun')).toBe(told.has(one.id) ? 1 : 0);
        expect(facts('dispute-settled')).toBe(1);
        expect(one).toMatchObject({ owner: VALBY, responsible: VALBY, runningSteps: 0 });
        expect(one.dispute).toEqual([told.has(one.id) ? 'settled 3' : 'settled 2']);
      }
      expect(await verifyJournal(world.systemCtx(at))).toMatchObject({ intact: true });

      await expectNothingTwice(db);
      const messages = await db.outboundMessage.findMany({ select: { state: true, template: true, reason: true } });
      // What a decision has overtaken is not told as if it still were so; the decision itself always is.
      const kept = messages.filter(({ state }) => state !== 'sent');
      expect(kept.filter((m) => m.reason !== 'moot' || m.template === 'dispute-settled')).toEqual([]);
      const taken = smtp.taken.map(({ mail }) => mail.messageId);
      expect(taken).toHaveLength(messages.length - kept.length);
      expect(new Set(taken).size).toBe(taken.length);
    });
  });
};
