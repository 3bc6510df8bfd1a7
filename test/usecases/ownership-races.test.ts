import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { expectNothingTwice, fewAtATime, numbers, type Page, raced, standing } from '#test/support/races.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [NORREBRO, VALBY, BUF] = ['bbu-norrebro', 'bbu-valby', 'buf-modtagelse'];
const [OF_SOF, OF_BUF] = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center'];
const AT = '2026-11-05T10:00:00+01:00';
const WHY = { basis: '§ 9', reason: 'Kort' };
const RACES = 100;
const LIMIT_MS = 180_000;
/** As many as a notification may hold. */
const CHILDREN = 10;

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 8 });
});
afterAll(async () => {
  expect(await verifyJournal(world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await expectNothingTwice(world.deps.db);
  await world.drop();
});
const by = (personId: string) => world.ctxFor(personId, AT);

const arrive = async (): Promise<string[]> => {
  const child = () => ({ name: 'Barn', cpr: nextCpr(), address: { postalCode: '2200' } });
  const sent = await fewAtATime(numbers(RACES / CHILDREN), () =>
    submitNotification(by('school-social-worker-skole-norrebro'), makeForm({ children: numbers(CHILDREN).map(child) })),
  );
  return sent.flatMap(({ referrals }) => referrals.map(({ id }) => id));
};
/** Acute, so that its ladder begins where somebody may decide, and between departments, so that two may. */
const disputed = async (): Promise<Page> => {
  const form = { child: { name: 'Barn', identity: 'unborn' }, acute: true, text: 'Mangler skoleplads' };
  const { id } = await registerInquiry(by(`intake-${BUF}`), form);
  await proposeHandover(by(`intake-${BUF}`), { id, to: NORREBRO, reason: 'Flyttet' });
  return raiseDispute(by(`intake-${BUF}`), { id, unit: BUF, whose: NORREBRO, ...WHY });
};
const idsOf = (pages: readonly Page[]): string[] => pages.map(({ id }) => id);

test(`a hand-over accepted and declined at once, ${RACES} times: one stands, the other is told`, {
  timeout: LIMIT_MS,
}, async () => {
  const pages = await fewAtATime(await arrive(), (id) =>
    proposeHandover(by(`caseworker-${NORREBRO}`), { id, to: VALBY, reason: 'Flyttet' }),
  );
  const refused = await fewAtATime(pages, async ({ id, stateVersion }, n) =>
    raced(
      n,
      () => acceptHandover(by(`caseworker-${VALBY}`), { id, stateVersion }),
      () => declineHandover(by(`intake-${VALBY}`), { id, stateVersion, instead: NORREBRO, ...WHY }),
    ),
  );
  const codes = new Map(pages.map(({ id }, n) => [id, refused[n]]));
  const ended = await standing(world.deps.db, idsOf(pages));
  expect(ended).toHaveLength(RACES);
  for (const { facts, ...one } of ended) {
    const accepted = facts('handover-accepted') === 1;
    expect([facts('handover-accepted'), facts('handover-declined')]).toEqual(accepted ? [1, 0] : [0, 1]);
    expect({ codes: codes.get(one.id), ...one }).toMatchObject(
      accepted
        ? { codes: ['ILLEGAL_TRANSITION'], owner: VALBY, responsible: VALBY, handover: ['accepted'], dispute: [] }
        : { codes: ['STALE'], owner: NORREBRO, responsible: NORREBRO, handover: ['declined'], dispute: ['open 1'] },
    );
    expect(one.runningSteps).toBe(accepted ? 0 : 1);
  }
});

test(`a dispute decided by two at once, ${RACES} times: the first stands, the other is told, also by mail`, {
  timeout: LIMIT_MS,
}, async () => {
  const pages = await fewAtATime(numbers(RACES), disputed);
  await fewAtATime(pages, async ({ id, stateVersion }, n) => {
    const refused = await raced(
      n,
      () => decideDispute(by(OF_SOF), { id, stateVersion, owner: NORREBRO, ...WHY }),
      () => decideDispute(by(OF_BUF), { id, stateVersion, owner: BUF, ...WHY }),
    );
    expect(refused).toEqual(['ILLEGAL_TRANSITION']);
  });
  const ended = await standing(world.deps.db, idsOf(pages));
  expect(ended).toHaveLength(RACES);
  for (const { facts, settledBy, settledFor, toldOfEnd, ...one } of ended) {
    expect(facts('dispute-settled')).toBe(1);
    expect(settledFor).toBe(settledBy === OF_SOF ? NORREBRO : BUF);
    expect(one).toMatchObject({ owner: settledFor, responsible: settledFor, dispute: ['settled 2'], runningSteps: 0 });
    expect(one.handover).toEqual(['withdrawn']);
    expect(toldOfEnd).toEqual(expect.arrayContaining([OF_SOF, OF_BUF]));
  }
});
