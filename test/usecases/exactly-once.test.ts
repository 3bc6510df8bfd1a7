import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { iso } from '#domain/time.ts';
import type { MessagePayload } from '#messages';
import { fromDate } from '#store/db.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { actOnClock } from '#usecases/act-on-clock.ts';
import { claimDueClocks } from '#usecases/claim-due-clocks.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { prepareMail } from '#usecases/prepare-mail.ts';
import { recordMail } from '#usecases/record-mail.ts';
import { requeueStuckMessages } from '#usecases/requeue-stuck-messages.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const NIGHT = '2026-11-11T02:00:00+01:00';
const OPENING = '2026-11-11T08:00:00+01:00';
const MORNING = '2026-11-10T10:00:00+01:00';
const QUARTER = '2026-11-10T16:00:00+01:00';

let world: TestWorld;
beforeEach(async () => {
  world = await makeWorld({ connections: 8 });
});
afterEach(async () => {
  expect(await verifyJournal(world.systemCtx('2026-12-01T00:00:00Z'))).toMatchObject({ intact: true });
  await world.drop();
});

const submit = async (at: string, overrides: Record<string, unknown> = {}): Promise<string> => {
  const { referrals } = await submitNotification(world.ctxFor(SENDER, at), makeForm(overrides));
  return referrals[0]?.id ?? '';
};

describe('actOnClock', () => {
  const timer = async (referralId: string, kind: string) => {
    const clock = await world.deps.db.deadline.findFirstOrThrow({ where: { referralId, kind, state: 'running' } });
    return { deadlineId: clock.id, referralId, kind: clock.kind, dueAt: iso(fromDate(clock.dueAt)) };
  };

  test('acts once, however often and however much at once it is asked', async () => {
    const id = await submit(NIGHT, ACUTE);
    const silence = await timer(id, 'acknowledge');
    await Promise.all([1, 2, 3, 4].map(() => actOnClock(world.systemCtx(silence.dueAt), silence)));
    expect(await world.deps.db.dispute.count()).toBe(1);
    const due = await timer(id, 'opening');
    await Promise.all([1, 2, 3, 4].map(() => actOnClock(world.systemCtx(OPENING), due)));
    const once = await referralState(world.deps.db, id);
    expect(once.owners).toEqual(['dognvagten routed', 'bbu-norrebro opening']);
    const events = await world.deps.db.caseEvent.count();
    await actOnClock(world.systemCtx(OPENING), due);
    expect(await referralState(world.deps.db, id)).toEqual(once);
    expect(await world.deps.db.caseEvent.count()).toBe(events);
  });

  test('does not act on an instant that the timer no longer has, nor on what is closed', async () => {
    const id = await submit(NIGHT, ACUTE);
    const due = await timer(id, 'opening');
    await actOnClock(world.systemCtx(OPENING), { ...due, dueAt: '2026-11-11T07:59:59.000Z' });
    expect(await referralState(world.deps.db, id)).toMatchObject({ owner: 'dognvagten' });
    await markReferralInError(world.ctxFor('team-leader-dognvagten', NIGHT), { id, reason: 'Dobbelt' });
    await actOnClock(world.systemCtx(OPENING), due);
    expect(await referralState(world.deps.db, id)).toMatchObject({ status: 'closed', owner: 'dognvagten' });
  });
});

describe('claimDueClocks', () => {
  test('by four sweeps at once raises each alarm once', async () => {
    const ids = [];
    for (let n = 0; n < 20; n++) ids.push(await submit(MORNING));
    // The quarter of each 24 hours, and the closing of the unit at the same instant.
    const sweeps = await Promise.all([1, 2, 3, 4].map(() => claimDueClocks(world.systemCtx(QUARTER), 500)));
    const more = await claimDueClocks(world.systemCtx(QUARTER), 500);
    const claimed = [...sweeps, more].reduce((sum, one) => sum + one.claimed, 0);
    expect(claimed).toBe(40);
    const alarms = await world.deps.db.outboundMessage.findMany({ where: { template: 'alarm' } });
    expect(alarms.map(({ toPersonId, stage }) => `${toPersonId} ${stage}`)).toEqual(
      Array(20).fill('intake-bbu-norrebro quarter'),
    );
    expect(new Set(alarms.map(({ referralId }) => referralId))).toEqual(new Set(ids));
    expect(await world.deps.db.outbox.count({ where: { name: 'clock.due' } })).toBe(20);
    expect(await world.deps.db.caseEvent.count({ where: { kind: 'alarm-raised' } })).toBe(20);
  });

  test('takes no more than it is asked to, and says when there is more', async () => {
    for (let n = 0; n < 3; n++) await submit(MORNING);
    const first = await claimDueClocks(world.systemCtx('2026-11-10T15:59:59+01:00'), 2);
    expect(first).toMatchObject({ claimed: 0 });
    expect(first.nextAt && iso(first.nextAt)).toBe('2026-11-10T15:00:00.000Z');
    const rounds = [];
    for (let n = 0; n < 4; n++) rounds.push((await claimDueClocks(world.systemCtx(QUARTER), 2)).claimed);
    expect(rounds).toEqual([2, 2, 2, 0]);
  });

  test('a timer that was handed over and not acted on is handed over again a minute later', async () => {
    await submit(NIGHT, ACUTE);
    const handedOver = async (): Promise<unknown[]> => {
      const rows = await world.deps.db.outbox.findMany({ where: { name: 'clock.due' }, orderBy: { id: 'asc' } });
      return rows.map(({ payload }) => (payload as { kind: string }).kind);
    };
    await claimDueClocks(world.systemCtx(OPENING), 500);
    await claimDueClocks(world.systemCtx('2026-11-11T08:00:59+01:00'), 500);
    // The duty unit's hour was over at three; the sweep comes first at eight.
    expect(await handedOver()).toEqual(['acknowledge', 'opening']);
    await claimDueClocks(world.systemCtx('2026-11-11T08:01:00+01:00'), 500);
    expect(await handedOver()).toEqual(['acknowledge', 'opening', 'opening']);
  });

  test.each([
    ['as it fell due', 1],
    ['the other way round', -1],
    ['at once', 0],
  ] as const)(
    'after an outage, what fell due is acted on in order, though the queue brings it %s',
    async (_, order) => {
      const id = await submit(NIGHT, ACUTE);
      await claimDueClocks(world.systemCtx(OPENING), 500);
      const rows = await world.deps.db.outbox.findMany({ where: { name: 'clock.due' }, orderBy: { id: 'asc' } });
      const due = rows.map(({ payload }) => payload as MessagePayload<'clock.due'>);
      expect(due.map(({ kind }) => kind)).toEqual(['acknowledge', 'opening']);
      const ctx = world.systemCtx(OPENING);
      if (order === 0) await Promise.all(due.map((one) => actOnClock(ctx, one)));
      else for (const one of order === 1 ? due : due.toReversed()) await actOnClock(ctx, one);
      const kinds = await world.deps.db.caseEvent.findMany({ where: { referralId: id }, orderBy: { seq: 'asc' } });
      expect(
        kinds
          .map(({ kind }) => kind)
          .filter((kind) => kind === 'escalated' || kind === 'owned')
          .slice(-2),
      ).toEqual(['escalated', 'owned']);
      const dispute = await world.deps.db.dispute.findFirstOrThrow();
      expect(dispute).toMatchObject({ partyUnitIds: ['dognvagten'], state: 'open', awaited: 'acknowledge' });
      expect(await referralState(world.deps.db, id)).toMatchObject({ owner: 'bbu-norrebro' });
    },
  );
});

describe('a mail', () => {
  const receipt = async (): Promise<string> => {
    await submit(MORNING);
    return (await world.deps.db.outboundMessage.findFirstOrThrow({ where: { template: 'receipt' } })).id;
  };
  const addressIndex = new Uint8Array(32);
  const sent = { taken: true, code: 250, enhanced: null, at: 'receiver', whole: true } as const;
  const greyListed = { ...sent, taken: false, code: 451 } as const;

  test('that left is recorded once, its clock met once', async () => {
    const id = await receipt();
    const ctx = world.systemCtx(MORNING);
    expect(await prepareMail(ctx, id)).toMatchObject({ id, messageId: `<${id}@localhost>` });
    await Promise.all([1, 2, 3].map(() => recordMail(ctx, { id, addressIndex, answer: sent })));
    await recordMail(world.systemCtx(QUARTER), { id, addressIndex, answer: greyListed });
    expect(await world.deps.db.receipt.findFirstOrThrow()).toMatchObject({ state: 'delivered', evidence: '250' });
    expect(await world.deps.db.caseEvent.count({ where: { kind: 'receipt-delivered' } })).toBe(1);
    expect(await world.deps.db.deadline.count({ where: { kind: 'receipt', state: 'met' } })).toBe(1);
    expect(await prepareMail(world.systemCtx(QUARTER), id)).toBeNull();
  });

  test('in another’s hands is left alone until the lease is over, and keeps its Message-ID', async () => {
    const id = await receipt();
    const taken = await Promise.all([1, 2, 3].map(() => prepareMail(world.systemCtx(MORNING), id)));
    expect(taken.filter((mail) => mail !== null)).toHaveLength(1);
    expect(await prepareMail(world.systemCtx('2026-11-10T10:01:00+01:00'), id)).toBeNull();
    const again = await prepareMail(world.systemCtx('2026-11-10T10:01:01+01:00'), id);
    expect(again?.messageId).toBe(taken.find((mail) => mail !== null)?.messageId);
  });

  test('that was put off is tried again when its pause is over, and is handed over for then', async () => {
    const id = await receipt();
    await prepareMail(world.systemCtx(MORNING), id);
    await recordMail(world.systemCtx(MORNING), { id, addressIndex, answer: greyListed });
    const due = { name: 'mail.send', availableAt: new Date('2026-11-10T09:01:00Z') };
    expect(await world.deps.db.outbox.count({ where: due })).toBe(1);
    expect(await prepareMail(world.systemCtx('2026-11-10T10:00:59+01:00'), id)).toBeNull();
    expect(await prepareMail(world.systemCtx('2026-11-10T10:01:00+01:00'), id)).not.toBeNull();
    expect(await world.deps.db.receipt.findFirstOrThrow()).toMatchObject({ state: 'pending', evidence: null });
  });

  test('that got stuck is handed over again, once; what waits on purpose is not', async () => {
    const { db } = world.deps;
    // On a Friday evening, so that the unit's notice is held until Monday.
    await submit('2026-11-06T18:40:00+01:00');
    const late = world.systemCtx('2026-11-06T19:00:00+01:00');
    expect(await requeueStuckMessages(late)).toBe(0);
    // As if the queue had lost what the relay gave it.
    await db.outbox.updateMany({
      where: { name: 'mail.send', availableAt: { lte: new Date('2026-11-06T18:00:00Z') } },
      data: { sentAt: new Date('2026-11-06T17:40:01Z') },
    });
    expect(await requeueStuckMessages(world.systemCtx('2026-11-06T18:42:00+01:00'))).toBe(0);
    expect(await requeueStuckMessages(late)).toBe(2);
    expect(await requeueStuckMessages(late)).toBe(0);
    const waiting = await db.outbox.findMany({ where: { name: 'mail.send', sentAt: null } });
    expect(waiting.map(({ availableAt }) => availableAt.toISOString()).sort()).toEqual([
      '2026-11-06T18:00:00.000Z',
      '2026-11-06T18:00:00.000Z',
      '2026-11-09T07:00:00.000Z',
    ]);
  });
});
