import { afterEach, beforeEach, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { instant, localDay } from '#domain/time.ts';
import { createHandling } from '#jobs/handling.ts';
import { createMailer, type Mailer } from '#jobs/mail/transport.ts';
import { type QueuedName, ROUTES } from '#jobs/queues.ts';
import { newId } from '#platform/ids.ts';
import { silentLogger } from '#platform/logger.ts';
import { inTransaction } from '#store/db.ts';
import { insertUnitChange } from '#store/unit-changes.ts';
import { startClamd, type TestClamd } from '#test/support/clamd.ts';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';
import {
  ctxOf,
  example,
  importTraining,
  jobsDeps,
  movableClock,
  submitExample,
  writeOutbox,
} from '#test/support/jobs.ts';
import { startSmtp, type TestSmtp } from '#test/support/smtp.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import { anchorJournal } from '#usecases/anchor-journal.ts';
import { claimDueClocks } from '#usecases/claim-due-clocks.ts';
import { sealJournal } from '#usecases/seal-journal.ts';
import { tellOfChildren } from '#usecases/tell-of-children.ts';

/** Friday night and acute: the duty unit owns it until the case unit opens. */
const ACUTE_AT_NIGHT = '03-acute-at-night.json';

let database: TestDatabase;
let smtp: TestSmtp;
let mailer: Mailer;
let clamd: TestClamd;
let parts: ReturnType<typeof jobsDeps>;
let clock: ReturnType<typeof movableClock>;
let handle: ReturnType<typeof createHandling>;
/** Lines kept outside the database; the same line twice says the same. */
let kept: Set<string>;

const outside = () => ({
  mailer,
  keep: async (line: string) => {
    kept.add(line);
  },
});

beforeEach(async () => {
  database = await freshDatabase();
  [smtp, clamd] = [await startSmtp(), await startClamd()];
  kept = new Set();
  mailer = createMailer(smtp.url, 'no-reply@bindeled.test');
  clock = movableClock(example(ACUTE_AT_NIGHT).at);
  parts = jobsDeps(database.url, { clock, scannerUrl: clamd.url });
  await importTraining(parts.makeCtx);
  await submitExample(parts, ACUTE_AT_NIGHT);
  handle = createHandling(outside(), parts.makeCtx, silentLogger);
});
afterEach(async () => {
  mailer.close();
  await parts.close();
  await smtp.stop();
  await clamd.stop();
  await database.drop();
});

const pending = async (name: QueuedName) => parts.deps.db.outbox.findMany({ where: { name }, orderBy: { id: 'asc' } });
const run = (row: { id: string; name: string; payload: unknown }) =>
  handle(ROUTES[row.name as QueuedName], { id: row.id, name: row.name as QueuedName, data: row.payload, attempt: 1 });
/** What the acts leave behind; leases and attempts aside. */
const state = async () => ({
  events: await parts.deps.db.caseEvent.count(),
  owners: await parts.deps.db.ownership.findMany({ orderBy: { id: 'asc' } }),
  clocks: await parts.deps.db.deadline.findMany({ orderBy: { id: 'asc' } }),
  outbox: await parts.deps.db.outbox.count(),
  messages: await parts.deps.db.outboundMessage.findMany({ orderBy: { id: 'asc' } }),
  kept: [...kept],
});

const moveToNextAlarm = async (): Promise<void> => {
  const next = await parts.deps.db.deadline.aggregate({ where: { state: 'running' }, _min: { nextAlarmAt: true } });
  clock.moveTo(next._min.nextAlarmAt?.toISOString() ?? '');
};

/** Something was said of its notifier, to whom feedback is under way. */
const underWay = async (notificationId: string, kind: string, said: { to?: string }): Promise<void> => {
  const { db } = parts.deps;
  const { id } = await db.referral.findFirstOrThrow({ where: { notificationId } });
  const last = await db.caseEvent.findFirstOrThrow({ where: { referralId: id }, orderBy: { seq: 'desc' } });
  const { sealed: _, ...line } = last;
  await db.caseEvent.create({ data: { ...line, data: said, seq: 9999, kind } });
  const given = {
    tier: '1',
    state: 'given',
    channel: 'site',
    answers: [],
    template: 'feedback-1',
    givenBy: 'somebody',
  };
  const told = { told: new Uint8Array(1), givenAt: line.registeredAt };
  await db.feedback.create({ data: { id: crypto.randomUUID(), referralId: id, ...given, ...told } });
};

/** Brings each message into being; a message without an entry does not compile. */
const CAUSE: Readonly<Record<QueuedName, () => Promise<void>>> = {
  'mail.send': async () => undefined,
  'mail.undelivered': async () => {
    smtp.behave((moment) => (moment === 'receiver' ? 550 : null));
    for (const row of await pending('mail.send')) await run(row);
    smtp.behave(() => null);
  },
  'receipt.told': async () => {
    const { notificationId } = await parts.deps.db.receipt.findFirstOrThrow();
    await writeOutbox(parts, [{ name: 'receipt.told', payload: { notificationId } }]);
  },
  'notification.opened': async () => {
    const { notificationId } = await parts.deps.db.receipt.findFirstOrThrow();
    const at = (await clock.now()).toString();
    await writeOutbox(parts, [{ name: 'notification.opened', payload: { notificationId, at } }]);
  },
  'notifier.suspected': async () => {
    const { notificationId } = await parts.deps.db.receipt.findFirstOrThrow();
    await underWay(notificationId, 'notifier-suspected', {});
    await writeOutbox(parts, [{ name: 'notifier.suspected', payload: { notificationId } }]);
  },
  'basis.corrected': async () => {
    const { notificationId } = await parts.deps.db.receipt.findFirstOrThrow();
    await underWay(notificationId, 'basis-corrected', { to: 'citizen' });
    await writeOutbox(parts, [{ name: 'basis.corrected', payload: { notificationId } }]);
  },
  'clock.due': async () => {
    // The silence of the duty unit and the steps of its ladder come first, then the opening.
    const isOpening = ({ payload }: { payload: unknown }): boolean => (payload as { kind: string }).kind === 'opening';
    for (let due = await pending('clock.due'); !due.some(isOpening); due = await pending('clock.due')) {
      for (const row of due) await run(row);
      await moveToNextAlarm();
      await claimDueClocks(await parts.makeCtx('due-clocks'), 500);
    }
  },
  'child.review': async () => {
    const ctx = await parts.makeCtx('test');
    const { id: referralId } = await parts.deps.db.referral.findFirstOrThrow();
    await inTransaction(parts.deps.db, (tx) =>
      tellOfChildren(ctx, tx, [{ referralId, told: 'sibling-linked', subjectId: referralId }]),
    );
  },
  'units.due': async () => {
    const { responsibleUnitId: unit } = await parts.deps.db.referral.findFirstOrThrow();
    const ctx = await parts.makeCtx('test');
    const dueAt = ctx.now;
    const on = localDay(dueAt).toString();
    const change = { what: 'close', on, unit, into: unit === 'bbu-bhv' ? 'bbu-valby' : 'bbu-bhv' } as const;
    const changeId = crypto.randomUUID();
    await insertUnitChange(parts.deps.db, ctx.scope, { id: changeId, change, dueAt });
    await writeOutbox(parts, [{ name: 'units.due', payload: { changeId } }]);
  },
  'anchor.made': async () => {
    await sealJournal(await parts.makeCtx('test'));
    await anchorJournal(await parts.makeCtx('test'));
  },
  'file.scan': async () => {
    const { id, ownerUnitId } = await parts.deps.db.referral.findFirstOrThrow();
    async function* content() {
      yield Buffer.from('%PDF-1.7\nindhold');
    }
    await addAttachment(await ctxOf(parts, `duty-officer-${ownerUnitId}`), { id, name: 'Notat.pdf' }, content());
  },
};

/** The line in the journal that each leaves once; an anchor's is kept elsewhere. */
const LEAVES: Readonly<Record<QueuedName, string | null>> = {
  'mail.send': 'receipt-delivered',
  'mail.undelivered': 'letter-wanted',
  'receipt.told': 'receipt-delivered',
  'notification.opened': 'receipt-delivered',
  'notifier.suspected': 'feedback-taken-back',
  'basis.corrected': 'feedback-not-owed',
  // Nobody took it in its hour: the silence is told before the opening, and the unit gets it with that.
  'clock.due': 'escalated',
  'child.review': 'sibling-linked',
  'units.due': 'unit-changed',
  'anchor.made': null,
  'file.scan': 'file-cleared',
};

test.each(Object.keys(CAUSE) as QueuedName[])('%s run twice acts once', async (name) => {
  await CAUSE[name]();
  const rows = await pending(name);
  expect(rows.length).toBeGreaterThan(0);
  const before = await state();
  for (const row of rows) await run(row);
  const once = await state();
  const mailed = smtp.taken.length;
  expect(once).not.toEqual(before);
  for (const row of rows) await run(row);
  expect(await state()).toEqual(once);
  expect(smtp.taken).toHaveLength(mailed);
});

test.each(Object.keys(CAUSE) as QueuedName[])('%s run by two at once acts once', async (name) => {
  await CAUSE[name]();
  const rows = await pending(name);
  await Promise.allSettled(rows.flatMap((row) => [run(row), run(row)]));
  for (const row of rows) await run(row);
  const ids = smtp.taken.map(({ mail }) => mail.messageId);
  expect(new Set(ids).size).toBe(ids.length);
  const kind = LEAVES[name];
  expect(kind ? await parts.deps.db.caseEvent.findMany({ where: { kind } }) : [...kept]).toHaveLength(1);
});

test('a clock of whatever kind, run twice, acts once', async () => {
  const done = new Set<string>();
  const kinds = new Set<unknown>();
  // Nobody does anything: the duty unit is silent, then the case unit, and the ladder climbs to its last step.
  while (!kinds.has('ladder.3') || !kinds.has('closing')) {
    await moveToNextAlarm();
    await claimDueClocks(await parts.makeCtx('due-clocks'), 500);
    for (const row of (await pending('clock.due')).filter(({ id }) => !done.has(id))) {
      await run(row);
      const once = await state();
      await run(row);
      expect(await state()).toEqual(once);
      done.add(row.id);
      kinds.add((row.payload as { kind: string }).kind);
    }
  }
  expect([...kinds].sort()).toEqual(['acknowledge', 'closing', 'ladder.2', 'ladder.3', 'opening']);
});

test('a payload that is none, and a message of another version, are refused with a code', async () => {
  const job = { id: 'x', attempt: 1 } as const;
  await expect(handle('mail', { ...job, name: 'mail.send', data: { to: 'Planted Name' } })).rejects.toThrow(
    /^INVALID$/,
  );
  await expect(handle('acts', { ...job, name: 'message.new' as QueuedName, data: {} })).rejects.toThrow(/^STALE$/);
});

test('a mail that left is recorded although the first record failed', async () => {
  const [row] = await pending('mail.send');
  if (!row) throw new Error('no mail to send');
  let calls = 0;
  const failing = createHandling(
    outside(),
    async (rule) => {
      calls += 1;
      if (calls === 2) throw new DomainError('STALE');
      return parts.makeCtx(rule);
    },
    silentLogger,
  );
  await failing('mail', { id: row.id, name: 'mail.send', data: row.payload, attempt: 1 });
  const [message] = await parts.deps.db.outboundMessage.findMany({ where: { state: 'sent' } });
  expect(message?.attempts).toBe(1);
  expect(instant(message?.sentAt?.toISOString() ?? '').equals(await clock.now())).toBe(true);
});

test('mails to a busy address wait untouched, and leave after it without another way through the outbox', async () => {
  const { id: referralId } = await parts.deps.db.referral.findFirstOrThrow();
  const createdAt = new Date((await clock.now()).epochMilliseconds);
  const mails = Array.from({ length: 4 }, () => ({ id: newId(instant(createdAt.toISOString())), createdAt }));
  const about = { template: 'addition', language: 'da', referralId, toPersonId: 'duty-officer-dognvagten' };
  await parts.deps.db.outboundMessage.createMany({
    data: mails.map((mail) => ({ ...mail, ...about, state: 'queued', urgent: true })),
  });
  const [reached, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<null>()];
  smtp.behave((moment) => {
    if (moment !== 'receiver') return null;
    reached.resolve();
    return answered.promise;
  });
  const job = (id: string) =>
    handle('mail', { id, name: 'mail.send', data: { outboundMessageId: id }, attempt: 1 } as const);
  const [first, ...others] = mails.map(({ id }) => id);
  const busy = job(first ?? '');
  await reached.promise;
  const before = await parts.deps.db.outbox.count();
  for (const id of others) await job(id);
  const waiting = await parts.deps.db.outboundMessage.findMany({ where: { id: { in: others } } });
  expect(waiting.map(({ state: is, attempts, leasedUntil }) => [is, attempts, leasedUntil])).toEqual(
    others.map(() => ['queued', 0, null]),
  );
  // Whoever waits behind one that is not to be sent any more is called all the same.
  const [moot] = others;
  await parts.deps.db.outboundMessage.update({ where: { id: moot ?? '' }, data: { state: 'dropped', reason: 'moot' } });
  answered.resolve(null);
  await busy;
  const left = mails.filter(({ id }) => id !== moot);
  expect(smtp.taken.map(({ mail }) => mail.messageId)).toEqual(left.map(({ id }) => `<${id}@localhost>`));
  expect(await parts.deps.db.outbox.count()).toBe(before);
});
