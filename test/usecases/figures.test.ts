import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIGURES, type Figure } from '#domain/figures.ts';
import { instant } from '#domain/time.ts';
import { findFigures, findOwnerlessHours } from '#store/figures.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { MORNING, makeManyDisputes } from '#test/support/many-disputes.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { type Counted, recount } from '#test/support/recount.ts';
import { sweepUntil } from '#test/support/sweep.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { readBoard } from '#usecases/read-board.ts';
import { readFigureCases, readFigures } from '#usecases/read-figures.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const COORDINATOR = 'buf-sof-coordinator-sof-stab';
const LEADER = 'team-leader-bbu-valby';
/** Some days after the disputes: silence has escalated, an acute night has been provisional. */
const END = instant('2026-11-30T12:00:00+01:00');
let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
  await makeManyDisputes(world, 64);
  const at = (iso: string) => instant(iso);
  const send = (when: string, more = {}) =>
    submitNotification(world.ctxFor('school-social-worker-skole-norrebro', at(when)), makeForm(more));
  await send('2026-11-26T10:00:00+01:00');
  await send('2026-11-26T22:00:00+01:00', ACUTE);
  await send('2026-11-26T22:30:00+01:00', ACUTE);
  await sweepUntil(world.systemCtx, instant(MORNING), at('2026-11-27T10:00:00+01:00'));
  const { items } = await readBoard(world.ctxFor(COORDINATOR, at('2026-11-27T10:00:00+01:00')), {
    ours: false,
    kind: 'dispute',
    step: 2,
  });
  for (const [index, { referralId: id, parties }] of items.entries()) {
    const now = at('2026-11-27T10:01:00+01:00').add({ minutes: index });
    const owner = parties[1]?.id ?? expect.fail();
    if (index % 2 === 0) {
      await decideDispute(world.ctxFor(COORDINATOR, now), { id, owner, basis: '§ 9', reason: 'Bor der' });
    } else await acceptHandover(world.ctxFor(`caseworker-${owner}`, now), { id }).catch(() => undefined);
  }
  await sweepUntil(world.systemCtx, at('2026-11-27T12:00:00+01:00'), END);
});
afterAll(() => world.drop());

const by = (personId: string) => world.ctxFor(personId, END);
const from = (days: number) => END.subtract({ hours: 24 * days });

/** Grouped as the figures are. */
const grouped = (all: readonly Counted[]) =>
  [...Map.groupBy(all, ({ unit, other }) => `${unit} ${other ?? ''}`)]
    .map(([key, rows]) => ({
      key,
      count: rows.length,
      back: rows.filter(({ back }) => back).length,
      children: new Set(rows.map(({ childId }) => childId)).size,
      hours: rows.reduce((sum, { hours }) => sum + hours, 0),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));

describe.each([365, 2])('over the last %i days', (days) => {
  test.each(FIGURES)('%s: what is counted is what the journal tells', async (figure: Figure) => {
    const period = { from: from(days), until: END };
    const counted = await findFigures(world.deps.db, world.systemCtx(END).scope, figure, period);
    const rows = counted
      .map(({ unit, other, ...row }) => ({ key: `${unit} ${other ?? ''}`, ...row }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const told = grouped(await recount(world.deps.db, figure, period.from, END));
    expect(rows.map(({ hours: _, count: __, ...row }) => row)).toEqual(
      told.map(({ hours: _, count: __, ...row }) => row),
    );
    if (figure === 'moved' || figure === 'asked')
      expect(rows.map(({ count }) => count)).toEqual(told.map(({ count }) => count));
    for (const [index, { hours }] of rows.entries()) expect(hours).toBeCloseTo(told[index]?.hours ?? -1, 5);
    if (days === 365) expect(rows.length).toBeGreaterThan(0);
  });
});

test('no hour without an owner, and one that is taken out of the history is found', async () => {
  const { db } = world.deps;
  const period = { from: from(365), until: END };
  expect(await findOwnerlessHours(db, world.systemCtx(END).scope, period)).toBe(0);
  expect((await readFigures(by(COORDINATOR), { days: 365 })).ownerlessHours).toBe(0);
  class Undone extends Error {}
  await db
    .$transaction(async (tx) => {
      const [row] = await tx.ownership.findMany({ where: { endedAt: null }, take: 1 });
      await tx.$executeRaw`
        update ownership set started_at = started_at + interval '90 minutes' where id = ${row?.id}::uuid`;
      expect(await findOwnerlessHours(tx, world.systemCtx(END).scope, period)).toBeCloseTo(1.5, 5);
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
});

test('what is open, by step, time left, age and unit, is what the board lists', async () => {
  for (const personId of [COORDINATOR, LEADER]) {
    const { open } = await readFigures(by(personId), { days: 30 });
    for (const { kind, count, steps, left, ages, units } of open) {
      const board = await readBoard(by(personId), { ours: false, kind });
      expect(count).toBe(board.counts[kind]);
      expect(steps.map(({ value, count: n }) => [Number(value), n])).toEqual(board.steps.map((s) => [s.of, s.count]));
      for (const bands of [left, ages]) expect(bands.reduce((sum, { count: n }) => sum + n, 0)).toBe(count);
      expect(units.map(({ unit, count: n }) => `${unit.id} ${n}`).toSorted()).toEqual(
        board.units.map(({ id, count: n }) => `${id} ${n}`).toSorted(),
      );
    }
  }
});

test('a coordinator is told no small count of a unit that is not theirs, a leader all of their own', async () => {
  const whole = await readFigures(by(COORDINATOR), { days: 365 });
  const counts = [...whole.asked.cells, ...whole.moved.cells].map(({ count }) => count);
  expect(counts).toContain(null);
  expect(counts.every((count) => count === null || count >= 5)).toBe(true);
  expect(counts.some((count) => count !== null)).toBe(true);
  for (const { children, hours, perChild } of [...whole.provisional, ...whole.unacknowledged]) {
    if (children === null) expect([hours, perChild]).toEqual([null, null]);
    else expect(children).toBeGreaterThanOrEqual(5);
  }
  const mine = await readFigures(by(LEADER), { days: 365 });
  const cells = [...mine.asked.cells, ...mine.moved.cells];
  expect(cells.length).toBeGreaterThan(0);
  expect(cells.every(({ from: a, to, count }) => [a.id, to.id].includes('bbu-valby') && count !== null)).toBe(true);
});

test('a number leads a leader to its cases, as many as it says, and nobody to another unit’s', async () => {
  const { unacknowledged } = await readFigures(by('area-manager-bbu'), { days: 365 });
  expect(unacknowledged.length).toBeGreaterThan(1);
  for (const { unit, children } of unacknowledged) {
    const q = { figure: 'unacknowledged', unit: unit.id, days: 365 } as const;
    const { cases } = await readFigureCases(by('area-manager-bbu'), q);
    expect(cases.length).toBeGreaterThanOrEqual(children ?? expect.fail());
    expect(cases.every(({ hours }) => hours !== null)).toBe(true);
  }
  const other = { figure: 'unacknowledged', unit: 'bbu-norrebro', days: 365 } as const;
  expect((await readFigureCases(by('team-leader-bbu-bhv'), other)).cases).toEqual([]);
  await expect(readFigureCases(by(COORDINATOR), other)).rejects.toThrow('OUT_OF_SCOPE');
  await expect(readFigures(by('caseworker-bbu-norrebro'), { days: 30 })).rejects.toThrow('OUT_OF_SCOPE');
});
