import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_BYTES } from '#domain/attachments.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { createVault, localKeys } from '#platform/vault.ts';
import { contextsOf, makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import type { Ctx } from '#usecases/context.ts';
import { openAttachment } from '#usecases/open-attachment.ts';
import { readCase } from '#usecases/read-case.ts';
import { rewrapKeys } from '#usecases/rewrap-keys.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const HANDLER = 'intake-bbu-norrebro';
const AT = '2026-11-03T13:00:00+01:00';
const PART = 256 * 1024;

let world: TestWorld;
let id: string;
beforeAll(async () => {
  world = await makeWorld({ connections: 8 });
  const { sender, at, notification } = trainingNotification('01-plain');
  const { referrals } = await submitNotification(world.ctxFor(sender, at), notification);
  id = referrals[0]?.id ?? '';
});
afterAll(() => world.drop());

const by = (request?: { intent?: string; body?: string }): Ctx => world.ctxFor(HANDLER, AT, request);
const pdf = (bytes: number): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]).subarray(0, bytes);

async function* inPieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
const add = (content: Uint8Array, { ctx = by(), name = 'Notat.pdf', size = 65_536 } = {}) =>
  addAttachment(ctx, { id, name }, inPieces(content, size));
const fetched = async (attachmentId: string, ctx = by()): Promise<Buffer> => {
  const { content } = await openAttachment(ctx, attachmentId);
  return Buffer.concat(await Array.fromAsync(content));
};
const left = async () => {
  const { db } = world.deps;
  const keys = await db.sealedKey.count({ where: { recordKind: 'attachment' } });
  return { files: await db.attachment.count(), parts: await db.attachmentPart.count(), keys };
};

test.each([9, 10, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 17])(
  '%i bytes come back as they were, in whatever pieces they came',
  async (bytes) => {
    const content = pdf(bytes);
    for (const size of [bytes, 7_919]) {
      const { attachmentId } = await add(content, { size });
      expect((await fetched(attachmentId)).equals(content)).toBe(true);
    }
  },
);

test('on the page with its name, in the journal with its digest, in the log of reads with its purpose', async () => {
  const content = pdf(1_000);
  const { attachmentId, seq } = await add(content, { name: 'Åses lægeerklæring.exe' });
  const { files, timeline } = await readCase(by(), id);
  expect(files.at(-1)).toMatchObject({ id: attachmentId, name: 'Åses lægeerklæring.pdf', type: 'pdf', bytes: 1_000 });
  expect(timeline[0]).toMatchObject({ seq, kind: 'file-added', text: 'Åses lægeerklæring.pdf' });
  const event = await world.deps.db.caseEvent.findFirstOrThrow({ where: { referralId: id, seq } });
  expect(event.data).toEqual({ attachment: attachmentId, type: 'pdf', bytes: 1_000 });
  expect(await verifyJournal(world.systemCtx(AT))).toMatchObject({ intact: true });
  await fetched(attachmentId);
  expect(await world.deps.db.readLog.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
    personId: HANDLER,
    purpose: 'file',
    referralIds: [id],
  });
});

test('a part that is altered, moved, missing or cut off is not given out', async () => {
  const { db } = world.deps;
  const content = pdf(3 * PART);
  const spoiled = async (spoil: (attachmentId: string) => Promise<unknown>): Promise<void> => {
    const { attachmentId } = await add(content);
    await spoil(attachmentId);
    await expect(fetched(attachmentId)).rejects.toThrow();
  };
  await spoiled(
    (a) => db.$executeRaw`update attachment_part set sealed = set_byte(sealed, 99, 255 - get_byte(sealed, 99))
    where attachment_id = ${a}::uuid and seq = 1`,
  );
  await spoiled(
    (a) => db.$executeRaw`update attachment_part p set sealed = o.sealed from attachment_part o
    where p.attachment_id = ${a}::uuid and o.attachment_id = p.attachment_id and p.seq + o.seq = 1`,
  );
  for (const gone of [0, 1, 2]) {
    await spoiled(
      (a) => db.$executeRaw`delete from attachment_part where attachment_id = ${a}::uuid and seq = ${gone}`,
    );
  }
  // A part of another file, at the same place.
  const { attachmentId: other } = await add(content);
  await spoiled(
    (a) => db.$executeRaw`update attachment_part p set sealed = o.sealed from attachment_part o
    where p.attachment_id = ${a}::uuid and o.attachment_id = ${other}::uuid and p.seq = o.seq and p.seq = 1`,
  );
  expect((await fetched(other)).equals(content)).toBe(true);
});

test('what is refused or broken off leaves nothing', async () => {
  const before = await left();
  const refused = (path: string, code: string) => ({ fields: [{ path, code }] });
  await expect(add(new Uint8Array(0))).rejects.toMatchObject(refused('file', 'file-empty'));
  await expect(add(Buffer.from('<svg/>'))).rejects.toMatchObject(refused('file', 'file-type'));
  await expect(add(Buffer.concat([Buffer.from('PK'), pdf(PART * 2)]))).rejects.toMatchObject(
    refused('file', 'file-type'),
  );
  await expect(add(pdf(MOST_BYTES + 1))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield pdf(PART + 1);
    throw new Error('hung up');
  }
  await expect(addAttachment(by(), { id, name: 'a.pdf' }, broken())).rejects.toThrow('hung up');
  expect(await left()).toEqual(before);
  const events = await world.deps.db.caseEvent.count({ where: { referralId: id, kind: 'file-added' } });
  expect(events).toBe(before.files);
});

test('exactly as large as it may be is taken', { timeout: 20_000 }, async () => {
  const content = pdf(MOST_BYTES);
  const { attachmentId } = await add(content);
  expect((await fetched(attachmentId)).equals(content)).toBe(true);
});

test('sent again with the same key it is kept once; another content under that key is refused', async () => {
  const content = pdf(PART + 5);
  const intent = crypto.randomUUID();
  const [first, second] = await Promise.all([
    add(content, { ctx: by({ intent }) }),
    add(content, { ctx: by({ intent }) }),
  ]);
  expect(second).toEqual(first);
  const before = await left();
  expect(await add(content, { ctx: by({ intent }) })).toEqual(first);
  await expect(add(pdf(PART + 5), { ctx: by({ intent }) })).rejects.toMatchObject({ code: 'DUPLICATE' });
  await expect(add(content, { ctx: by({ intent, body: 'another name' }) })).rejects.toMatchObject({
    code: 'DUPLICATE',
  });
  expect(await left()).toEqual(before);
});

test('its key rotates with the others, while it is being fetched', async () => {
  const content = pdf(2 * PART);
  const { attachmentId } = await add(content);
  const { index, keys, current } = parseEncryptionKeys(
    `${world.encryptionKeys},2:${randomBytes(32).toString('base64')}`,
  );
  const newer = { ...world.deps, vault: createVault(index, localKeys(keys, current)) };
  const opened = await openAttachment(by(), attachmentId);
  const begun = await opened.content.next();
  while ((await rewrapKeys(contextsOf(newer).systemCtx(AT), 100)) > 0);
  const rest = await Array.fromAsync(opened.content);
  expect(Buffer.concat([begun.value ?? Buffer.of(), ...rest]).equals(content)).toBe(true);
  const onlyNew = { ...newer, vault: createVault(index, localKeys(new Map([...keys].filter(([v]) => v === 2)), 2)) };
  expect((await fetched(attachmentId, contextsOf(onlyNew).ctxFor(HANDLER, AT))).equals(content)).toBe(true);
  // Without its key it is as if it had never been.
  await world.deps.db.sealedKey.delete({ where: { recordId: attachmentId } });
  await expect(fetched(attachmentId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await readCase(contextsOf(newer).ctxFor(HANDLER, AT), id)).files.map((one) => one.id)).not.toContain(
    attachmentId,
  );
});
