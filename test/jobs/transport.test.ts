import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reasonOf } from '#domain/delivery.ts';
import { instant } from '#domain/time.ts';
import { createMailer, type Letter, MAIL_CONNECTIONS, type Mailer, senderAt } from '#jobs/mail/transport.ts';
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

const TAKEN = { taken: true, code: 250, enhanced: null, at: 'receiver', whole: true };

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
  expect(await mailer.send(letter)).toEqual(TAKEN);
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
  expect(outcomes.every(({ taken }) => taken)).toBe(true);
  expect(new Set(smtp.taken.map(({ mail }) => mail.messageId)).size).toBe(60);
  expect(smtp.connections()).toBeLessThanOrEqual(MAIL_CONNECTIONS);
});

const at =
  (when: string, reply: ReturnType<Mood>): Mood =>
  (moment) =>
    moment === when ? reply : null;

describe('what a server answers', () => {
  test.each([
    ['this receiver does not exist', at('receiver', 550), { code: 550, at: 'receiver', whole: false }],
    ['and says so twice', at('receiver', '550 5.1.1'), { code: 550, enhanced: '5.1.1', at: 'receiver' }],
    ['this mail is refused', at('data', 554), { code: 554, at: 'receiver', whole: true }],
    ['grey-listed', at('receiver', '451 4.7.1'), { code: 451, enhanced: '4.7.1', at: 'receiver', whole: false }],
    ['full for now', at('data', '452 4.2.2'), { code: 452, enhanced: '4.2.2', at: 'receiver' }],
    ['our sender is refused: our setting, not this mail', at('sender', 553), { code: 553, at: 'server' }],
    ['nobody is served', at('connect', 554), { code: 554, at: 'server' }],
    ['it hangs up', at('receiver', 'hang up'), { code: null, at: 'server', whole: false }],
    ['it hangs up when the mail has left', at('data', 'hang up'), { code: null, at: 'server', whole: true }],
  ] as const)('%s', async (_, mood, answer) => {
    smtp.behave(mood);
    expect(await mailer.send(letter)).toMatchObject({ taken: false, ...answer });
    expect(smtp.taken).toHaveLength(0);
    smtp.behave(() => null);
    expect(await mailer.send(letter)).toEqual(TAKEN);
  });

  test('a wrong password speaks of our settings', async () => {
    const url = new URL(smtp.url);
    [url.username, url.password] = ['mailer', 'wrong'];
    const withLogin = createMailer(url.href, 'no-reply@bindeled.test');
    smtp.behave(at('login', 535));
    expect(await withLogin.send(letter)).toMatchObject({ taken: false, code: 535, at: 'server' });
    withLogin.close();
  });

  test.each(['connect', 'receiver', 'data'] as const)('silence at %s ends by itself', async (moment) => {
    const limits = { connection: 500, greeting: 300, silence: 300, attempt: 2_000 };
    const hurried = createMailer(smtp.url, 'no-reply@bindeled.test', limits);
    smtp.behave(at(moment, 'silence'));
    const answer = await hurried.send(letter);
    expect(answer).toMatchObject({ taken: false, code: null, whole: moment === 'data' });
    hurried.close();
  });

  test('every connection hangs: who waits for one is answered all the same, and in time', async () => {
    const limits = { connection: 500, greeting: 60_000, silence: 60_000, attempt: 700 };
    const hurried = createMailer(smtp.url, 'no-reply@bindeled.test', limits);
    smtp.behave(at('receiver', 'silence'));
    const many = Array.from({ length: MAIL_CONNECTIONS + 4 }, (_, n) => ({ ...letter, messageId: `<${n}@x.test>` }));
    const answers = await Promise.all(many.map((one) => hurried.send(one)));
    expect(answers.every(({ taken, code }) => !taken && code === null)).toBe(true);
    smtp.behave(() => null);
    expect(await hurried.send(letter)).toEqual(TAKEN);
    hurried.close();
  });
});

test('a server that is away says nothing; an address that is none is at fault itself', async () => {
  const gone = await startSmtp();
  await gone.stop();
  const away = createMailer(gone.url, 'no-reply@bindeled.test');
  expect(await away.send(letter)).toMatchObject({ taken: false, code: null, at: 'server' });
  away.close();
  for (const to of ['', 'nobody', 'two words']) {
    expect(reasonOf(await mailer.send({ ...letter, to }))).toBe('unknown-address');
  }
});

test('nobody is added by an address with a line break in it', async () => {
  const answer = await mailer.send({ ...letter, to: 'a@school.test>\r\nRCPT TO:<b@school.test' });
  expect(answer.at === 'address' || smtp.taken.every(({ to }) => to.length === 1)).toBe(true);
  expect(smtp.taken.flatMap(({ to }) => to)).not.toContain('b@school.test');
});

test('the sender is nobody at the host of the product', () => {
  expect(senderAt('https://bindeled.kk.test/x')).toBe('no-reply@bindeled.kk.test');
  expect(senderAt('http://localhost:4000')).toBe('no-reply@localhost');
});
