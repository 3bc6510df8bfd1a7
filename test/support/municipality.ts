import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Instant, instant, withOffset } from '#domain/time.ts';
import { type Jobs, startJobs } from '#jobs/main.ts';
import { trainingClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import type { Logger } from '#platform/logger.ts';
import { readTrainingClock } from '#platform/training-clock.ts';
import { holdClock, moveClock } from '#training/clock.ts';
import { type SmtpCatcher, startSmtpCatcher } from '#training/smtp-catcher.ts';
import type { Submitted } from '#usecases/store-submission.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { makeWorld, type TestWorld } from './context.ts';

/** A mail that the mail server took, with what our own row says of it. `at` has Copenhagen's offset. */
export type TakenMail = {
  readonly at: string;
  /** Person or unit id, or `notifier`. */
  readonly to: string;
  readonly template: string;
  /** The clock of an alarm and its stage, `assess-24h half`; else null. */
  readonly alarm: string | null;
  readonly referralId: string | null;
};

export type TestMunicipality = TestWorld & {
  readonly jobs: Jobs;
  readonly catcher: SmtpCatcher;
  /** Puts the clock there, past whatever is due in between. */
  readonly standAt: (at: string | Instant) => Promise<void>;
  /** Moves the clock as the clock page does, and leaves it standing there. */
  readonly moveTo: (at: string | Instant) => Promise<void>;
  readonly settle: () => Promise<void>;
  /** As `personId`, by the clock as it stands. */
  readonly submit: (personId: string, form: unknown) => Promise<Submitted>;
  /** In the order in which they were taken. */
  readonly mails: () => Promise<TakenMail[]>;
  readonly stop: () => Promise<void>;
};

const toInstant = (at: string | Instant): Instant => (typeof at === 'string' ? instant(at) : at);

/** A municipality at work: real database, jobs and mail server, and a clock that stands where the test puts it. */
export const makeMunicipality = async (
  at: string,
  { log }: { readonly log?: Logger } = {},
): Promise<TestMunicipality> => {
  const world = await makeWorld({ connections: 8 });
  const { db } = world.deps;
  const deps: Deps = { ...world.deps, clock: trainingClock(() => readTrainingClock(db)), ...(log ? { log } : {}) };
  await holdClock(db, instant(at));
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-mailbox-'));
  const catcher = await startSmtpCatcher({ dir });
  const jobs = await startJobs({ queueUrl: world.databaseUrl, smtpUrl: catcher.url, deps });

  const mails = async (): Promise<TakenMail[]> => {
    const rows = new Map((await db.outboundMessage.findMany()).map((row) => [row.id, row]));
    const kinds = new Map((await db.deadline.findMany()).map(({ id, kind }) => [id, kind]));
    return catcher.list().map(({ messageId, sentAt }) => {
      const row = rows.get(/^<([^@]+)@/.exec(messageId ?? '')?.[1] ?? '');
      if (!row || sentAt === null) throw new Error('a mail that nobody wrote');
      return {
        at: withOffset(instant(sentAt)),
        to: row.toPersonId ?? row.toUnitId ?? 'notifier',
        template: row.template,
        alarm: row.deadlineId === null ? null : `${kinds.get(row.deadlineId)} ${row.stage}`,
        referralId: row.referralId,
      };
    });
  };

  return {
    ...world,
    deps,
    jobs,
    catcher,
    standAt: (to) => holdClock(db, toInstant(to)),
    moveTo: async (to) => {
      await moveClock(db, jobs, await deps.clock.now(), toInstant(to));
      await holdClock(db, toInstant(to));
    },
    settle: jobs.settle,
    submit: async (personId, form) => {
      const ctx = world.ctxFor(personId, await deps.clock.now(), { body: randomUUID() });
      return submitNotification(ctx, form);
    },
    mails,
    stop: async () => {
      await jobs.stop();
      await catcher.stop();
      await world.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

let children = 0;

/** A training CPR that no other call gives: born 2014. */
export const nextCpr = (): string => {
  children += 1;
  const day = String(1 + Math.floor(children / 1000)).padStart(2, '0');
  return `${day}44144${String(children % 1000).padStart(3, '0')}`;
};

/** The fewest fields of a valid notification: a child of Nørrebro, not acute. `overrides` replaces whole groups. */
export const makeForm = (overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  children: [{ name: 'Barn', cpr: nextCpr(), address: { postalCode: '2200' } }],
  notifier: { basis: 'professional', notifierCode: 2, name: 'Underretter' },
  concern: { narrative: 'Bekymring' },
  parentsInformed: { informed: true },
  ...overrides,
});

/** A group of a form. */
export const ACUTE = { acute: { marked: true, why: 'Kan ikke vente' } } as const;
