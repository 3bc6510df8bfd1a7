import { afterAll, beforeAll, expect, test } from 'vitest';
import { findConcerned } from '#store/unit-work.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { carriedOut, confirmed } from '#test/support/unit-changes.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const EVE = '2026-11-30';
const at = (time: string): string => `${EVE}T${time}:00+01:00`;
const BEGINS = '2026-12-01T00:00:00+01:00';
const [VALBY, VESTERBRO, NORREBRO] = ['bbu-valby', 'bbu-vesterbro', 'bbu-norrebro'];
const NOT_KNOWN = { known: { unit: null, disability: false, elsewhere: false }, need: null };

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

/** Valby offers it to Vesterbro, which says that it is Nørrebro's: that one is asked at once. */
const declinedOn = async (): Promise<string> => {
  const children = [{ identity: 'unborn', address: { postalCode: '2500' } }];
  const sender = world.ctxFor('school-social-worker-skole-valby', at('09:00'));
  const { referrals } = await submitNotification(sender, makeForm({ children }));
  const id = referrals[0]?.id ?? expect.fail();
  await acknowledgeReferral(world.ctxFor(`intake-${VALBY}`, at('09:10')), { id, ...NOT_KNOWN });
  await proposeHandover(world.ctxFor(`intake-${VALBY}`, at('09:20')), { id, to: VESTERBRO, reason: 'Flyttet' });
  const no = { id, instead: NORREBRO, basis: '§ 9', reason: 'Bor der' };
  await declineHandover(world.ctxFor(`intake-${VESTERBRO}`, at('09:30')), no);
  return id;
};
const concerned = async (unit: string): Promise<string[]> => {
  const found = await findConcerned(world.deps.db, world.systemCtx(at('10:00')).scope, {
    ...{ units: [unit], after: null, limit: 10 },
  });
  return found.map(({ id }) => id);
};
const openHandover = (referralId: string) =>
  world.deps.db.handover.findFirstOrThrow({ where: { referralId }, orderBy: { proposedAt: 'desc' } });

test('a unit that has declined, and is no side any more, is followed by its successor while the hand-over is open', async () => {
  const [open, over] = [await declinedOn(), await declinedOn()];
  await acceptHandover(world.ctxFor(`intake-${NORREBRO}`, at('09:40')), { id: over });
  expect(await openHandover(open)).toMatchObject({ fromUnitId: VALBY, toUnitId: NORREBRO, state: 'proposed' });
  expect(await concerned(VESTERBRO)).toEqual([open]);
  expect(await concerned('bbu-bhv')).toEqual([]);
  const change = { what: 'close', on: '2026-12-01', unit: VESTERBRO, into: 'bbu-bhv' } as const;
  await carriedOut(world, await confirmed(world, change, at('10:00')), BEGINS);
  expect(await openHandover(open)).toMatchObject({ toUnitId: NORREBRO, chain: [{ unit: 'bbu-bhv' }] });
  expect(await openHandover(over)).toMatchObject({ chain: [{ unit: VESTERBRO }] });
});
