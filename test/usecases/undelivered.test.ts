import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Instant, instant } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { answerUndelivered } from '#usecases/answer-undelivered.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { finishTask } from '#usecases/finish-task.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { listLetters } from '#usecases/list-letters.ts';
import { countMessages, listMessages } from '#usecases/list-messages.ts';
import { listTasks } from '#usecases/list-tasks.ts';
import { listUnexplained } from '#usecases/list-unexplained.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { meetReceipts } from '#usecases/meet-receipts.ts';
import { passOnTasks } from '#usecases/pass-on-tasks.ts';
import { prepareMail } from '#usecases/prepare-mail.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readLetter } from '#usecases/read-letter.ts';
import { recordMail } from '#usecases/record-mail.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { reopenReferral } from '#usecases/reopen-referral.ts';
import { reportMessage } from '#usecases/report-message.ts';
import { requeueStuckMessages } from '#usecases/requeue-stuck-messages.ts';
import { resendMessages } from '#usecases/resend-messages.ts';
import { sendLetter } from '#usecases/send-letter.ts';

const AT = '2026-11-03T10:05:00+01:00';
const NEXT_DAY = '2026-11-04T09:00:00+01:00';
const INTAKE = 'intake-bbu-norrebro';
const CASEWORKER = 'caseworker-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const ADMIN = 'administrator-sof-stab';
const DOCTOR = { basis: 'professional', notifierCode: 4, name: 'Læge Test', workEmail: 'doctor@clinic.example' };
const BY_POST = {
  basis: 'professional',
  notifierCode: 4,
  name: 'Læge Test',
  postalAddress: 'Prøvevej 1\n2200 København N',
};
const TAKEN = { taken: true, code: 250, enhanced: null, at: 'receiver', whole: true } as const;
const UNKNOWN = { ...TAKEN, taken: false, code: 550, enhanced: '5.1.1', whole: false } as const;
const FULL = { ...UNKNOWN, code: 452, enhanced: '4.2.2' } as const;

const dateOf = ({ epochMilliseconds }: Instant): Date => new Date(epochMilliseconds);

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

const arrive = async (notifier: Record<string, unknown> = DOCTOR, children?: unknown) => {
  const form = makeForm({ notifier, ...(children ? { children } : {}) });
  const registration = { channel: 'phone', receivedAt: instant(AT), notification: form };
  const { notificationId, referrals } = await registerNotification(world.ctxFor(INTAKE, AT), registration);
  return { notificationId, referralId: referrals[0]?.id ?? '', referralIds: referrals.map(({ id }) => id) };
};
const messageTo = (where: { notificationId?: string; referralId?: string; template: string }) =>
  world.deps.db.outboundMessage.findFirstOrThrow({ where, orderBy: { id: 'desc' } });
const attempt = async (id: string, answer: Parameters<typeof recordMail>[1]['answer'], at = AT) => {
  const mail = await prepareMail(world.systemCtx(at), id);
  if (!mail) return null;
  return recordMail(world.systemCtx(at), { id, addressIndex: mail.addressIndex, answer });
};
/** What the message of the given-up mail leads to, as its handler does it. */
const follow = async (id: string, at = AT): Promise<void> => {
  const rows = await world.deps.db.outbox.findMany({ where: { name: 'mail.undelivered' }, orderBy: { id: 'asc' } });
  const row = rows.findLast(({ payload }) => (payload as { outboundMessageId: string }).outboundMessageId === id);
  if (!row) throw new Error('nobody was told');
  await answerUndelivered(world.systemCtx(at), row.payload as { outboundMessageId: string; failing: boolean });
};
const bounce = async (id: string, answer: Parameters<typeof attempt>[1] = UNKNOWN, at = AT): Promise<void> => {
  await attempt(id, answer, at);
  await follow(id, at);
};
const letterOf = (notificationId: string) => world.deps.db.letter.findFirstOrThrow({ where: { notificationId } });
const taskOf = (letterId: string) => world.deps.db.task.findFirstOrThrow({ where: { letterId } });
const clocks = async (kind: string, referralIds: readonly string[]) =>
  (await world.deps.db.deadline.findMany({ where: { kind, referralId: { in: [...referralIds] } } })).map(
    ({ state }) => state,
  );
const kinds = async (referralId: string) =>
  (await world.deps.db.caseEvent.findMany({ where: { referralId }, orderBy: { seq: 'asc' } })).map(({ kind }) => kind);

describe('a receipt that no mail brings', () => {
  test('goes to the letter queue with a named person; posted, its clock is met, by whom and when', async () => {
    const { notificationId, referralId } = await arrive();
    await bounce((await messageTo({ notificationId, template: 'receipt' })).id);
    const letter = await letterOf(notificationId);
    expect(letter).toMatchObject({ kind: 'receipt', reason: 'unknown-address', state: 'open', referralId });
    expect(await taskOf(letter.id)).toMatchObject({ kind: 'letter', personId: INTAKE, doneAt: null });
    expect(await clocks('receipt', [referralId])).toEqual(['running']);

    const listed = await listLetters(world.ctxFor(CASEWORKER, AT), undefined);
    expect(listed.items.find(({ id }) => id === letter.id)).toMatchObject({ kind: 'receipt', referralId });
    const paper = await readLetter(world.ctxFor(CASEWORKER, AT), letter.id);
    expect(paper.words[0]?.da).toBe('Kommunen modtog din underretning tirsdag den 3. november 2026 kl. 10.05.');
    expect(paper).toMatchObject({ receiver: { name: 'Læge Test', address: null }, maySend: true });
    const reads = await world.deps.db.readLog.findMany({ where: { purpose: 'letter', personId: CASEWORKER } });
    expect(reads.flatMap(({ referralIds }) => referralIds)).toContain(referralId);

    const posted = {
      id: letter.id,
      way: 'posted',
      occurredAt: instant('2026-11-04T08:30:00+01:00'),
      spokenTo: null,
    } as const;
    await sendLetter(world.ctxFor(CASEWORKER, NEXT_DAY), posted);
    expect(await letterOf(notificationId)).toMatchObject({
      state: 'posted',
      closedBy: CASEWORKER,
      occurredAt: new Date('2026-11-04T07:30:00Z'),
    });
    expect(await taskOf(letter.id)).toMatchObject({ doneBy: CASEWORKER, outcome: 'posted' });
    expect(await world.deps.db.receipt.findFirstOrThrow({ where: { notificationId } })).toMatchObject({
      state: 'delivered',
      channel: 'letter',
      evidence: CASEWORKER,
      deliveredAt: new Date('2026-11-04T07:30:00Z'),
    });
    expect(await clocks('receipt', [referralId])).toEqual(['met']);
    await expect(sendLetter(world.ctxFor(CASEWORKER, NEXT_DAY), posted)).rejects.toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
  });

  test('phoned: whom is asked for and sealed, and what has not happened yet is refused', async () => {
    const { notificationId, referralId } = await arrive(BY_POST);
    const letter = await letterOf(notificationId);
    expect(letter.reason).toBe('no-address');
    expect((await readLetter(world.ctxFor(CASEWORKER, AT), letter.id)).receiver.address).toBe(BY_POST.postalAddress);
    const phoned = { id: letter.id, way: 'phoned', occurredAt: instant(NEXT_DAY), spokenTo: 'Sekretær Prøve' } as const;
    const send = (input: Parameters<typeof sendLetter>[1], at = NEXT_DAY) =>
      sendLetter(world.ctxFor(INTAKE, at), input);
    await expect(send({ ...phoned, spokenTo: ' ' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(send({ ...phoned, occurredAt: instant('2026-11-04T09:01:00+01:00') })).rejects.toMatchObject({
      code: 'INVALID',
    });
    await expect(send({ ...phoned, occurredAt: instant('2026-11-03T10:04:00+01:00') })).rejects.toMatchObject({
      code: 'INVALID',
    });
    await send(phoned);
    const event = await world.deps.db.caseEvent.findFirstOrThrow({
      where: { referralId, kind: 'receipt-delivered' },
    });
    expect(event.data).toMatchObject({ channel: 'call' });
    expect(event.sealed).not.toBeNull();
    expect(JSON.stringify(event.data)).not.toContain('Prøve');
  });

  test('is met for every child of the notification, at whatever unit', async () => {
    const children = ['2200', '2500'].map((postalCode) => ({
      name: 'Barn',
      identity: 'unknown',
      address: { postalCode },
    }));
    const { notificationId, referralIds } = await arrive(BY_POST, children);
    expect(referralIds).toHaveLength(2);
    const letter = await letterOf(notificationId);
    const sent = { id: letter.id, way: 'posted', occurredAt: instant(AT), spokenTo: null } as const;
    await sendLetter(world.ctxFor(INTAKE, AT), sent);
    expect((await clocks('receipt', referralIds)).sort()).toEqual(['met', 'running']);
    await meetReceipts(world.systemCtx(AT), { notificationId });
    await meetReceipts(world.systemCtx(AT), { notificationId });
    expect(await clocks('receipt', referralIds)).toEqual(['met', 'met']);
  });

  test('a citizen without any address is owed none; with a postal address a letter', async () => {
    const citizen = { basis: 'citizen', notifierCode: 13, name: 'Nabo' };
    const none = await arrive(citizen);
    expect(await world.deps.db.letter.count({ where: { notificationId: none.notificationId } })).toBe(0);
    const some = await arrive({ ...citizen, postalAddress: 'Prøvevej 2' });
    expect(await letterOf(some.notificationId)).toMatchObject({ state: 'open' });
    expect(await kinds(some.referralId)).toEqual(expect.arrayContaining(['letter-wanted', 'task-raised']));
  });
});

describe('feedback', () => {
  const decided = async (notifier: Record<string, unknown>) => {
    const { notificationId, referralId: id } = await arrive(notifier);
    const own = () => world.ctxFor(CASEWORKER, AT);
    await acknowledgeReferral(own(), { id, known: { unit: null, disability: false, elsewhere: false }, need: null });
    await world.deps.db.referral.update({ where: { id }, data: { assessedAt: new Date(AT) } });
    await decideReferral(own(), { id, outcome: 'preventive', reason: 'Kort' });
    const { told } = await previewFeedback(own(), { id, material: false, choices: [] });
    return { id, notificationId, told, own };
  };

  test.each(['letter', 'site'] as const)(
    'given by %s without a mail address: posted word for word, then met',
    async (channel) => {
      const { id, told, own } = await decided(BY_POST);
      await giveFeedback(own(), { id, material: null, choices: [], channel, previewed: told });
      if (channel === 'site') {
        const message = await messageTo({ referralId: id, template: 'feedback' });
        expect(await attempt(message.id, TAKEN)).toBeNull();
        await follow(message.id);
      }
      expect(await clocks('feedback', [id])).toEqual(['running']);
      const letter = await world.deps.db.letter.findFirstOrThrow({ where: { referralId: id, kind: 'feedback' } });
      expect(await taskOf(letter.id)).toMatchObject({ personId: CASEWORKER });
      expect((await readLetter(own(), letter.id)).words).toEqual(told);
      await sendLetter(own(), { id: letter.id, way: 'posted', occurredAt: instant(AT), spokenTo: null });
      expect(await clocks('feedback', [id])).toEqual(['met']);
      const feedback = await world.deps.db.feedback.findFirstOrThrow({ where: { referralId: id } });
      expect(feedback).toMatchObject({ state: 'delivered' });
    },
  );

  test('whose notice came back later is owed again', async () => {
    const { id, told } = await decided({ ...DOCTOR, workEmail: 'later@clinic.example' });
    await giveFeedback(world.ctxFor(CASEWORKER, NEXT_DAY), {
      id,
      material: null,
      choices: [],
      channel: 'site',
      previewed: told,
    });
    const message = await messageTo({ referralId: id, template: 'feedback' });
    await attempt(message.id, TAKEN, NEXT_DAY);
    expect(await clocks('feedback', [id])).toEqual(['met']);
    await reportMessage(world.ctxFor(ADMIN, NEXT_DAY), message.id);
    await follow(message.id, NEXT_DAY);
    const both = await world.deps.db.deadline.findMany({ where: { kind: 'feedback', referralId: id } });
    expect(both.map(({ state }) => state).sort()).toEqual(['met', 'running']);
    expect(both[0]).toMatchObject({ startedAt: both[1]?.startedAt, dueAt: both[1]?.dueAt });
    expect(await world.deps.db.letter.count({ where: { referralId: id, kind: 'feedback', state: 'open' } })).toBe(1);
    expect(await kinds(id)).toContain('mail-reported');
  });
});

describe('a colleague whom no mail reaches', () => {
  test('is told by their leader, once for each case; after three in a row mail does not go there', async () => {
    const unit = async () => {
      const { referralId } = await arrive();
      return { referralId, message: await messageTo({ referralId, template: 'referral-received' }) };
    };
    const cases = [await unit(), await unit(), await unit(), await unit()];
    for (const { message } of cases.slice(0, 3)) await bounce(message.id, FULL);
    const tasks = await world.deps.db.task.findMany({ where: { messageId: { in: cases.map((c) => c.message.id) } } });
    expect(tasks.filter(({ kind }) => kind === 'undelivered-mail').map(({ personId }) => personId)).toEqual([
      LEADER,
      LEADER,
      LEADER,
    ]);
    const failing = tasks.filter(({ kind }) => kind === 'failing-address');
    expect(failing.map(({ subject, reason }) => `${subject} ${reason}`)).toEqual(['bbu-norrebro full']);
    expect(failing[0]?.personId).toMatch(/^administrator-/);

    const last = cases[3]?.message.id ?? '';
    expect(await prepareMail(world.systemCtx(AT), last)).toBeNull();
    expect(await world.deps.db.outboundMessage.findUniqueOrThrow({ where: { id: last } })).toMatchObject({
      state: 'fallback',
      reason: 'failing-address',
    });
    await follow(last);
    await follow(last);
    expect(await world.deps.db.task.count({ where: { messageId: last } })).toBe(1);

    // Sent again by hand it is tried all the same, and one that arrives clears the address.
    await resendMessages(world.ctxFor(ADMIN, NEXT_DAY), { id: last });
    expect(await attempt(last, TAKEN, NEXT_DAY)).toMatchObject({ state: 'sent' });
    const fifth = await unit();
    expect(await attempt(fifth.message.id, TAKEN, NEXT_DAY)).toMatchObject({ state: 'sent' });
  });

  test('the notice of such a task raises no further one', async () => {
    const { referralId } = await arrive();
    await bounce((await messageTo({ referralId, template: 'referral-received' })).id);
    const notice = await messageTo({ referralId, template: 'task' });
    await bounce(notice.id);
    expect(await world.deps.db.task.count({ where: { messageId: notice.id } })).toBe(0);
  });
});

describe('tasks', () => {
  test('are seen by their person and unit, and done once, in a way that the kind knows', async () => {
    const { referralId } = await arrive();
    await bounce((await messageTo({ referralId, template: 'referral-received' })).id);
    const { id } = await world.deps.db.task.findFirstOrThrow({ where: { referralId, kind: 'undelivered-mail' } });
    const seenBy = async (personId: string) =>
      (await listTasks(world.ctxFor(personId, AT), undefined)).items.find((item) => item.id === id);
    expect(await seenBy(LEADER)).toMatchObject({ mine: true, about: { receiver: expect.any(String) } });
    expect(await seenBy(CASEWORKER)).toMatchObject({ mine: false });
    expect(await seenBy('team-leader-bbu-valby')).toBeUndefined();
    const finish = (personId: string, outcome: 'told' | 'posted') =>
      finishTask(world.ctxFor(personId, AT), { id, outcome });
    await expect(finish('team-leader-bbu-valby', 'told')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(finish(LEADER, 'posted')).rejects.toMatchObject({ code: 'INVALID' });
    await finish(CASEWORKER, 'told');
    await expect(finish(LEADER, 'told')).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await world.deps.db.task.findUniqueOrThrow({ where: { id } })).toMatchObject({
      doneBy: CASEWORKER,
      outcome: 'told',
    });
    expect(await seenBy(LEADER)).toBeUndefined();
  });

  test('whoever stands in for an absent person sees theirs, from another unit too', async () => {
    const { referralId } = await arrive();
    await bounce((await messageTo({ referralId, template: 'referral-received' })).id);
    const { id } = await world.deps.db.task.findFirstOrThrow({ where: { referralId, kind: 'undelivered-mail' } });
    const stranger = 'team-leader-bbu-valby';
    const absence = { personId: LEADER, fromOn: new Date('2026-11-03'), untilOn: new Date('2026-11-05') };
    await world.deps.db.absence.create({ data: { ...absence, substituteId: stranger } });
    await world.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
    const seen = async (at: string) =>
      (await listTasks(world.ctxFor(stranger, at), undefined)).items.some((item) => item.id === id);
    expect([await seen(AT), await seen('2026-11-06T09:00:00+01:00')]).toEqual([true, false]);
    await finishTask(world.ctxFor(stranger, AT), { id, outcome: 'told' });
  });
});

describe('the list of messages', () => {
  test('tells administrators where each stands, without an address; page after page, by state', async () => {
    const { notificationId } = await arrive({ ...DOCTOR, workEmail: 'planted@secret.example' });
    const { id } = await messageTo({ notificationId, template: 'receipt' });
    await bounce(id);
    const admin = () => world.ctxFor(ADMIN, AT);
    const bounced = await listMessages(admin(), { state: 'bounced' });
    expect(bounced.items.find((item) => item.id === id)).toMatchObject({
      state: 'bounced',
      answer: '550 5.1.1',
      attempts: 1,
      receiver: null,
    });
    expect(JSON.stringify(bounced)).not.toContain('secret.example');
    expect((await countMessages(admin())).bounced).toBe(bounced.items.length);
    await expect(listMessages(world.ctxFor(LEADER, AT), { state: null })).rejects.toMatchObject({
      code: 'OUT_OF_SCOPE',
    });
    const all: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await listMessages(admin(), { state: null, cursor });
      all.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(new Set(all).size).toBe(await world.deps.db.outboundMessage.count());
    expect(all).toHaveLength(new Set(all).size);
  });

  test('a receipt sent again that arrives takes its letter out of the queue', async () => {
    const { notificationId, referralId } = await arrive({ ...DOCTOR, workEmail: 'mended@clinic.example' });
    const { id } = await messageTo({ notificationId, template: 'receipt' });
    await bounce(id);
    const letter = await letterOf(notificationId);
    expect(await resendMessages(world.ctxFor(ADMIN, NEXT_DAY), { id })).toEqual({ count: 1 });
    await expect(resendMessages(world.ctxFor(ADMIN, NEXT_DAY), { id })).rejects.toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    await attempt(id, TAKEN, NEXT_DAY);
    expect(await letterOf(notificationId)).toMatchObject({ state: 'withdrawn', closedBy: null });
    expect(await taskOf(letter.id)).toMatchObject({ outcome: 'by-mail', doneBy: null });
    expect(await clocks('receipt', [referralId])).toEqual(['met']);
  });

  test('a receipt reported as come back is owed again, by the date that it was due', async () => {
    const { notificationId, referralId } = await arrive({ ...DOCTOR, workEmail: 'back@clinic.example' });
    const { id } = await messageTo({ notificationId, template: 'receipt' });
    await attempt(id, TAKEN);
    const before = await world.deps.db.deadline.findFirstOrThrow({ where: { referralId, kind: 'receipt' } });
    await reportMessage(world.ctxFor(ADMIN, NEXT_DAY), id);
    await follow(id, NEXT_DAY);
    const running = await world.deps.db.deadline.findFirstOrThrow({
      where: { referralId, kind: 'receipt', state: 'running' },
    });
    expect(running.dueAt).toEqual(before.dueAt);
    expect(await letterOf(notificationId)).toMatchObject({ state: 'open', reason: 'reported' });
    await expect(reportMessage(world.ctxFor(ADMIN, NEXT_DAY), id)).rejects.toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
  });
});

describe('what has been told already', () => {
  const POSTED = '2026-11-04T08:30:00+01:00';

  test('a receipt that was posted is never mailed again, and what shows it is never wiped', async () => {
    const { notificationId } = await arrive({ ...DOCTOR, workEmail: 'posted@clinic.example' });
    const { id } = await messageTo({ notificationId, template: 'receipt' });
    await bounce(id);
    const letter = await letterOf(notificationId);
    // Taken for another try before the letter was posted, refused after.
    await resendMessages(world.ctxFor(ADMIN, NEXT_DAY), { id });
    const mail = await prepareMail(world.systemCtx(NEXT_DAY), id);
    const posted = { id: letter.id, way: 'posted', occurredAt: instant(POSTED), spokenTo: null } as const;
    await sendLetter(world.ctxFor(INTAKE, NEXT_DAY), posted);
    const told = await world.deps.db.receipt.findFirstOrThrow({ where: { notificationId } });
    expect(told).toMatchObject({ state: 'delivered', channel: 'letter', evidence: INTAKE });
    const addressIndex = mail?.addressIndex ?? new Uint8Array();
    await recordMail(world.systemCtx(NEXT_DAY), { id, addressIndex, answer: UNKNOWN });
    await follow(id, NEXT_DAY);
    await resendMessages(world.ctxFor(ADMIN, NEXT_DAY), { id });
    expect(await prepareMail(world.systemCtx(NEXT_DAY), id)).toBeNull();
    expect(await world.deps.db.outboundMessage.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'dropped',
      reason: 'moot',
    });
    expect(await world.deps.db.receipt.findFirstOrThrow({ where: { notificationId } })).toEqual(told);
    expect(await world.deps.db.letter.count({ where: { notificationId } })).toBe(1);
  });

  test('posted in time and ticked off too late, its clock is met by when it was posted, for siblings too', async () => {
    const children = ['2200', '2500'].map((postalCode) => ({
      name: 'Barn',
      identity: 'unknown',
      address: { postalCode },
    }));
    const { notificationId, referralIds } = await arrive(BY_POST, children);
    const letter = await letterOf(notificationId);
    const late = '2026-11-20T09:00:00+01:00';
    const posted = { id: letter.id, way: 'posted', occurredAt: instant(POSTED), spokenTo: null } as const;
    await sendLetter(world.ctxFor(INTAKE, late), posted);
    await meetReceipts(world.systemCtx(late), { notificationId });
    const met = await world.deps.db.deadline.findMany({ where: { kind: 'receipt', referralId: { in: referralIds } } });
    expect(met.map(({ endedAt }) => endedAt)).toEqual([instant(POSTED), instant(POSTED)].map(dateOf));
    const asked = await listUnexplained(world.ctxFor(LEADER, late));
    const ids = new Set(met.map(({ id }) => id));
    expect(asked.filter(({ clockId }) => ids.has(clockId))).toEqual([]);
  });

  test('a receipt that came back wakes no referral that was registered in error', async () => {
    const { notificationId, referralId: id } = await arrive({ ...DOCTOR, workEmail: 'error@clinic.example' });
    const message = await messageTo({ notificationId, template: 'receipt' });
    await attempt(message.id, TAKEN);
    await markReferralInError(world.ctxFor(INTAKE, AT), { id, reason: 'Sendt to gange' });
    await reportMessage(world.ctxFor(ADMIN, NEXT_DAY), message.id);
    await follow(message.id, NEXT_DAY);
    expect(await clocks('receipt', [id])).toEqual(['met']);
    expect(await world.deps.db.letter.count({ where: { notificationId } })).toBe(0);
  });
});

describe('a letter whose referral was registered in error', () => {
  const LATER = '2026-11-03T10:30:00+01:00';
  // What others have left behind.
  beforeEach(() => passOnTasks(world.systemCtx(LATER)));
  const wrong = (id: string) => markReferralInError(world.ctxFor(INTAKE, LATER), { id, reason: 'To gange' });

  test('is not sent, and nobody keeps its task', async () => {
    const { notificationId, referralId } = await arrive(BY_POST);
    const letter = await letterOf(notificationId);
    await wrong(referralId);
    expect(await letterOf(notificationId)).toMatchObject({ id: letter.id, state: 'withdrawn', closedBy: INTAKE });
    expect(await taskOf(letter.id)).toMatchObject({ outcome: 'not-needed', doneBy: INTAKE });
    expect((await listLetters(world.ctxFor(INTAKE, LATER), undefined)).items.map(({ id }) => id)).not.toContain(
      letter.id,
    );
    expect(await kinds(referralId)).toContain('letter-withdrawn');
    expect(await passOnTasks(world.systemCtx(LATER))).toBe(0);
  });

  test('is wanted anew for a sibling, and when the referral is taken up again', async () => {
    const children = ['2200', '2500'].map((postalCode) => ({
      name: 'Barn',
      identity: 'unknown',
      address: { postalCode },
    }));
    const open = (id: string) => world.deps.db.letter.findMany({ where: { notificationId: id, state: 'open' } });
    const two = await arrive(BY_POST, children);
    const [first = '', sibling = ''] = two.referralIds;
    await wrong(first);
    expect(await passOnTasks(world.systemCtx(LATER))).toBe(1);
    expect(await passOnTasks(world.systemCtx(LATER))).toBe(0);
    const [wanted] = await open(two.notificationId);
    expect(wanted).toMatchObject({ referralId: sibling, kind: 'receipt' });
    expect((await taskOf(wanted?.id ?? '')).personId).toMatch(/-bbu-valby$/);

    const one = await arrive(BY_POST);
    await wrong(one.referralId);
    expect(await passOnTasks(world.systemCtx(LATER))).toBe(0);
    await reopenReferral(world.ctxFor(LEADER, LATER), { id: one.referralId, reason: 'Alligevel ikke' });
    expect(await passOnTasks(world.systemCtx(LATER))).toBe(1);
    expect(await open(one.notificationId)).toMatchObject([{ referralId: one.referralId }]);
  });
});

describe('quiet hours when a mail is about to be sent', () => {
  const NIGHT = '2026-11-03T21:00:00+01:00';
  // No failures that others have left behind.
  beforeEach(() => world.deps.db.mailAddress.deleteMany());

  test('hold a retry and one that is sent again by hand until the receiver opens, and count no attempt', async () => {
    const { referralId } = await arrive();
    const { id } = await messageTo({ referralId, template: 'referral-received' });
    await attempt(id, { ...UNKNOWN, code: 451, enhanced: '4.7.1' }, '2026-11-03T10:05:00+01:00');
    expect(await attempt(id, TAKEN, NIGHT)).toBeNull();
    const held = await world.deps.db.outboundMessage.findUniqueOrThrow({ where: { id } });
    expect(held).toMatchObject({ state: 'queued', attempts: 1, leasedUntil: null });
    const opening = held.nextAttemptAt?.toISOString() ?? '';
    expect(opening).toMatch(/^2026-11-04T0[78]/);
    const waiting = { sentAt: null, name: 'mail.send', payload: { path: ['outboundMessageId'], equals: id } };
    expect(await world.deps.db.outbox.count({ where: { ...waiting, availableAt: new Date(opening) } })).toBe(1);
    expect(await requeueStuckMessages(world.systemCtx('2026-11-04T05:00:00+01:00'))).toBe(0);
    // The hours of its first attempt's horizon do not run meanwhile.
    expect(held.firstAttemptAt?.getTime()).toBe(
      instant(AT).epochMilliseconds + new Date(opening).getTime() - instant(NIGHT).epochMilliseconds,
    );
    expect(await attempt(id, FULL, opening)).toMatchObject({ state: 'bounced' });
    await resendMessages(world.ctxFor(ADMIN, '2026-11-04T22:00:00+01:00'), { id });
    expect(await attempt(id, TAKEN, '2026-11-04T22:00:00+01:00')).toBeNull();
    expect(await attempt(id, TAKEN, '2026-11-05T09:00:00+01:00')).toMatchObject({ state: 'sent' });
  });

  test('let the 24 hours through, and a notifier', async () => {
    const { referralId, notificationId } = await arrive({ ...DOCTOR, workEmail: 'night@clinic.example' });
    const { id } = await messageTo({ referralId, template: 'referral-received' });
    await world.deps.db.outboundMessage.update({ where: { id }, data: { urgent: true } });
    expect(await attempt(id, TAKEN, NIGHT)).toMatchObject({ state: 'sent' });
    const receipt = await messageTo({ notificationId, template: 'receipt' });
    expect(await attempt(receipt.id, TAKEN, NIGHT)).toMatchObject({ state: 'sent' });
  });
});

describe('whose task it is', () => {
  const taskMails = (taskId: string) =>
    world.deps.db.outboundMessage.findMany({ where: { taskId }, orderBy: { id: 'asc' } });

  test('follows the ownership: the new unit has a named person, who is told', async () => {
    const { notificationId, referralId: id } = await arrive(BY_POST);
    const letter = await letterOf(notificationId);
    const before = await taskOf(letter.id);
    const own = world.ctxFor(CASEWORKER, AT);
    await acknowledgeReferral(own, { id, known: { unit: null, disability: false, elsewhere: false }, need: null });
    const to = 'bbu-valby';
    await proposeHandover(world.ctxFor(CASEWORKER, AT), { id, to, reason: 'Flyttet' });
    await acceptHandover(world.ctxFor('caseworker-bbu-valby', AT), { id });
    const after = await taskOf(letter.id);
    expect(after).toMatchObject({ id: before.id, unitId: to, doneAt: null });
    expect(after.personId).toMatch(/-bbu-valby$/);
    expect((await taskMails(after.id)).map(({ toPersonId }) => toPersonId)).toEqual([before.personId, after.personId]);
    // Whoever had it is not told any more.
    const [first] = await taskMails(after.id);
    expect(await prepareMail(world.systemCtx(AT), first?.id ?? '')).toBeNull();
    await sendLetter(world.ctxFor(after.personId, AT), {
      id: letter.id,
      way: 'posted',
      occurredAt: instant(AT),
      spokenTo: null,
    });
  });

  test('is given to the next when its person is away, once, and they are told', async () => {
    const { notificationId, referralId } = await arrive(BY_POST);
    const letter = await letterOf(notificationId);
    const before = await taskOf(letter.id);
    expect(await passOnTasks(world.systemCtx('2026-11-09T09:00:00+01:00'))).toBe(0);
    const away = { personId: before.personId, fromOn: new Date('2026-11-10'), untilOn: new Date('2026-11-12') };
    await world.deps.db.absence.create({ data: { ...away, substituteId: CASEWORKER } });
    await world.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
    const then = '2026-11-10T09:00:00+01:00';
    expect(await passOnTasks(world.systemCtx(then))).toBeGreaterThan(0);
    expect(await passOnTasks(world.systemCtx(then))).toBe(0);
    const after = await taskOf(letter.id);
    expect(after.personId).not.toBe(before.personId);
    expect((await taskMails(after.id)).at(-1)?.toPersonId).toBe(after.personId);
    expect(await kinds(referralId)).toContain('task-passed');
  });

  test('an address that was put right gets mail again, and a task again when that fails too', async () => {
    const once = async () => {
      const { referralId } = await arrive();
      return (await messageTo({ referralId, template: 'referral-received' })).id;
    };
    const failing = () =>
      world.deps.db.task.findMany({ where: { kind: 'failing-address', subject: 'bbu-norrebro', doneAt: null } });
    for (const task of await failing())
      await finishTask(world.ctxFor(task.personId, AT), { id: task.id, outcome: 'mended' });
    for (let n = 0; n < 3; n += 1) await bounce(await once(), FULL);
    const [task] = await failing();
    const last = await once();
    await finishTask(world.ctxFor(task?.personId ?? '', AT), { id: task?.id ?? '', outcome: 'mended' });
    expect(await prepareMail(world.systemCtx(AT), last)).not.toBeNull();
    for (let n = 0; n < 3; n += 1) await bounce(await once(), FULL);
    expect(await failing()).toHaveLength(1);
  });
});
