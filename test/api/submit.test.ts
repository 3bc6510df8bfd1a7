import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, openApi, type TestApi } from '#test/support/api.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { importPeople } from '#test/support/people.ts';

const NOW = '2026-11-03T10:05:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
const TIMES = 50;

let api: TestApi;
beforeAll(async () => {
  api = await openApi(NOW);
});
afterAll(() => api.world.drop());

const atOnce = (work: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: TIMES }, (_, index) => work(index)));

const counts = async () => ({
  notifications: await api.db.notification.count(),
  referrals: await api.db.referral.count(),
  owners: await api.db.ownership.count(),
  children: await api.db.child.count(),
  clocks: await api.db.deadline.count(),
  receipts: await api.db.receipt.count(),
  mails: await api.db.outboundMessage.count(),
  keys: await api.db.idempotencyKey.count(),
  events: await api.db.caseEvent.count(),
  messages: await api.db.outbox.count(),
  sealed: await api.db.sealedKey.count(),
});
type Counts = Awaited<ReturnType<typeof counts>>;
/** What `work` added to each table. */
const added = async (work: () => Promise<unknown>): Promise<Counts> => {
  const before = await counts();
  await work();
  const after = await counts();
  return Object.fromEntries(Object.entries(after).map(([k, n]) => [k, n - before[k as keyof Counts]])) as Counts;
};
/** A plain notification of one child: receipt, 24 hours, investigation, acknowledgement and the look at closing. */
const ONE = {
  ...{ notifications: 1, referrals: 1, owners: 1, children: 1, clocks: 5, receipts: 1, mails: 2, keys: 1 },
  ...{ events: 4, messages: 3, sealed: 2 },
};

const scaled = (one: Counts, by: number): Counts =>
  Object.fromEntries(Object.entries(one).map(([k, n]) => [k, n * by])) as Counts;
const NONE = scaled(ONE, 0);

test('the same key sent 50 times at once stores one and answers the same 50 times', async () => {
  const form = makeForm();
  const key = randomUUID();
  let answers: Answer[] = [];
  const stored = await added(async () => {
    answers = await atOnce(() => api.as(SENDER).call('notifications.submit', form, { key }));
  });
  expect(stored).toEqual(ONE);
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  expect(answers[0]?.data).toMatchObject({ receivedAt: '2026-11-03T09:05:00.000Z', referrals: [expect.anything()] });
});

test('the same key with another body is refused, and so is the same body under another act', async () => {
  const form = makeForm();
  const key = randomUUID();
  const sender = api.as(SENDER);
  const first = await sender.call('notifications.submit', form, { key });
  const stored = await added(async () => {
    const changed = { ...form, concern: { narrative: 'Noget andet' } };
    for (const [procedure, body] of [
      ['notifications.submit', changed],
      ['notifications.submit', { ...form, language: 'en' }],
      ['drafts.save', { form: {} }],
    ] as const) {
      const answer = await sender.call(procedure, body, { key });
      expect(answer.status).toBe(409);
      expect(answer.problem).toMatchObject({ code: 'DUPLICATE', reason: { da: expect.any(String) } });
    }
    expect((await sender.call('notifications.submit', form, { key })).text).toBe(first.text);
  });
  expect(stored).toEqual(NONE);
});

test('of 50 bodies under one key at once one is stored, and the others are told', async () => {
  const key = randomUUID();
  let answers: Answer[] = [];
  const stored = await added(async () => {
    answers = await atOnce(() => api.as(SENDER).call('notifications.submit', makeForm(), { key }));
  });
  expect(stored).toEqual(ONE);
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  expect(answers.filter((answer) => answer.problem?.code === 'DUPLICATE')).toHaveLength(TIMES - 1);
});

test('a key belongs to its person: another may come upon the same', async () => {
  const key = randomUUID();
  const answers = ['notifier-skole-norrebro', 'institution-leader-skole-norrebro'].map((person) =>
    api.as(person).call('notifications.submit', makeForm(), { key }),
  );
  expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([200, 200]);
});

test('50 notifications about the same new CPR at once: one child, 50 notifications', async () => {
  const cpr = nextCpr();
  const children = [{ name: 'Ny', cpr, address: { postalCode: '2200' } }];
  let answers: Answer[] = [];
  const stored = await added(async () => {
    answers = await atOnce(() => api.as(SENDER).call('notifications.submit', makeForm({ children })));
  });
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  expect(stored).toEqual({ ...scaled(ONE, TIMES), children: 1, sealed: TIMES + 1 });
});

test('of many at once each is stored whole or not at all: new children, known ones, and keys sent before', async () => {
  const known = [{ name: 'Kendt', cpr: nextCpr(), address: { postalCode: '2200' } }];
  const sender = api.as(SENDER);
  const [form, key] = [makeForm(), randomUUID()];
  await sender.call('notifications.submit', form, { key });
  await sender.call('notifications.submit', makeForm({ children: known }));
  let answers: Answer[] = [];
  const stored = await added(async () => {
    answers = await atOnce((index) => {
      if (index % 5 === 0) return sender.call('notifications.submit', form, { key });
      return sender.call('notifications.submit', index % 2 === 0 ? makeForm({ children: known }) : makeForm());
    });
  });
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  expect(stored).toEqual({ ...scaled(ONE, 40), children: 20, sealed: 60 });
});

test('an organisation imported in the middle loses none', async () => {
  let answers: Answer[] = [];
  const stored = await added(async () => {
    const sending = atOnce(() => api.as(SENDER).call('notifications.submit', makeForm()));
    await importPeople(api.world, [], NOW);
    answers = await sending;
  });
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  expect(stored).toEqual(scaled(ONE, TIMES));
});

test('without a key, or with one that is none, nothing is done', async () => {
  const stored = await added(async () => {
    for (const key of [undefined, '', 'short', 'with spaces in it', 'æøåæøåæøå', 'x'.repeat(201), '"; drop table']) {
      const response = await api.as(SENDER).send('/trpc/notifications.submit', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { 'idempotency-key': encode(key) }),
        },
        body: JSON.stringify(makeForm()),
      });
      const { error } = (await response.json()) as { error: { data: Answer['problem'] } };
      expect(response.status, key).toBe(400);
      expect(error.data, key).toMatchObject({
        code: 'INVALID',
        reason: { da: expect.stringContaining('Idempotency-Key'), en: expect.stringContaining('Idempotency-Key') },
      });
    }
  });
  expect(stored).toEqual(NONE);
});

/** Headers hold bytes: what is not Latin-1 goes as its UTF-8 bytes. */
const encode = (text: string): string => Buffer.from(text).toString('latin1');
