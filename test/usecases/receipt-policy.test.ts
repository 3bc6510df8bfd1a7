import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { administrator } from '#test/support/administrators.ts';
import { actorsOf } from '#test/support/disputes.ts';
import { makeForm, makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { journalKinds, lastFact, referralState } from '#test/support/referral-state.ts';
import { SENDER } from '#test/support/telling.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { actOnClock } from '#usecases/act-on-clock.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { listOwnNotifications } from '#usecases/list-own-notifications.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { meetOpened } from '#usecases/meet-opened.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readChange } from '#usecases/read-setup.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { reopenReferral } from '#usecases/reopen-referral.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const TUESDAY = '2026-11-03T10:00:00+01:00';
const FRIDAY = '2026-11-06T09:00:00+01:00';
/** On the fourth hverdag, and the law's end on the sixth. */
const [LAST_RESORT, LAW] = ['2026-11-11T10:00:00+01:00', '2026-11-13T23:59:59+01:00'];
const INTAKE = 'intake-bbu-norrebro';

let town: TestMunicipality;
let people: ReturnType<typeof actorsOf>;
let atOnce: string;
beforeAll(async () => {
  town = await makeMunicipality(TUESDAY);
  people = actorsOf(town);
  const payload = { what: 'receipt-policy', from: '2026-11-04', sent: 'on-acknowledgement', hverdage: 4, at: '10:00' };
  const asked = { kind: 'regulations', payload: { ...payload, source: 'beslutning' }, note: 'Aftalt' } as const;
  const { id } = await proposeChange(administrator(town, 'anna', TUESDAY), asked);
  const { dryRun, stateVersion } = await readChange(administrator(town, 'bo', TUESDAY), id);
  const answer = { answer: 'confirm', digest: dryRun?.digest ?? null, reason: null } as const;
  await decideChange(administrator(town, 'bo', TUESDAY), { id, stateVersion, ...answer });
  atOnce = await send();
  await town.standAt(FRIDAY);
});
afterAll(async () => {
  expect(await verifyJournal(town.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.stop();
});

const send = async (more: Record<string, unknown> = {}): Promise<string> =>
  (await town.submit(SENDER, makeForm(more))).referrals[0]?.id ?? '';
const running = async (id: string) => (await referralState(town.deps.db, id)).running;
const rowOf = async (id: string) => {
  const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
  return town.deps.db.receipt.findUniqueOrThrow({ where: { notificationId: notificationId ?? '' } });
};
const receiptsOf = async (id: string) => {
  const { notificationId } = await rowOf(id);
  return town.deps.db.outboundMessage.count({ where: { notificationId, template: 'receipt' } });
};

test('until the day it leaves at once, as before', async () => {
  await town.settle();
  expect(await rowOf(atOnce)).toMatchObject({ state: 'delivered', issuedAt: new Date(TUESDAY) });
  expect(await running(atOnce)).not.toHaveProperty('receipt-send');
});

test('it waits until somebody takes the matter, and then leaves once for all children; the law’s clock is as ever', async () => {
  const child = (postalCode: string) => ({ name: 'Barn', cpr: nextCpr(), address: { postalCode } });
  const { referrals } = await town.submit(SENDER, makeForm({ children: [child('2200'), child('2500')] }));
  const [first = '', second = ''] = referrals.map(({ id }) => id);
  await town.settle();
  expect(await rowOf(first)).toMatchObject({ state: 'pending', issuedAt: null });
  for (const id of [first, second])
    expect(await running(id)).toMatchObject({ receipt: LAW, 'receipt-send': LAST_RESORT });
  const { items } = await listOwnNotifications(await people.by(SENDER), undefined);
  expect(items[0]?.receipt).toMatchObject({
    state: 'pending',
    dueAt: instant(LAW).toString({ fractionalSecondDigits: 3 }),
  });
  await people.take('intake-bbu-valby', second);
  await town.settle();
  expect(await rowOf(first)).toMatchObject({ state: 'delivered', issuedAt: new Date(FRIDAY) });
  expect(await running(first)).not.toHaveProperty('receipt');
  expect(await lastFact(town.deps.db, second, 'receipt-sent')).toEqual({ why: 'acknowledged' });
  await people.take(INTAKE, first);
  await town.settle();
  expect(await receiptsOf(first)).toBe(1);
  expect(await running(first)).not.toHaveProperty('receipt-send');
});

test('an accepted hand-over is an acknowledgement, too', async () => {
  const id = await send();
  await people.offer(INTAKE, id, 'bbu-valby');
  await acceptHandover(await people.by('caseworker-bbu-valby'), { id });
  await town.settle();
  expect(await rowOf(id)).toMatchObject({ state: 'delivered', issuedAt: new Date(FRIDAY) });
});

test('opened before it has left, it is not delivered by that, and leaves as ever', async () => {
  const id = await send();
  await meetOpened(town.systemCtx(FRIDAY), { notificationId: (await rowOf(id)).notificationId, at: FRIDAY });
  expect(await rowOf(id)).toMatchObject({ state: 'pending', issuedAt: null });
  await people.take(INTAKE, id);
  await town.settle();
  expect(await rowOf(id)).toMatchObject({ state: 'delivered', channel: 'mail' });
  expect(await receiptsOf(id)).toBe(1);
});

test('registered in error it is not sent; taken up again, it leaves with that', async () => {
  const id = await send();
  await markReferralInError(await people.by(INTAKE), { id, reason: 'Fejl' });
  await town.settle();
  expect(await rowOf(id)).toMatchObject({ issuedAt: null });
  await reopenReferral(await people.by(INTAKE), { id, reason: 'Alligevel ikke' });
  await town.settle();
  expect(await rowOf(id)).toMatchObject({ state: 'delivered' });
  expect(await receiptsOf(id)).toBe(1);
});

test('registered after the last resort it leaves at once; by letter it is queued at once', async () => {
  const arrived = { channel: 'letter', receivedAt: instant('2026-10-30T09:00:00+01:00') };
  const withMail = makeForm({
    notifier: { basis: 'professional', notifierCode: 4, name: 'Læge', workEmail: 'l@k.example' },
  });
  for (const notification of [withMail, makeForm()]) {
    const { referrals } = await registerNotification(await people.by(INTAKE), { ...arrived, notification });
    expect(await rowOf(referrals[0]?.id ?? '')).toMatchObject({ issuedAt: new Date(FRIDAY) });
  }
});

test('nobody takes it: the system sends it at the last resort, before the law’s end, once however often it is asked', async () => {
  const id = await send();
  const timer = await town.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind: 'receipt-send' } });
  await town.standAt(LAST_RESORT);
  await town.settle();
  expect(await rowOf(id)).toMatchObject({ state: 'delivered', issuedAt: new Date(LAST_RESORT) });
  expect(await lastFact(town.deps.db, id, 'receipt-sent')).toEqual({ why: 'last-resort' });
  expect((await referralState(town.deps.db, id)).ended).toEqual(
    expect.arrayContaining(['receipt met', 'receipt-send met']),
  );
  const due = { deadlineId: timer.id, referralId: id, kind: 'receipt-send', dueAt: timer.dueAt.toISOString() };
  await actOnClock(town.systemCtx('2026-11-11T10:05:00+01:00'), due);
  await people.take(INTAKE, id);
  await town.settle();
  expect(await receiptsOf(id)).toBe(1);
  expect((await journalKinds(town.deps.db, id)).filter((kind) => kind === 'receipt-sent')).toHaveLength(1);
});
