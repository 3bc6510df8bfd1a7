import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { mintScope } from '#domain/scope.ts';
import { systemClock } from '#platform/clock.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { silentLogger } from '#platform/logger.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { advanceOver, callOver, logInOver, Refused, realTime } from '#test/support/browser-calls.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { times } from '#test/support/size.ts';
import { trainingProcess } from '#test/support/training-process.ts';
import { openMailbox } from '#training/mailbox.ts';
import type { Submitted } from '#usecases/store-submission.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const KILLS = times(5, 50);
/** The longest that a process lives from its first submission on. Real milliseconds. */
const LONGEST_LIFE_MS = 900;
const SCHOOLS = ['norrebro', 'bispebjerg', 'islands-brygge', 'amagerbro', 'valby'];
const PEOPLE = SCHOOLS.flatMap((school) => [`notifier-skole-${school}`, `institution-leader-skole-${school}`]);

const municipality = trainingProcess();
afterAll(() => municipality.remove());

type Sent = { readonly key: string; readonly children: number; readonly answer: Submitted };

const family = (children: number) =>
  makeForm({
    children: Array.from({ length: children }, () => ({
      name: 'Barn',
      cpr: nextCpr(),
      address: { postalCode: '2200' },
    })),
  });

/** Like somebody at a page: what was not answered is sent again under the same key, until it is. */
const sendUntilAnswered = async (cookie: string, form: unknown, key: string): Promise<Submitted> => {
  for (;;) {
    const url = await municipality.url();
    try {
      return (await callOver(url, cookie, 'notifications.submit', form, key)) as Submitted;
    } catch (error) {
      if (error instanceof Refused) throw error;
      await realTime(5);
    }
  }
};

const openDatabase = () => {
  const { databaseUrl, encryptionKeys } = municipality.settings();
  return nodeDeps({
    databaseUrl,
    keys: parseEncryptionKeys(encryptionKeys),
    training: true,
    publicUrl: 'http://localhost',
    clock: systemClock,
    log: silentLogger,
  });
};

test('killed at random instants while ten people submit: nothing that was answered is lost, or there twice', {
  timeout: times(180_000, 1_800_000),
}, async () => {
  const url = await municipality.start();
  const cookies = await Promise.all(PEOPLE.map((person) => logInOver(url, person)));
  const sent: Sent[] = [];
  let over = false;
  const writers = cookies.map(async (cookie) => {
    while (!over) {
      const key = randomUUID();
      const children = randomInt(1, 4);
      sent.push({ key, children, answer: await sendUntilAnswered(cookie, family(children), key) });
    }
  });
  for (let kill = 1; kill <= KILLS; kill++) {
    // However slow the machine is, each life has answered some before its random end.
    const before = sent.length;
    while (sent.length < before + 3) await Promise.race([realTime(5), Promise.all(writers)]);
    await Promise.race([realTime(randomInt(20, LONGEST_LIFE_MS)), Promise.all(writers)]);
    await municipality.kill();
    if (kill === KILLS) over = true;
    await municipality.start();
  }
  await Promise.all(writers);
  // Longer than a message may lie before it counts as stuck.
  await advanceOver(await municipality.url(), 'PT11M');

  const deps = openDatabase();
  try {
    const stored = await deps.db.notification.findMany({
      include: {
        receipt: true,
        referrals: { include: { ownerships: true, deadlines: true, events: true } },
      },
    });
    const byId = new Map(stored.map((one) => [one.id, one]));
    expect(sent.length).toBeGreaterThan(KILLS * 2);
    // One for each key, answered first or only the second time.
    expect(stored).toHaveLength(sent.length);
    for (const { answer, children } of sent) {
      const one = byId.get(answer.notificationId);
      expect(one?.referrals.map(({ id }) => id).sort()).toEqual(answer.referrals.map(({ id }) => id).sort());
      expect(one?.referrals).toHaveLength(children);
      expect(one?.receipt).toMatchObject({ state: 'delivered', evidence: '250' });
      for (const referral of one?.referrals ?? []) {
        expect(referral.ownerships.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
        const kinds = referral.deadlines.map(({ kind }) => kind);
        for (const kind of ['assess-24h', 'receipt', 'investigation', 'acknowledge']) {
          expect(kinds.filter((other) => other === kind)).toHaveLength(1);
        }
        const events = referral.events.map(({ kind }) => kind);
        for (const kind of ['notification-received', 'routed', 'owned', 'clocks-started', 'receipt-delivered']) {
          expect(events.filter((other) => other === kind)).toHaveLength(1);
        }
      }
    }
    const scope = mintScope({ personId: null, unitIds: 'all' });
    const actor = { kind: 'system', rule: 'test' } as const;
    const ctx = { deps, scope, actor, now: await deps.clock.now(), key: null };
    expect(await verifyJournal(ctx)).toMatchObject({ intact: true });

    const receipts = await deps.db.outboundMessage.findMany({ where: { template: 'receipt' } });
    expect(receipts).toHaveLength(sent.length);
    expect(new Set(receipts.map(({ state }) => state))).toEqual(new Set(['sent']));
    const mails = (await openMailbox(join(municipality.dir, 'mailbox'))).list();
    const left = new Set(mails.map(({ messageId }) => messageId));
    for (const { id } of receipts) expect(left).toContain(`<${id}@localhost>`);
    expect(await deps.db.outboundMessage.count({ where: { state: { not: 'sent' } } })).toBe(
      await deps.db.outbox.count({ where: { name: 'mail.send', sentAt: null } }),
    );
  } finally {
    await deps.db.$disconnect();
  }
});
