import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { sweepUntil } from '#test/support/sweep.ts';
import { carriedOut, confirmed } from '#test/support/unit-changes.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { withdrawHandover } from '#usecases/withdraw-handover.ts';

const SENT = '2026-11-02T09:00:00+01:00';
const FRIDAY = '2026-11-06T10:00:00+01:00';
const INTAKE = 'intake-bbu-norrebro';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

/** Sent on Monday, offered to Valby at once, and nobody does anything until Friday: two silences, one escalation. */
const silentTwice = async (): Promise<string> => {
  const { referrals } = await submitNotification(world.ctxFor('school-social-worker-skole-norrebro', SENT), makeForm());
  const id = referrals[0]?.id ?? expect.fail();
  await proposeHandover(world.ctxFor(INTAKE, '2026-11-02T09:30:00+01:00'), { id, to: 'bbu-valby', reason: 'Flyttet' });
  await sweepUntil(world.systemCtx, instant(SENT), instant(FRIDAY));
  return id;
};
const found = async (id: string) =>
  (await world.deps.db.dispute.findMany({ where: { referralId: id }, orderBy: { raisedAt: 'asc' } })).map(
    ({ awaited, state, raisedAt, partyUnitIds }) => [awaited, state, raisedAt.toISOString(), ...partyUnitIds],
  );

test('what was awaited in vain meanwhile escalates when the other has ended, not at its next reminder', async () => {
  const id = await silentTwice();
  expect(await found(id)).toEqual([['acknowledge', 'open', '2026-11-03T22:59:59.000Z', 'bbu-norrebro']]);
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(world.ctxFor(INTAKE, FRIDAY), { id, known, need: null });
  await sweepUntil(world.systemCtx, instant(FRIDAY), instant(FRIDAY));
  expect(await found(id)).toEqual([
    ['acknowledge', 'settled', '2026-11-03T22:59:59.000Z', 'bbu-norrebro'],
    ['handover', 'open', '2026-11-06T09:00:00.000Z', 'bbu-valby'],
  ]);
});

test('nothing is left when the hand-over has been withdrawn before', async () => {
  const id = await silentTwice();
  await withdrawHandover(world.ctxFor(INTAKE, FRIDAY), { id, reason: 'Bliver her' });
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(world.ctxFor(INTAKE, FRIDAY), { id, known, need: null });
  await sweepUntil(world.systemCtx, instant(FRIDAY), instant(FRIDAY));
  expect((await found(id)).map(([awaited, state]) => `${awaited} ${state}`)).toEqual(['acknowledge settled']);
});

test('it escalates too when the sides of what was open become one unit', async () => {
  const children = [{ identity: 'unborn', address: { postalCode: '2500' } }];
  const sent = '2026-11-26T09:00:00+01:00';
  const form = makeForm({ children });
  const { referrals } = await submitNotification(world.ctxFor('school-social-worker-skole-valby', sent), form);
  const id = referrals[0]?.id ?? expect.fail();
  const by = (unit: string, time: string) => world.ctxFor(`intake-${unit}`, `2026-11-26T${time}:00+01:00`);
  const reason = 'Kort';
  await proposeHandover(by('bbu-valby', '09:30'), { id, to: 'bbu-vesterbro', reason });
  await declineHandover(by('bbu-vesterbro', '10:00'), { id, instead: 'bbu-valby', basis: '§ 9', reason });
  const unit = { id: 'bbu-vest', name: 'Vest', phone: '1', email: null, nameIsNeutral: true };
  const units = ['bbu-valby', 'bbu-vesterbro'];
  const changeId = await confirmed(world, { what: 'merge', on: '2026-12-01', units, into: null, unit }, sent);
  const begins = '2026-12-01T00:00:00+01:00';
  await sweepUntil(world.systemCtx, instant(sent), instant('2026-11-30T23:59:59+01:00'));
  expect(await found(id)).toEqual([[null, 'open', '2026-11-26T09:00:00.000Z', 'bbu-valby', 'bbu-vesterbro']]);
  await carriedOut(world, changeId, begins);
  await sweepUntil(world.systemCtx, instant(begins), instant(begins));
  expect(await found(id)).toEqual([
    [null, 'settled', '2026-11-26T09:00:00.000Z', 'bbu-vest'],
    ['acknowledge', 'open', '2026-11-30T23:00:00.000Z', 'bbu-vest'],
  ]);
});
