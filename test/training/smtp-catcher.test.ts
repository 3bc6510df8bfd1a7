import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stopwatch } from '#platform/clock.ts';
import { type SmtpCatcher, startSmtpCatcher } from '#training/smtp-catcher.ts';

let dir: string;
let catcher: SmtpCatcher;

const send = async (to: string, text = 'Hej.'): Promise<void> => {
  const transport = createTransport({ url: catcher.url, ignoreTLS: true });
  try {
    await transport.sendMail({
      from: 'bindeled@example.org',
      to,
      subject: 'Kvittering på modtagelse',
      text,
      messageId: '<1@example.org>',
      date: '2026-11-02T08:15:00Z',
    });
  } finally {
    transport.close();
  }
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bindeled-mailbox-'));
  catcher = await startSmtpCatcher({ dir });
});

afterEach(async () => {
  await catcher.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('the mail catcher', () => {
  test('keeps what was sent, parsed and byte by byte, over a restart', async () => {
    const heard: string[] = [];
    catcher.onMail((mail) => heard.push(mail.id));
    await send('skole@example.org', 'Æblegrød');
    await send('anden@example.org');
    await catcher.stop();
    catcher = await startSmtpCatcher({ dir });
    expect(heard).toEqual(['000001', '000002']);
    expect(catcher.list()).toMatchObject([
      {
        id: '000001',
        from: 'bindeled@example.org',
        to: ['skole@example.org'],
        subject: 'Kvittering på modtagelse',
        text: expect.stringContaining('Æblegrød'),
        messageId: '<1@example.org>',
        sentAt: '2026-11-02T08:15:00.000Z',
      },
      { id: '000002', to: ['anden@example.org'] },
    ]);
    expect(Buffer.from(catcher.raw('000001') ?? []).toString('latin1')).toMatch(/^Message-ID: <1@example.org>\r$/m);
    await send('skole@example.org');
    expect(catcher.list().map(({ id }) => id)).toEqual(['000001', '000002', '000003']);
    await catcher.empty();
    expect(catcher.list()).toEqual([]);
  });

  test('takes many at once, each once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, at) => send(`n${at}@example.org`)));
    expect(new Set(catcher.list().flatMap(({ to }) => to)).size).toBe(30);
    expect(catcher.list().map(({ id }) => Number(id))).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  });

  test('refuses an address, and no other', async () => {
    catcher.misbehave('Nej@example.org', { kind: 'refuse' });
    await expect(send('nej@example.org')).rejects.toMatchObject({ responseCode: 550 });
    await send('ja@example.org');
    catcher.misbehave('nej@example.org', null);
    await send('nej@example.org');
    expect(catcher.list().map(({ to }) => to[0])).toEqual(['ja@example.org', 'nej@example.org']);
  });

  test('greylists as often as told', async () => {
    catcher.misbehave('senere@example.org', { kind: 'greylist', times: 2 });
    await expect(send('senere@example.org')).rejects.toMatchObject({ responseCode: 451 });
    await expect(send('senere@example.org')).rejects.toMatchObject({ responseCode: 451 });
    await send('senere@example.org');
    expect(catcher.list()).toHaveLength(1);
  });

  test('is slow', async () => {
    catcher.misbehave('langsom@example.org', { kind: 'slow', ms: 150 });
    const waited = stopwatch();
    await send('langsom@example.org');
    expect(waited()).toBeGreaterThanOrEqual(149);
  });

  test.each([
    { kept: true, mails: 2 },
    { kept: false, mails: 1 },
  ])('hangs up after the mail, kept: $kept', async ({ kept, mails }) => {
    catcher.misbehave('vaek@example.org', { kind: 'drop', times: 1, kept });
    await expect(send('vaek@example.org')).rejects.toThrow();
    await send('vaek@example.org');
    expect(catcher.list()).toHaveLength(mails);
  });

  test('says in one sentence that its port is taken or its folder of no use', async () => {
    await expect(startSmtpCatcher({ dir: join(dir, 'b'), port: catcher.port })).rejects.toThrow(
      `Port ${catcher.port}, which the mail catcher needs, is already in use; stop what uses it or choose another.`,
    );
    writeFileSync(join(dir, 'file'), '');
    await expect(startSmtpCatcher({ dir: join(dir, 'file', 'box') })).rejects.toThrow(
      /^The mailbox folder .* cannot be used/,
    );
  });
});
