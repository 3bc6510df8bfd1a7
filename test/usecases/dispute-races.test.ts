import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintScope } from '#domain/scope.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { importPeople, personIn } from '#test/support/people.ts';
import { expectNothingTwice, fewAtATime, numbers, type Page, raced, standing } from '#test/support/races.ts';
import { climbEarly } from '#usecases/climb-early.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { recordDissent } from '#usecases/record-dissent.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [NORREBRO, BUF] = ['bbu-norrebro', 'buf-modtagelse'];
const [OF_SOF, OF_BUF, THIRD] = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center', 'third'];
const [OF_NORREBRO, OF_INTAKE] = ['team-leader-bbu-norrebro', 'team-leader-buf-modtagelse'];
const AT = '2026-11-05T10:00:00+01:00';
const WHY = { basis: '§ 9', reason: 'Kort' };
const RACES = 40;
const LIMIT_MS = 180_000;

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 8 });
  await importPeople(world, [personIn(THIRD, [{ role: 'buf-sof-coordinator', unit: 'sof-stab' }])], AT);
});
afterAll(async () => {
  expect(await verifyJournal(world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await world.drop();
});
const by = (personId: string) => world.ctxFor(personId, AT);
/** Somebody else who holds the deciding role in the same department. */
const third = (): Ctx => {
  const ctx = by(OF_SOF);
  if (ctx.actor.kind !== 'person') throw new Error('nobody');
  const { disputesOf, unitIds } = ctx.scope;
  const scope = mintScope({ personId: THIRD, unitIds, disputesOf });
  return { ...ctx, actor: { ...ctx.actor, personId: THIRD }, scope };
};

/** Acute, so that its ladder begins where somebody may decide, and between departments, so that several may. */
const disputed = async (): Promise<Page> => {
  const form = { child: { name: 'Barn', identity: 'unborn' }, acute: true, text: 'Mangler skoleplads' };
  const { id } = await registerInquiry(by(`intake-${BUF}`), form);
  await proposeHandover(by(`intake-${BUF}`), { id, to: NORREBRO, reason: 'Flyttet' });
  return raiseDispute(by(`intake-${BUF}`), { id, unit: BUF, whose: NORREBRO, ...WHY });
};

test(`climbed early and decided at once, ${RACES} times: one stands, the other is told`, {
  timeout: LIMIT_MS,
}, async () => {
  const pages = await fewAtATime(numbers(RACES), disputed);
  const refused = await fewAtATime(pages, ({ id, stateVersion }, n) =>
    raced(
      n,
      () => climbEarly(by(OF_NORREBRO), { id, stateVersion, step: 2, reason: 'Haster' }),
      () => decideDispute(by(OF_SOF), { id, stateVersion, owner: NORREBRO, ...WHY }),
    ),
  );
  const codes = new Map(pages.map(({ id }, n) => [id, refused[n]]));
  for (const { facts, id, ...one } of await standing(world.deps.db, [...codes.keys()])) {
    const climbed = facts('climbed-early') === 1;
    expect([facts('climbed-early'), facts('dispute-settled')]).toEqual(climbed ? [1, 0] : [0, 1]);
    expect({ codes: codes.get(id), ...one }).toMatchObject(
      climbed
        ? { codes: ['STALE'], dispute: ['open 3'], owner: BUF, runningSteps: 1 }
        : { codes: ['ILLEGAL_TRANSITION'], dispute: ['settled 2'], owner: NORREBRO, runningSteps: 0 },
    );
  }
});

test(`climbed early by both sides at once, ${RACES} times: one step`, { timeout: LIMIT_MS }, async () => {
  const pages = await fewAtATime(numbers(RACES), disputed);
  // As a machine client without the page's version, which names the step alone.
  const refused = await fewAtATime(pages, ({ id }, n) =>
    raced(
      n,
      () => climbEarly(by(OF_NORREBRO), { id, step: 2, reason: 'Haster' }),
      () => climbEarly(by(OF_INTAKE), { id, step: 2, reason: 'Haster' }),
    ),
  );
  // The loser speaks for nobody at the step that is now, and is told why.
  for (const codes of refused) expect(codes).toEqual(['STALE']);
  for (const one of await standing(
    world.deps.db,
    pages.map(({ id }) => id),
  )) {
    expect([one.facts('climbed-early'), one.dispute, one.runningSteps]).toEqual([1, ['open 3'], 1]);
  }
  await expectNothingTwice(world.deps.db);
});

test(`dissent of two at once, ${RACES} times: both stand, and the decision`, { timeout: LIMIT_MS }, async () => {
  const pages = await fewAtATime(numbers(RACES), disputed);
  const decided = await fewAtATime(pages, ({ id }) => decideDispute(by(OF_SOF), { id, owner: NORREBRO, ...WHY }));
  await fewAtATime(decided, async ({ id }, n) => {
    const dissent = (ctx: Ctx) => () => recordDissent(ctx, { id, reason: 'Skolen er vores' });
    expect(await raced(n, dissent(by(OF_BUF)), dissent(third()))).toEqual([]);
  });
  const rows = await world.deps.db.referral.findMany({ where: { id: { in: decided.map(({ id }) => id) } } });
  const versions = new Map(decided.map(({ id, stateVersion }) => [id, stateVersion]));
  for (const { id, stateVersion } of rows) expect(stateVersion).toBe(versions.get(id));
  for (const one of await standing(world.deps.db, [...versions.keys()])) {
    expect([one.facts('dissent-recorded'), one.dispute, one.owner]).toEqual([2, ['settled 2'], NORREBRO]);
  }
});

test('the same dissent twice at once, 20 times: one stands', { timeout: LIMIT_MS }, async () => {
  const pages = await fewAtATime(numbers(20), disputed);
  await fewAtATime(pages, async ({ id }, n) => {
    await decideDispute(by(OF_SOF), { id, owner: NORREBRO, ...WHY });
    const dissent = () => recordDissent(by(OF_BUF), { id, reason: 'Skolen er vores' });
    expect(await raced(n, dissent, dissent)).toEqual(['DUPLICATE']);
  });
  for (const one of await standing(
    world.deps.db,
    pages.map(({ id }) => id),
  )) {
    expect(one.facts('dissent-recorded')).toBe(1);
  }
});
