import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { inTransaction } from '#store/db.ts';
import { findDestroyable } from '#store/destruction.ts';
import { lockReferral, lockReferrals } from '#store/referrals.ts';
import { administrator } from '#test/support/administrators.ts';
import { destructionsOf, duringDestruction, oldCases, untilWaiting } from '#test/support/destructions.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { numbers } from '#test/support/races.ts';
import { linkSibling } from '#usecases/link-sibling.ts';
import { beginningOf } from '#usecases/prepare-destruction.ts';
import { readCase } from '#usecases/read-case.ts';
import { reopenReferral } from '#usecases/reopen-referral.ts';
import { reviewChild } from '#usecases/review-child.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { tellResponsible } from '#usecases/tell-responsible.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** What people and the system do beside a destruction, and after it: as if there had never been such a case. */
const [SENDER, LEADER] = ['school-social-worker-skole-norrebro', 'team-leader-bbu-norrebro'];
const SENT = '2026-11-03T10:00:00+01:00';
const LATER = '2032-11-26T10:00:00+01:00';
const BEFORE = '2027-01-01';

let town: TestMunicipality;
beforeAll(async () => {
  town = await makeMunicipality(SENT);
});
afterAll(async () => {
  expect(await verifyJournal(town.systemCtx(LATER))).toMatchObject({ intact: true });
  await town.stop();
});
const { asked, exported, propose, confirming, confirm } = destructionsOf(() => town, LATER, BEFORE);
const { olds } = oldCases(() => town, { sender: SENDER, leader: LEADER, at: SENT });
const by = (personId: string) => town.ctxFor(personId, LATER);
const childOf = async (id: string) => (await town.deps.db.referral.findUniqueOrThrow({ where: { id } })).childId;
const during = async <R>(work: () => Promise<R>, before?: string): Promise<R> => {
  const { payload } = asked((await exported()).covers);
  return duringDestruction(town, { payload, at: LATER, ...(before ? { before } : {}) }, work);
};
const keysOf = (id: string) => town.deps.db.sealedKey.count({ where: { recordId: id } });

test('a page that is open while its case is destroyed is not found, and makes no key anew', async () => {
  const [gone] = await olds(1);
  const id = gone?.id ?? '';
  // Half way between the journal and its words.
  const reading = during(() => readCase(by(LEADER), id), 'lock table measure in access exclusive mode');
  await expect(reading).rejects.toThrow('NOT_FOUND');
  expect(await keysOf(id)).toBe(0);
});

test('nobody locks a case that was destroyed, the system neither; its notifier is told of none', async () => {
  const [gone] = await olds(1);
  const id = gone?.id ?? '';
  expect((await tellResponsible(by(SENDER), id)).view).toBe('notifier');
  await confirm((await propose((await exported()).covers)).id, 'bent');
  const system = town.systemCtx(LATER, 'child.review');
  const { db } = town.deps;
  await expect(inTransaction(db, (tx) => lockReferral(tx, system.scope, id))).rejects.toThrow('NOT_FOUND');
  expect(await inTransaction(db, (tx) => lockReferrals(tx, system.scope, [id]))).toEqual([]);
  const told = { referralId: id, told: 'sibling-linked', subjectId: id } as const;
  await expect(reviewChild(system, told)).rejects.toThrow('NOT_FOUND');
  await expect(tellResponsible(by(SENDER), id)).rejects.toThrow('NOT_FOUND');
  expect(await keysOf(id)).toBe(0);
});

test('a child that is being destroyed is bound to none', async () => {
  const [gone] = await olds(1);
  const sibling = await childOf(gone?.id ?? '');
  const { referrals } = await submitNotification(by(SENDER), makeForm());
  const linking = during(() => linkSibling(by(LEADER), { id: referrals[0]?.id ?? '', sibling, reason: 'Søskende' }));
  await expect(linking).rejects.toThrow('NOT_FOUND');
  expect(await town.deps.db.childLink.count()).toBe(0);
});

describe('those that were closed first are kept by others', () => {
  test('the next ones are found, however few are looked at a time', async () => {
    const [kept, free] = [await olds(5), await olds(3)];
    for (const { cpr } of kept)
      await submitNotification(
        by(SENDER),
        makeForm({ children: [{ name: 'Igen', cpr, address: { postalCode: '2200' } }] }),
      );
    const { db } = town.deps;
    const { scope } = administrator(town, 'anna', LATER);
    const found = await findDestroyable(db, scope, { before: beginningOf(BEFORE), most: 2, lock: false });
    expect(found.length).toBeGreaterThanOrEqual(2);
    for (const { id } of found) expect(free.map((one) => one.id)).toContain(id);
    await confirm((await propose((await exported()).covers)).id, 'bent');
  });
});

test('an act that has its case and the confirmation do not wait for each other', async () => {
  const [one, two] = await olds(2);
  const sibling = await childOf(two?.id ?? '');
  const confirmed = await confirming((await propose((await exported()).covers)).id, 'bent');
  const [held, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // What every act reads once it has locked its case, and before it locks children.
  const holding = inTransaction(town.deps.db, async (tx) => {
    await tx.$executeRaw`lock table organisation_version in access exclusive mode`;
    held.resolve();
    await goOn.promise;
  });
  await held.promise;
  const act = linkSibling(by(LEADER), { id: one?.id ?? '', sibling, reason: 'Søskende' });
  await untilWaiting(town, 1);
  const both = Promise.allSettled([act, confirmed()]);
  await untilWaiting(town, 2);
  goOn.resolve();
  await holding;
  const [acted, refused] = await both;
  expect(acted.status).toBe('fulfilled');
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'INVALID' } });
});

test('two dozen acts against a confirmation: each is done or told why not, and nothing fails', async () => {
  for (const round of numbers(3)) {
    const gone = await olds(8);
    const children = await Promise.all(gone.map(({ id }) => childOf(id)));
    const confirmed = await confirming((await propose((await exported()).covers)).id, 'bent');
    const act = async (n: number): Promise<unknown> => {
      for (const _ of numbers(round * 2 + n)) await town.deps.db.$queryRaw`select 1`;
      const { id = '' } = gone[n] ?? {};
      if (n === 0) return reopenReferral(by(LEADER), { id, reason: 'Mere' });
      // Each to the one before it, so that what one has locked another waits for.
      return linkSibling(by(LEADER), { id, sibling: children[7 - n] ?? '', reason: 'Søskende' });
    };
    const order = round % 2 === 0 ? numbers(8).toReversed() : numbers(8);
    const outcomes = await Promise.allSettled([confirmed(), ...order.map(act)]);
    for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(DomainError);
  }
});
