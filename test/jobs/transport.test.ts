import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { createMailer, type Letter, type Mailer, senderAt } from '#jobs/mail/transport.ts';
import { type Mood, startSmtp, type TestSmtp } from '#test/support/smtp.ts';

const letter: Letter = {
  messageId: '<0199c2d3-0000-7000-8000-000000000001@bindeled.test>',
  to: 'planted.receiver@school.test',
  subject: 'Kvittering: æøå',
  text: 'Blåbærgrød\n',
  html: '<p>Blåbærgrød</p>',
  language: 'da',
  at: instant('2026-11-02T08:15:00Z'),
};

let smtp: TestSmtp;
let mailer: Mailer;

beforeEach(async () => {
  smtp = await startSmtp();
  mailer = createMailer(smtp.url, 'no-reply@bindeled.test');
});
afterEach(async () => {
  mailer.close();
  await smtp.stop();
});

test('a mail arrives whole, under its own Message-ID and date, marked as written by a machine', async () => {
  expect(await mailer.send(letter)).toEqual({ state: 'sent', answer: '250' });
  const [{ to, mail } = { to: [], mail: undefined }] = smtp.taken;
  expect(to).toEqual([letter.to]);
  expect(mail).toMatchObject({ messageId: letter.messageId, subject: letter.subject, text: letter.text });
  expect(mail?.html).toContain('Blåbærgrød');
  expect(mail?.date?.toISOString()).toBe('2026-11-02T08:15:00.000Z');
  expect(mail?.from?.value).toEqual([{ address: 'no-reply@bindeled.test', name: 'Bindeled' }]);
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.headers.get('content-language')).toBe('da');
});

test('many mails share a few connections', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, n) => mailer.send({ ...letter, messageId: `<${n}@bindeled.test>` })),
  );
  expect(outcomes.every(({ state }) => state === 'sent')).toBe(true);
  expect(new Set(smtp.taken.map(({ mail }) => mail.messageId)).size).toBe(60);
  expect(smtp.connections()).toBeLessThanOrEqual(5);
});

const at =
  (when: string, reply: ReturnType<Mood>): Mood =>
  (moment) =>
    moment === when ? reply : null;

describe('what a server answers', () => {
  test.each([
    ['this receiver does not exist', at('receiver', 550), { state: 'dropped', answer: '550' }],
    ['this mail is refused', at('data', 554), { state: 'dropped', answer: '554' }],
    ['grey-listed', at('receiver', 451), { state: 'failed', answer: '451' }],
    ['full for now', at('data', 452), { state: 'failed', answer: '452' }],
    ['our sender is refused: our setting, not this mail', at('sender', 553), { state: 'failed', answer: '553' }],
    ['nobody is served', at('connect', 554), { state: 'failed', answer: '554' }],
    ['it hangs up', at('receiver', 'hang up'), { state: 'failed', answer: 'network' }],
  ] as const)('%s', async (_, mood, outcome) => {
    smtp.behave(mood);
    expect(await mailer.send(letter)).toEqual(outcome);
    expect(smtp.taken).toHaveLength(0);
    smtp.behave(() => null);
    expect(await mailer.send(letter)).toEqual({ state: 'sent', answer: '250' });
  });

  test('a wrong password holds mail up and does not drop it', async () => {
    const url = new URL(smtp.url);
    [url.username, url.password] = ['mailer', 'wrong'];
    const withLogin = createMailer(url.href, 'no-reply@bindeled.test');
    smtp.behave(at('login', 535));
    expect(await withLogin.send(letter)).toEqual({ state: 'failed', answer: '535' });
    withLogin.close();
  });
});

test('a server that is away fails; an address that is none drops', async () => {
  const gone = await startSmtp();
  await gone.stop();
  const away = createMailer(gone.url, 'no-reply@bindeled.test');
  expect(await away.send(letter)).toEqual({ state: 'failed', answer: 'network' });
  away.close();
  for (const to of ['', 'nobody', 'two words']) {
    expect(await mailer.send({ ...letter, to })).toMatchObject({ state: 'dropped' });
  }
});

test('nobody is added by an address with a line break in it', async () => {
  const outcome = await mailer.send({ ...letter, to: 'a@school.test>\r\nRCPT TO:<b@school.test' });
  expect(outcome.state === 'dropped' || smtp.taken.every(({ to }) => to.length === 1)).toBe(true);
  expect(smtp.taken.flatMap(({ to }) => to)).not.toContain('b@school.test');
});

test('the sender is nobody at the host of the product', () => {
  expect(senderAt('https://bindeled.kk.test/x')).toBe('no-reply@bindeled.kk.test');
  expect(senderAt('http://localhost:4000')).toBe('no-reply@localhost');
});
