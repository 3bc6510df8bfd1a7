import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Instant, instant } from '#domain/time.ts';
import { fileScan } from '#jobs/handlers/file-scan.ts';
import type { Deps } from '#platform/deps.ts';
import { HARMFUL_PDF, startClamd, type TestClamd } from '#test/support/clamd.ts';
import { contextsOf, makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import { finishTask } from '#usecases/finish-task.ts';
import { listTasks } from '#usecases/list-tasks.ts';
import { openAttachment } from '#usecases/open-attachment.ts';
import { readCase } from '#usecases/read-case.ts';
import { readHealth } from '#usecases/read-health.ts';
import { recordScan } from '#usecases/record-scan.ts';
import { scanAttachment } from '#usecases/scan-attachment.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { watchHeldFiles } from '#usecases/watch-held-files.ts';

const HANDLER = 'intake-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const AT = '2026-11-03T13:00:00+01:00';
const CLEAN = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(600_000, 'indhold ')]);

let clamd: TestClamd;
let world: TestWorld;
let id: string;
beforeAll(async () => {
  clamd = await startClamd();
  world = await makeWorld({ connections: 8, scannerUrl: clamd.url });
  const { sender, at, notification } = trainingNotification('01-plain');
  const { referrals } = await submitNotification(world.ctxFor(sender, at), notification);
  id = referrals[0]?.id ?? '';
});
beforeEach(async () => {
  clamd.behave('well');
  // What was asked before counts no more.
  await world.deps.db.$executeRaw`update task set subject = id::text`;
  await world.deps.db.attachment.deleteMany({ where: { state: 'held' } });
});
afterAll(async () => {
  await world.drop();
  await clamd.stop();
});

const by = (person = HANDLER, at: string | Instant = AT) => world.ctxFor(person, at);
const add = async (content: Uint8Array, name = 'Notat.pdf'): Promise<string> => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield content;
  }
  return (await addAttachment(by(), { id, name }, pieces())).attachmentId;
};
const scan = (attachmentId: string, at: string | Instant = AT, { systemCtx } = contextsOf(world.deps)) =>
  fileScan(async (rule) => systemCtx(at, rule), { attachmentId });
const stateOf = async (attachmentId: string) => {
  const { db } = world.deps;
  const { state, scanSaid, scanAttempts, scanAgainAt } = await db.attachment.findUniqueOrThrow({
    where: { id: attachmentId },
  });
  const parts = await db.attachmentPart.count({ where: { attachmentId } });
  return { state, scanSaid, scanAttempts, parts, again: scanAgainAt?.toISOString().slice(11, 16) ?? null };
};
const fetched = async (attachmentId: string): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync((await openAttachment(by(), attachmentId)).content));
const lines = async (attachmentId: string) => {
  const events = await world.deps.db.caseEvent.findMany({ where: { referralId: id }, orderBy: { seq: 'asc' } });
  return events.filter(({ data }) => JSON.stringify(data).includes(attachmentId)).map(({ kind }) => kind);
};
const shown = async (attachmentId: string) => (await readCase(by(), id)).files.find((file) => file.id === attachmentId);
const illegal = { code: 'ILLEGAL_TRANSITION' };

test('a file is shown and opened by nobody until it is cleared, and then by whoever may', async () => {
  const attachmentId = await add(CLEAN);
  expect(await shown(attachmentId)).toMatchObject({ name: 'Notat.pdf', state: 'held', bytes: CLEAN.length });
  for (const person of [HANDLER, LEADER, 'caseworker-bbu-norrebro']) {
    await expect(openAttachment(by(person), attachmentId)).rejects.toMatchObject(illegal);
  }
  // To those who may not read the case it is still not there.
  for (const person of ['caseworker-bbu-bispebjerg', 'notifier-skole-valby']) {
    await expect(openAttachment(by(person), attachmentId)).rejects.not.toMatchObject(illegal);
  }
  expect(await readHealth(world.deps, world.systemCtx(AT).scope)).toMatchObject({
    files: { scanner: true, held: 1, oldestAt: instant(AT).toString().replace('Z', '.000Z') },
  });
  await scan(attachmentId);
  expect(await shown(attachmentId)).toMatchObject({ state: 'cleared' });
  expect((await fetched(attachmentId)).equals(CLEAN)).toBe(true);
  expect(await lines(attachmentId)).toEqual(['file-added', 'file-cleared']);
  const looked = clamd.looked();
  await scan(attachmentId);
  expect(clamd.looked()).toBe(looked);
  expect(await lines(attachmentId)).toEqual(['file-added', 'file-cleared']);
});

test('what does harm is destroyed and never opened; its case says so, and whoever has it is asked once', async () => {
  const { db } = world.deps;
  const attachmentId = await add(HARMFUL_PDF, 'Åses lægeerklæring.pdf');
  const before = await db.sealedKey.findUniqueOrThrow({ where: { recordId: attachmentId } });
  await Promise.all([scan(attachmentId), scan(attachmentId), scan(attachmentId)]);
  await scan(attachmentId);
  expect(await stateOf(attachmentId)).toMatchObject({ state: 'refused', parts: 0 });
  const after = await db.sealedKey.findUniqueOrThrow({ where: { recordId: attachmentId } });
  expect(Buffer.from(after.wrapped).equals(before.wrapped)).toBe(false);
  await expect(fetched(attachmentId)).rejects.toMatchObject(illegal);
  expect(await shown(attachmentId)).toMatchObject({ state: 'refused', name: 'Åses lægeerklæring.pdf' });
  expect(await lines(attachmentId)).toEqual(['file-added', 'file-refused']);
  const { timeline } = await readCase(by(), id);
  const line = timeline.find(({ kind }) => kind === 'file-refused');
  expect(line?.detail).toEqual({ da: 'Eicar-Test-Signature', en: 'Eicar-Test-Signature' });
  expect(await verifyJournal(world.systemCtx(AT))).toMatchObject({ intact: true });
  const tasks = await db.task.findMany({ where: { subject: `${attachmentId} ${id}` } });
  expect(tasks).toMatchObject([{ kind: 'refused-file', reason: 'harmful', referralId: id, unitId: 'bbu-norrebro' }]);
  const [task] = tasks;
  const listed = (await listTasks(by(task?.personId), undefined)).items.find((one) => one.id === task?.id);
  expect(listed?.choices.map(({ code }) => code)).toEqual(['asked-again', 'not-needed']);
  await finishTask(by(task?.personId), { id: task?.id ?? '', outcome: 'asked-again' });
});

test('a content that was destroyed stays destroyed for whoever has the key of before', async () => {
  const { db, vault } = world.deps;
  const attachmentId = await add(HARMFUL_PDF);
  const row = await db.sealedKey.findUniqueOrThrow({ where: { recordId: attachmentId } });
  await scan(attachmentId);
  const { sealed } = await db.attachment.findUniqueOrThrow({ where: { id: attachmentId } });
  const old = vault.unwrap({ ...row, recordKind: 'attachment' });
  expect(() => vault.open(old, 'said', sealed ?? new Uint8Array())).toThrow();
});

describe('where the scanner says nothing of a file, it is held on', () => {
  test('away: given to it again after growing pauses; back again: cleared', async () => {
    const attachmentId = await add(CLEAN);
    clamd.behave('hangs up');
    const again: (string | null)[] = [];
    for (let n = 0; n < 6; n += 1) {
      await scan(attachmentId);
      again.push((await stateOf(attachmentId)).again);
    }
    expect(again).toEqual(['12:01', '12:02', '12:05', '12:10', '12:15', '12:15']);
    expect(await stateOf(attachmentId)).toMatchObject({ state: 'held', scanSaid: 'away', scanAttempts: 6 });
    for (const says of ['stream: Can’t open file ERROR', 'x'.repeat(9_000), '']) {
      clamd.behave({ says });
      await scan(attachmentId);
      expect(await stateOf(attachmentId)).toMatchObject({ state: 'held', scanSaid: 'away' });
    }
    expect(await lines(attachmentId)).toEqual(['file-added']);
    clamd.behave('well');
    await scan(attachmentId);
    expect((await fetched(attachmentId)).equals(CLEAN)).toBe(true);
  });

  test('larger than it takes: held, asked about at once, and cleared when it takes more', async () => {
    const attachmentId = await add(CLEAN);
    clamd.behave({ limit: 300_000 });
    await scan(attachmentId);
    expect(await stateOf(attachmentId)).toMatchObject({ state: 'held', scanSaid: 'too-large', again: '13:00' });
    expect(await watchHeldFiles(world.systemCtx(AT), 100)).toBe(1);
    const [task] = await world.deps.db.task.findMany({ where: { kind: 'held-file', reason: 'scanner-limit' } });
    expect(task).toMatchObject({ referralId: null, subject: 'scanner-limit 2026-11-03' });
    clamd.behave('well');
    await scan(attachmentId);
    expect(await stateOf(attachmentId)).toMatchObject({ state: 'cleared' });
  });

  test('a process without the setting clears nothing that another held', async () => {
    const attachmentId = await add(CLEAN);
    const without: Deps = { ...world.deps, scan: null };
    await scan(attachmentId, AT, contextsOf(without));
    expect(await stateOf(attachmentId)).toMatchObject({ state: 'held', scanSaid: 'away' });
  });

  test('for more than an hour: whoever sees to it is asked, once on each local day', async () => {
    await add(CLEAN);
    await add(CLEAN);
    clamd.behave('hangs up');
    const asked = () => world.deps.db.task.count({ where: { kind: 'held-file', reason: 'scanner-away' } });
    const watch = (at: string) => {
      const ctx = world.systemCtx(at);
      return Promise.all([watchHeldFiles(ctx, 100), watchHeldFiles(ctx, 100)]);
    };
    const before = await asked();
    await watch('2026-11-03T13:59:59+01:00');
    expect(await asked()).toBe(before);
    await watch('2026-11-03T14:00:00+01:00');
    await watch('2026-11-03T23:59:00+01:00');
    expect(await asked()).toBe(before + 1);
    await watch('2026-11-04T00:01:00+01:00');
    expect(await asked()).toBe(before + 2);
  });
});

test('what was said too late, or of a file that is gone, changes nothing', async () => {
  const attachmentId = await add(CLEAN);
  const verdict = await scanAttachment(world.systemCtx(AT), attachmentId);
  expect(verdict).toEqual({ said: 'clean' });
  await recordScan(world.systemCtx(AT), { id: attachmentId, verdict: { said: 'clean' } });
  await recordScan(world.systemCtx(AT), { id: attachmentId, verdict: { said: 'harmful', found: 'X' } });
  await recordScan(world.systemCtx(AT), { id: attachmentId, verdict: { said: 'away' } });
  expect(await stateOf(attachmentId)).toMatchObject({ state: 'cleared' });
  expect(await scanAttachment(world.systemCtx(AT), crypto.randomUUID())).toBeNull();
  await expect(recordScan(by(), { id: attachmentId, verdict: { said: 'clean' } })).rejects.toMatchObject({
    code: 'OUT_OF_SCOPE',
  });
});
