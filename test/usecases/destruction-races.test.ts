import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destructionsOf, duringDestruction, oldCases } from '#test/support/destructions.ts';
import { makeForm, makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { numbers } from '#test/support/races.ts';
import { correctChild } from '#usecases/correct-child.ts';
import { identifyChild } from '#usecases/identify-child.ts';
import { readCase } from '#usecases/read-case.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [SENDER, LEADER] = ['school-social-worker-skole-norrebro', 'team-leader-bbu-norrebro'];
const SENT = '2026-11-03T10:00:00+01:00';
const LATER = '2032-11-26T10:00:00+01:00';

let town: TestMunicipality;
beforeAll(async () => {
  town = await makeMunicipality(SENT);
});
afterAll(async () => {
  expect(await verifyJournal(town.systemCtx(LATER))).toMatchObject({ intact: true });
  await town.stop();
});
const { asked, exported, propose, confirming } = destructionsOf(() => town, LATER, '2027-01-01');

const { close, olds } = oldCases(() => town, { sender: SENDER, leader: LEADER, at: SENT });
const address = { postalCode: '2200' };
const submit = async (child: Record<string, unknown>): Promise<string> => {
  const form = makeForm({ children: [{ name: 'Ny', address, ...child }] });
  return (await submitNotification(town.ctxFor(SENDER, LATER), form)).referrals[0]?.id ?? '';
};
const rowOf = (id: string) => town.deps.db.referral.findUniqueOrThrow({ where: { id }, include: { child: true } });
/** The case is there for its unit, with the child's CPR; its record can be found and opened. */
const expectWhole = async (id: string, cpr: string): Promise<void> => {
  const { child } = await rowOf(id);
  expect(Buffer.from(child.cprIndex ?? []).equals(town.deps.vault.index('cpr', cpr))).toBe(true);
  expect((await readCase(town.ctxFor(LEADER, LATER), id)).child.cpr).toBe(cpr);
};

const during = async <R>(work: () => Promise<R>): Promise<R> =>
  duringDestruction(town, { payload: asked((await exported()).covers).payload, at: LATER }, work);

describe('whatever arrives while a child is being destroyed stands with a record of its own', () => {
  test('a notification, and one about two of them', async () => {
    const [one, two, three] = await olds(3);
    const cprs = [one, two, three].map((gone) => gone?.cpr ?? '');
    const both = makeForm({ children: [cprs[2], cprs[1]].map((cpr) => ({ name: 'Ny', cpr, address })) });
    const [alone, { referrals }] = await during(() =>
      Promise.all([submit({ cpr: cprs[0] }), submitNotification(town.ctxFor(SENDER, LATER), both)]),
    );
    await expectWhole(alone, cprs[0] ?? '');
    await expectWhole(referrals[0]?.id ?? '', cprs[2] ?? '');
    await expectWhole(referrals[1]?.id ?? '', cprs[1] ?? '');
  });

  test('an inquiry', async () => {
    const [gone] = await olds(1);
    const cpr = gone?.cpr ?? '';
    const form = { child: { name: 'Ny', cpr, address }, acute: false, text: 'Brug for hjælp' };
    const { id } = await during(() => registerInquiry(town.ctxFor('intake-bbu-norrebro', LATER), form));
    await expectWhole(id, cpr);
  });

  test('a child that is identified as one of them, or corrected to one', async () => {
    const [one, two] = await olds(2);
    const [unborn, slip] = [await submit({ identity: 'unborn' }), await submit({ cpr: nextCpr() })];
    const named = { name: 'Ny', routeAgain: false, reason: 'Slip' };
    await during(() =>
      Promise.all([
        identifyChild(town.ctxFor(LEADER, LATER), { id: unborn, cpr: one?.cpr ?? '', name: 'Ny' }),
        correctChild(town.ctxFor(LEADER, LATER), { id: slip, cpr: two?.cpr ?? '', ...named }),
      ]),
    );
    await expectWhole(unborn, one?.cpr ?? '');
    await expectWhole(slip, two?.cpr ?? '');
  });

  test('a record that a case was corrected away from goes along, and the next notification of it is a new child', async () => {
    const cpr = nextCpr();
    const { referrals } = await town.submit(SENDER, makeForm({ children: [{ name: 'Slip', cpr }] }));
    const id = referrals[0]?.id ?? '';
    const right = { cpr: nextCpr(), name: 'Rette', reason: 'Slip', routeAgain: false };
    await correctChild(town.ctxFor(LEADER, SENT), { id, ...right });
    await close(id);
    await town.settle();
    await expectWhole(await during(() => submit({ cpr })), cpr);
  });
});

test('the record that an identified child was unknown by is destroyed with it', async () => {
  const [known] = await olds(1);
  const unborn = makeForm({ children: [{ name: 'Ufødt', identity: 'unborn' }] });
  const id = (await town.submit(SENDER, unborn)).referrals[0]?.id ?? '';
  const { childId } = await rowOf(id);
  await identifyChild(town.ctxFor(LEADER, SENT), { id, cpr: known?.cpr ?? '', name: 'Født' });
  await close(id);
  await town.settle();
  await during(() => submit({ cpr: known?.cpr }));
  expect(await town.deps.db.sealedKey.count({ where: { recordId: childId } })).toBe(0);
});

/** In each round of a race a little later than the others. */
const after = async <R>(turns: number, work: () => Promise<R>): Promise<R> => {
  for (const _ of numbers(turns)) await town.deps.db.$queryRaw`select 1`;
  return work();
};

test('fifty notifications against a confirmation: refused by what came first, else each child is a new one', async () => {
  for (const round of numbers(5)) {
    const gone = await olds(10);
    const confirm = await confirming((await propose((await exported()).covers)).id, 'bent');
    const [confirmed, ...sent] = await Promise.allSettled([
      after(2 * round, confirm),
      ...gone.map(({ cpr }, n) => after(2 * n, () => submit({ cpr }))),
    ]);
    if (confirmed.status === 'rejected') expect(String(confirmed.reason)).toMatch(/INVALID|STALE/);
    for (const [n, one] of sent.entries()) {
      if (one.status === 'rejected') throw one.reason;
      await expectWhole(one.value, gone[n]?.cpr ?? '');
      const destroyed = (await rowOf(gone[n]?.id ?? '')).destroyedAt !== null;
      expect(destroyed).toBe(confirmed.status === 'fulfilled');
    }
  }
});
