import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant } from '#domain/time.ts';
import { createSweeper, SWEEPS, type Sweep } from '#jobs/schedule.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { createVault, localKeys } from '#platform/vault.ts';
import { insertUnitChange } from '#store/unit-changes.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import {
  example,
  importTraining,
  jobsDeps,
  movableClock,
  submitExample,
  TEST_KEYS,
  writeOutbox,
} from '#test/support/jobs.ts';
import { prepareMail } from '#usecases/prepare-mail.ts';

const FILE = '01-plain.json';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let database: TestDatabase;
let parts: ReturnType<typeof jobsDeps>;
let clock: ReturnType<typeof movableClock>;

beforeEach(async () => {
  database = await freshDatabase();
  clock = movableClock(example(FILE).at);
  parts = jobsDeps(database.url, { clock });
  await importTraining(parts.makeCtx);
});
afterEach(async () => {
  await parts.close();
  await database.drop();
});

const sweepCalled = (name: string): Sweep => {
  const found = SWEEPS.find((sweep) => sweep.name === name);
  if (!found) throw new Error(`no sweep is called ${name}`);
  return found;
};
const run = async (name: string) => sweepCalled(name).run(await parts.makeCtx(name));
const date = (at: Instant): Date => new Date(at.epochMilliseconds);

test('every sweep has its tests here', () => {
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  for (const { name } of SWEEPS) expect(source).toContain(`describe('sweep ${name}'`);
  expect(new Set(SWEEPS.map(({ name }) => name)).size).toBe(SWEEPS.length);
});

describe('sweep due-clocks', () => {
  /** Reminders as their lines in the journal, timers as messages to the one use case that acts. */
  const claimed = async (): Promise<string[]> => {
    const raised = await parts.deps.db.caseEvent.findMany({ where: { kind: 'alarm-raised' } });
    const handedOver = await parts.deps.db.outbox.findMany({ where: { name: 'clock.due' } });
    // Of two cases that came at one instant the same is said.
    const lines = raised.map(({ referralId, data }) => ({ referralId, data }));
    return [...lines, ...handedOver.map(({ payload }) => payload)].map((one) => JSON.stringify(one));
  };

  test('claims what is due, once, and says when the next is', async () => {
    await submitExample(parts, FILE);
    const before = await run('due-clocks');
    expect(before).toMatchObject({ count: 0, again: false });
    const next = before.nextAt;
    if (!next) throw new Error('nothing is planned');
    clock.moveTo(next.toString());
    expect((await run('due-clocks')).count).toBeGreaterThan(0);
    expect((await run('due-clocks')).count).toBe(0);
    expect((await claimed()).length).toBeGreaterThan(0);
  });

  test('two at once claim nothing twice', async () => {
    await submitExample(parts, FILE);
    await submitExample(parts, FILE);
    clock.advance(7 * 60 * MINUTE);
    const counts = await Promise.all([run('due-clocks'), run('due-clocks'), run('due-clocks')]);
    const made = await claimed();
    expect(made.length).toBeGreaterThan(1);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(made.length);
    expect(new Set(made).size).toBe(made.length);
  });
});

describe('sweep unit-changes', () => {
  const plan = async () => {
    const { deps, makeCtx } = parts;
    const { now, scope } = await makeCtx('test');
    const dueAt = now.add({ hours: 20 });
    const change = { what: 'close', on: '2026-12-01', unit: 'bbu-valby', into: 'bbu-vesterbro' } as const;
    await insertUnitChange(deps.db, scope, { id: crypto.randomUUID(), change, dueAt });
    return dueAt;
  };
  const handedOver = () => parts.deps.db.outbox.count({ where: { name: 'units.due' } });

  test('claims what is due, once, says when the next is, and hands over again what was not done', async () => {
    const dueAt = await plan();
    expect(await run('unit-changes')).toEqual({ count: 0, nextAt: dueAt });
    clock.moveTo(dueAt.toString());
    expect((await run('unit-changes')).count).toBe(1);
    expect((await run('unit-changes')).count).toBe(0);
    clock.advance(MINUTE);
    expect((await run('unit-changes')).count).toBe(1);
    expect(await handedOver()).toBe(2);
  });

  test('two at once claim nothing twice', async () => {
    const dueAt = await plan();
    clock.moveTo(dueAt.toString());
    const counts = await Promise.all([run('unit-changes'), run('unit-changes'), run('unit-changes')]);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(1);
    expect(await handedOver()).toBe(1);
  });
});

describe('sweep stuck-messages', () => {
  test('hands over again what has been forgotten, and leaves alone what is on its way', async () => {
    await submitExample(parts, FILE);
    clock.advance(10 * MINUTE);
    expect(await run('stuck-messages')).toMatchObject({ count: 0 });
    await parts.deps.db.outbox.updateMany({ data: { sentAt: date(await clock.now()) } });
    // Handed over just now: the queue may still do it.
    expect((await run('stuck-messages')).count).toBe(0);
    clock.advance(4 * MINUTE + 1);
    expect((await run('stuck-messages')).count).toBe(2);
    expect((await run('stuck-messages')).count).toBe(0);
    expect(await parts.deps.db.outbox.count({ where: { sentAt: null } })).toBe(2);
  });

  test('finds a send whose process was killed within five minutes of its beginning', async () => {
    await submitExample(parts, FILE);
    await parts.deps.db.outbox.updateMany({ data: { sentAt: date(await clock.now()) } });
    const { id } = await parts.deps.db.outboundMessage.findFirstOrThrow();
    await prepareMail(await parts.makeCtx('mail.send'), id);
    clock.advance(MINUTE);
    expect((await run('stuck-messages')).count).toBe(0);
    clock.advance(5 * MINUTE - MINUTE - sweepCalled('stuck-messages').everyMs);
    await run('stuck-messages');
    const payload = { path: ['outboundMessageId'], equals: id };
    expect(await parts.deps.db.outbox.count({ where: { sentAt: null, name: 'mail.send', payload } })).toBe(1);
  });

  test('finds what was put off and forgotten within five minutes of its time, and not before', async () => {
    await submitExample(parts, FILE);
    const nextAttemptAt = date((await clock.now()).add({ hours: 2 }));
    await parts.deps.db.outbox.deleteMany({ where: { name: 'mail.send' } });
    await parts.deps.db.outboundMessage.updateMany({ data: { state: 'deferred', reason: 'later', nextAttemptAt } });
    clock.advance(120 * MINUTE + 2 * MINUTE);
    expect((await run('stuck-messages')).count).toBe(0);
    clock.advance(sweepCalled('stuck-messages').everyMs);
    expect((await run('stuck-messages')).count).toBe(2);
  });
});

describe('sweep reading', () => {
  test('asks a leader about reading that nobody of the reader’s units had reason for, once', async () => {
    const [referralId = ''] = (await submitExample(parts, FILE)).referrals.map(({ id }) => id);
    const { db } = parts.deps;
    const who = { personId: 'caseworker-bbu-valby', unitId: 'bbu-valby', role: 'caseworker', purpose: 'case' };
    const read = { id: crypto.randomUUID(), at: date(await clock.now()), ...who, mac: new Uint8Array(1) };
    await db.readLog.create({ data: { ...read, referralIds: [referralId], childIds: [] } });
    clock.advance(MINUTE);
    expect(await run('reading')).toMatchObject({ count: 1 });
    expect(await run('reading')).toMatchObject({ count: 0 });
    expect(await db.task.count({ where: { aboutPersonId: who.personId } })).toBe(1);
  });
});

describe('sweep tasks', () => {
  /** A letter that nobody has the task to send, and then somebody has. */
  const raised = async () => {
    await submitExample(parts, FILE);
    const { db } = parts.deps;
    const referral = await db.referral.findFirstOrThrow();
    const letter = { id: crypto.randomUUID(), kind: 'receipt', state: 'open', reason: 'unknown-address' };
    const about = { notificationId: referral.notificationId ?? '', referralId: referral.id };
    await db.letter.create({ data: { ...letter, ...about, createdAt: date(await clock.now()) } });
    expect(await run('tasks')).toMatchObject({ count: 1 });
    return { referral, task: await db.task.findFirstOrThrow({ where: { letterId: letter.id } }) };
  };

  test('gives a letter that nobody has a task for to a named person, once', async () => {
    const { referral, task } = await raised();
    expect(await run('tasks')).toMatchObject({ count: 0 });
    expect(task).toMatchObject({ kind: 'letter', subject: task.letterId, referralId: referral.id, doneAt: null });
    const told = { template: 'task', toPersonId: task.personId };
    expect(await parts.deps.db.outboundMessage.count({ where: told })).toBe(1);
  });

  test('tells an open task anew at opening time of each workday, until it is done', async () => {
    const { task } = await raised();
    const { db } = parts.deps;
    const reminders = () =>
      db.outboundMessage.findMany({ where: { template: 'task-reminder' }, orderBy: { id: 'asc' } });
    const told = async (at: string): Promise<number> => {
      clock.moveTo(at);
      // Two processes look at once.
      await Promise.all([run('tasks'), run('tasks')]);
      return (await reminders()).length;
    };
    // Raised on Tuesday the 3rd; the 7th and 8th are no workdays, and what an outage missed is told once.
    expect(await told('2026-11-03T23:50:00+01:00')).toBe(0);
    expect(await told('2026-11-04T07:59:59+01:00')).toBe(0);
    expect(await told('2026-11-04T08:00:00+01:00')).toBe(1);
    expect(await told('2026-11-04T15:00:00+01:00')).toBe(1);
    expect(await told('2026-11-06T09:00:00+01:00')).toBe(2);
    expect(await told('2026-11-08T12:00:00+01:00')).toBe(2);
    expect(await told('2026-11-09T08:00:00+01:00')).toBe(3);
    for (const one of await reminders())
      expect(one).toMatchObject({ toPersonId: task.personId, taskId: task.id, stage: 'letter' });
    await db.task.update({ where: { id: task.id }, data: { doneAt: date(await clock.now()), outcome: 'not-needed' } });
    expect(await told('2026-11-10T08:00:00+01:00')).toBe(3);
    // What waits to be sent is dropped, because there is nothing left to do.
    const [last] = (await reminders()).slice(-1);
    expect(await prepareMail(await parts.makeCtx('mail.send'), last?.id ?? '')).toBeNull();
  });
});

describe('sweep held-files', () => {
  /** A file that came when the test began and was handed over then; what came of it nobody knows. */
  const hold = async (): Promise<string> => {
    const [referralId = ''] = (await submitExample(parts, FILE)).referrals.map(({ id }) => id);
    const { now } = await parts.makeCtx('test');
    const row = { id: crypto.randomUUID(), referralId, authorId: 'somebody', state: 'held', scanAttempts: 0 };
    const scanAgainAt = date(now.add({ minutes: 5 }));
    await parts.deps.db.attachment.create({ data: { ...row, addedAt: date(now), scanAgainAt, type: 'pdf', bytes: 9 } });
    return row.id;
  };
  const handedOver = () => parts.deps.db.outbox.count({ where: { name: 'file.scan' } });

  test('gives to the scanner again what nothing was heard of, once for each pause, whoever runs it', async () => {
    await hold();
    expect((await run('held-files')).count).toBe(0);
    clock.advance(5 * MINUTE);
    const counts = await Promise.all([run('held-files'), run('held-files'), run('held-files')]);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(1);
    clock.advance(5 * MINUTE - 1);
    expect((await run('held-files')).count).toBe(0);
    clock.advance(1);
    expect((await run('held-files')).count).toBe(1);
    expect(await handedOver()).toBe(2);
  });

  test('asks an administrator about what is held for an hour, and leaves alone what is cleared', async () => {
    const id = await hold();
    clock.advance(60 * MINUTE);
    await run('held-files');
    const [task] = await parts.deps.db.task.findMany({ where: { kind: 'held-file' } });
    expect(task?.personId).toMatch(/^administrator-/);
    await parts.deps.db.attachment.update({ where: { id }, data: { state: 'cleared', scanAgainAt: null } });
    clock.advance(DAY);
    expect((await run('held-files')).count).toBe(0);
  });
});

describe('sweep named-people', () => {
  test('names whoever a restricted case lacks, once, whoever runs it, and nobody where none is', async () => {
    expect((await run('named-people')).count).toBe(0);
    const { id, childId } = await submitExample(parts, FILE).then(() => parts.deps.db.referral.findFirstOrThrow());
    const { now } = await parts.makeCtx('named-people');
    const restriction = { id: parts.deps.newId(now), childId, referralId: id, madeAt: date(now), madeBy: 'somebody' };
    await parts.deps.db.restriction.create({ data: restriction });
    const counts = await Promise.all([run('named-people'), run('named-people')]);
    expect(counts.map(({ count }) => count).toSorted()).toEqual([0, 1]);
    expect((await run('named-people')).count).toBe(0);
    const named = await parts.deps.db.restrictionName.findMany();
    expect(named.map(({ personId, namedBy }) => [personId, namedBy])).toEqual([
      [expect.stringMatching(/^team-leader-/), null],
    ]);
  });
});

describe('sweep seals', () => {
  test('seals what was written since, once, whoever runs it, and nothing when nothing was', async () => {
    expect(await run('seals')).toEqual({ count: 0, again: false });
    await submitExample(parts, FILE);
    const counts = await Promise.all([run('seals'), run('seals'), run('seals')]);
    expect(counts.map(({ count }) => count).toSorted()).toEqual([0, 0, 1]);
    expect(await parts.deps.db.journalSeal.count()).toBe(1);
    clock.advance(10_000);
    await submitExample(parts, FILE);
    expect(await run('seals')).toEqual({ count: 1, again: false });
    expect(await run('seals')).toEqual({ count: 0, again: false });
  });
});

describe('sweep anchors', () => {
  test('makes one a day when there is something new, once, whoever runs it', async () => {
    expect((await run('anchors')).count).toBe(0);
    await submitExample(parts, FILE);
    await run('seals');
    const counts = await Promise.all([run('anchors'), run('anchors'), run('anchors')]);
    expect(counts.map(({ count }) => count).toSorted()).toEqual([0, 0, 1]);
    clock.advance(DAY);
    // Nothing has been sealed since.
    expect((await run('anchors')).count).toBe(0);
    await submitExample(parts, FILE);
    await run('seals');
    expect((await run('anchors')).count).toBe(1);
    await run('seals');
    expect((await run('anchors')).count).toBe(0);
    expect(await parts.deps.db.outbox.count({ where: { name: 'anchor.made' } })).toBe(2);
  });
});

describe('sweep keys', () => {
  test('wraps nothing anew where nothing is to be', async () => {
    await submitExample(parts, FILE);
    expect(await run('keys')).toEqual({ count: 0, again: false });
  });

  test('wraps anew what another key wraps, once, whoever runs it', async () => {
    const keys = (text: string) => {
      const { index, keys, current } = parseEncryptionKeys(text);
      return createVault(index, localKeys(keys, current));
    };
    await submitExample(parts, FILE);
    const before = await parts.deps.db.sealedKey.count();
    const newer = { ...parts.deps, vault: keys(`${TEST_KEYS},2:${randomBytes(32).toString('base64')}`) };
    const ctx = { ...(await parts.makeCtx('keys')), deps: newer };
    const counts = await Promise.all([1, 2, 3].map(() => sweepCalled('keys').run(ctx)));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(before);
    expect(await parts.deps.db.sealedKey.count({ where: { keyVersion: 2 } })).toBe(before);
  });
});

describe('sweep purge', () => {
  test('forgets rows handed over a week ago, keys of a month ago and logins that ran out, and nothing that waits', async () => {
    const ids = await writeOutbox(
      parts,
      [1, 2, 3].map(() => ({ name: 'mail.send', payload: { outboundMessageId: crypto.randomUUID() } })),
    );
    const now = await clock.now();
    const sent = (id: string | undefined, days: number) =>
      parts.deps.db.outbox.update({
        where: { id: id ?? '' },
        data: { sentAt: date(now.subtract({ hours: 24 * days })) },
      });
    await sent(ids[0], 8);
    await sent(ids[1], 6);
    for (const days of [31, 29]) {
      await parts.deps.db.idempotencyKey.create({
        data: {
          keyHash: randomBytes(32),
          requestHash: randomBytes(32),
          result: {},
          createdAt: date(now.subtract({ hours: 24 * days })),
        },
      });
    }
    for (const hours of [-1, 1]) {
      const login = { id: crypto.randomUUID(), tokenHash: randomBytes(32), personId: 'somebody', claimed: {} };
      const at = { createdAt: date(now), rotatedAt: date(now), seenAt: date(now), expiresAt: date(now.add({ hours })) };
      await parts.deps.db.session.create({ data: { ...login, ...at } });
    }
    expect((await run('purge')).count).toBe(3);
    expect(await parts.deps.db.session.count()).toBe(1);
    expect((await parts.deps.db.outbox.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual(
      ids.slice(1).sort(),
    );
    expect(await parts.deps.db.idempotencyKey.count()).toBe(1);
    expect((await run('purge')).count).toBe(0);
  });

  test('forgets drafts that nobody has changed for thirty days, sent ones too, with their keys', async () => {
    const { db } = parts.deps;
    const now = await clock.now();
    const sealed = new Uint8Array(randomBytes(32));
    for (const [days, notificationId] of [
      [31, null],
      [31, crypto.randomUUID()],
      [29, null],
    ] as const) {
      const id = crypto.randomUUID();
      const updatedAt = date(now.subtract({ hours: 24 * days }));
      const whose = { authorId: 'somebody', unitId: 'skole-norrebro', notificationId };
      await db.draft.create({ data: { id, ...whose, sealed, createdAt: updatedAt, updatedAt } });
      await db.sealedKey.create({ data: { recordId: id, recordKind: 'draft', keyVersion: 1, wrapped: sealed } });
    }
    expect((await run('purge')).count).toBe(2);
    expect([await db.draft.count(), await db.sealedKey.count()]).toEqual([1, 1]);
  });

  test('forgets codes of yesterday with the addresses that nobody confirmed, links of a year ago, and counts that are over', async () => {
    const { db } = parts.deps;
    const now = await clock.now();
    const at = (hours: number) => date(now.add({ hours }));
    const random = () => new Uint8Array(randomBytes(32));
    const code = { codeHash: random(), addressIndex: random(), sealed: random(), createdAt: at(-48) };
    for (const over of [-25, -23]) {
      const id = crypto.randomUUID();
      await db.doorCode.create({ data: { id, ...code, expiresAt: at(over) } });
      await db.sealedKey.create({ data: { recordId: id, recordKind: 'door-code', keyVersion: 1, wrapped: random() } });
    }
    for (const days of [366, 364]) {
      const link = { id: crypto.randomUUID(), tokenHash: random(), notificationId: crypto.randomUUID() };
      await db.notifierLink.create({ data: { ...link, createdAt: at(-24 * days), expiresAt: at(1) } });
    }
    for (const over of [0, 1]) await db.doorCount.create({ data: { bucket: random(), count: 1, expiresAt: at(over) } });
    expect((await run('purge')).count).toBe(3);
    const left = [db.doorCode.count(), db.sealedKey.count(), db.notifierLink.count(), db.doorCount.count()];
    expect(await Promise.all(left)).toEqual([1, 1, 1, 1]);
  });
});

describe('when a sweep runs', () => {
  const counting = (everyMs: number, found: number[] = []): { sweep: Sweep; runs: () => number } => {
    let runs = 0;
    const sweep: Sweep = {
      name: 'counting',
      everyMs,
      run: async () => {
        runs += 1;
        const count = found.shift() ?? 0;
        return { count, again: count > 0 };
      },
    };
    return { sweep, runs: () => runs };
  };

  test("at the start, then by the product's clock, also after it was set back", async () => {
    const { sweep, runs } = counting(DAY);
    const once = createSweeper(sweep, parts.makeCtx);
    const runsAfter = async (ms: number): Promise<number> => {
      clock.advance(ms);
      await once();
      return runs();
    };
    expect(await runsAfter(0)).toBe(1);
    expect(await runsAfter(DAY - 1)).toBe(1);
    expect(await runsAfter(1)).toBe(2);
    expect(await runsAfter(-5)).toBe(3);
  });

  test('in every round, until it has enough; the sum is what it did', async () => {
    const { sweep, runs } = counting(0, [500, 500, 20]);
    const once = createSweeper(sweep, parts.makeCtx);
    expect(await once()).toEqual({ count: 1020, restMs: 500 });
    expect(runs()).toBe(4);
    await once();
    expect(runs()).toBe(5);
  });

  test('rests no longer than until the next is due, and never so short that it spins', async () => {
    const now = await clock.now();
    const rest = async (ms: number): Promise<number> => {
      const sweep: Sweep = {
        name: 'x',
        everyMs: 0,
        run: async () => ({ count: 0, nextAt: now.add({ milliseconds: ms }) }),
      };
      return (await createSweeper(sweep, parts.makeCtx)()).restMs;
    };
    expect([await rest(120), await rest(-50), await rest(DAY)]).toEqual([120, 10, 500]);
  });

  test('one that throws has not run, and does so the next time', async () => {
    let broken = true;
    const sweep: Sweep = {
      name: 'x',
      everyMs: DAY,
      run: async () => {
        if (broken) throw new Error('away');
        return { count: 1 };
      },
    };
    const once = createSweeper(sweep, parts.makeCtx);
    await expect(once()).rejects.toThrow('away');
    broken = false;
    expect((await once()).count).toBe(1);
  });
});
