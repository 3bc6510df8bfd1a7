import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { CASEWORKER, SENDER } from '#test/support/telling.ts';
import { carriedOut, confirmed, ctxNow } from '#test/support/unit-changes.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { closeReferral } from '#usecases/close-referral.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readCounts, readWorklist } from '#usecases/read-worklist.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

/* The duty to tell the notifier survives closing, hand-over, merger and the leaving of people, and somebody always has it. */
const VALBY = 'caseworker-bbu-valby';
const BHV = 'caseworker-bbu-bhv';
const reason = { reason: 'Kort' };
const at = (time: string, day = '03'): string => `2026-11-${day}T${time}:00+01:00`;
const MERGED = '2026-11-09';

let world: TestWorld;
let id: string;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

const titleOf = async (personId: string) =>
  (await world.deps.db.person.findUniqueOrThrow({ where: { id: personId } })).title;
const listed = async (personId: string, tab: 'all' | 'mine' | 'owed', when: string) =>
  (await readWorklist(await ctxNow(world, personId, when), { tab })).items.filter((item) => item.id === id);
const owed = async (personId: string, when: string) =>
  (await listed(personId, 'owed', when)).map(({ nextDueKind, duty }) => [nextDueKind, duty]);
const runs = async () => (await referralState(world.deps.db, id)).running;

test('decided: whoever decided has it', async () => {
  const children = [{ identity: 'unborn', address: { postalCode: '2500' } }];
  const { referrals } = await submitNotification(world.ctxFor(SENDER, at('09:00')), makeForm({ children }));
  id = referrals[0]?.id ?? expect.fail();
  const by = world.ctxFor(VALBY, at('10:00'));
  await acknowledgeReferral(by, { id, known: { unit: null, disability: false, elsewhere: false }, need: null });
  await assessReferral(world.ctxFor(VALBY, at('10:05')), { id, acute: false, evidence: 'phone-call', ...reason });
  await decideReferral(world.ctxFor(VALBY, at('10:10')), { id, outcome: 'nothing', ...reason });
  const [row] = await listed(VALBY, 'mine', at('10:11'));
  expect(row).toMatchObject({ nextDueKind: 'feedback', ownerUnit: { id: 'bbu-valby' } });
});

test('handed over: whoever took it has it', async () => {
  await proposeHandover(world.ctxFor(VALBY, at('10:20')), { id, to: 'bbu-norrebro', ...reason });
  await acceptHandover(world.ctxFor(CASEWORKER, at('10:30')), { id });
  expect(await listed(VALBY, 'all', at('10:31'))).toEqual([]);
  const [row] = await listed(CASEWORKER, 'mine', at('10:31'));
  expect(row).toMatchObject({ nextDueKind: 'feedback', ownerUnit: { id: 'bbu-norrebro' } });
});

test('closed: it stands in a list of its own, with whoever had the case, and in no other', async () => {
  await closeReferral(world.ctxFor(CASEWORKER, at('11:00')), { id, ...reason });
  expect(await listed(CASEWORKER, 'all', at('11:01'))).toEqual([]);
  expect(await owed(CASEWORKER, at('11:01'))).toEqual([['feedback', await titleOf(CASEWORKER)]]);
  expect(await readCounts(await ctxNow(world, CASEWORKER, at('11:01')))).toMatchObject({ owed: 1, mine: 0 });
  expect(await owed(VALBY, at('11:01'))).toEqual([]);
});

test('units merge: the people of the new unit have it, before its end and after', async () => {
  const unit = { id: 'bbu-nord', name: 'Enhed Nord', phone: '+45 00 07 00 00', email: null, nameIsNeutral: true };
  const units = ['bbu-norrebro', 'bbu-bhv'];
  const changeId = await confirmed(world, { what: 'merge', on: MERGED, units, into: null, unit }, at('12:00'));
  await carriedOut(world, changeId, `${MERGED}T00:00:00+01:00`);
  for (const personId of [CASEWORKER, BHV])
    expect(await owed(personId, at('09:00', '10'))).toEqual([['feedback', await titleOf(CASEWORKER)]]);
});

test('whoever had it has left: the intake has it, and tells the notifier', async () => {
  await world.deps.db.person.update({ where: { id: CASEWORKER }, data: { validUntil: new Date('2026-11-11') } });
  await world.deps.db.organisationVersion.update({ where: { id: 1 }, data: { version: { increment: 1 } } });
  const intake = (await owed(BHV, at('09:00', '11')))[0]?.[1] ?? expect.fail('nobody has it');
  expect(await titlesOf('intake')).toContain(intake);
  const ctx = await ctxNow(world, 'intake-bbu-bhv', at('09:30', '11'));
  const { told } = await previewFeedback(ctx, { id, material: false, choices: [] });
  await giveFeedback(ctx, { id, material: null, choices: [], channel: 'call', previewed: told });
  expect(await owed(BHV, at('09:31', '11'))).toEqual([]);
  expect(await runs()).not.toHaveProperty('feedback');
});

const titlesOf = async (role: string): Promise<string[]> => {
  const assignments = await world.deps.db.roleAssignment.findMany({
    where: { role, unitId: { in: ['bbu-nord', 'bbu-norrebro', 'bbu-bhv'] } },
    include: { person: true },
  });
  return assignments.map(({ person }) => person.title);
};
