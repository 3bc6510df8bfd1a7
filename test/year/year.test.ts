import { afterEach, expect, test } from 'vitest';
import { T } from '#domain/time.ts';
import { findSending } from '#store/sending.ts';
import { dumpDatabase } from '#test/support/dump.ts';
import { encodings } from '#test/support/needles.ts';
import { recountSending } from '#test/support/recount-sending.ts';
import { times } from '#test/support/size.ts';
import { readBoard } from '#usecases/read-board.ts';
import { readFigures } from '#usecases/read-figures.ts';
import { readSending } from '#usecases/read-sending.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { chanceOf } from './chance.ts';
import { countPlanted, isPlantedIn, plant } from './planted.ts';
import { faultsOf } from './proof.ts';
import { readRecord } from './record.ts';
import { END, simulateYear, YEAR } from './simulate.ts';
import { staffOfYear } from './staff.ts';
import { makeTown, type Town } from './town.ts';

/** A year that went wrong is run again by its seed, and a smaller one by its number, from the environment. */
const NOTIFICATIONS = Number(process.env.YEAR_NOTIFICATIONS ?? times(500, 20_000));
const SEED = Number(process.env.YEAR_SEED ?? 20_260_101);
const timeout = times(600_000, 7_200_000);
/** So that what is printed of a year that went wrong can be read. */
const SHOWN = 20;

let town: Town | undefined;
afterEach(() => town?.stop());

test(`a year of ${NOTIFICATIONS} notifications in which people are away, forget, come late and leave`, {
  timeout,
}, async () => {
  const { text, organisation } = staffOfYear(YEAR, chanceOf(SEED));
  town = await makeTown(text, organisation, `${YEAR}-01-02T00:00:00+01:00`);
  const { careless, figures } = await simulateYear(town, NOTIFICATIONS, SEED);
  const record = await readRecord(town.deps);
  const faults = faultsOf({ record, organisation, careless, end: new Date(END.epochMilliseconds) });
  const shown = Object.entries(faults).map(([rule, all]) => [rule, all.slice(0, SHOWN)] as const);
  expect(Object.fromEntries(shown), `seed ${SEED}`).toEqual(
    Object.fromEntries(Object.keys(faults).map((rule) => [rule, []])),
  );
  expect(await verifyJournal(town.systemCtx())).toMatchObject({ intact: true });
  // The system was never away, so nothing of the year may count as an outage.
  expect(await town.deps.db.outage.count()).toBe(0);

  // What came from where and what became of it, told by the report, and counted event by event.
  const report = await findSending(town.deps.db, town.systemCtx().scope, {
    from: T.Instant.fromEpochMilliseconds(0),
    until: END,
  });
  expect(report).toEqual(await recountSending(town.deps.db, END.epochMilliseconds));

  // Nothing of what was written stands where somebody else reads it, or in the clear.
  const others = (['buf-sof-coordinator', 'area-manager', 'director'] as const).flatMap((role) => {
    const holder = [...organisation.people.values()].find((one) => one.roles.some((held) => held.role === role));
    return (holder && town?.ctxFor(holder.id)) ?? [];
  });
  expect(others).toHaveLength(3);
  const exports: unknown[] = [];
  for (const ctx of others) {
    exports.push(await readFigures(ctx, { days: 365 }), await readSending(ctx, { days: 365 }));
    exports.push(
      await readBoard(ctx, { kind: 'dispute', ours: false }),
      await readBoard(ctx, { kind: 'escalation', ours: false }),
    );
  }
  expect(countPlanted()).toBeGreaterThan(1_000);
  for (const one of encodings(plant())) expect(isPlantedIn(Buffer.from(`x${one}y`, 'latin1'))).toBe(true);
  expect(isPlantedIn((await dumpDatabase(town.databaseUrl)).bytes)).toBe(false);
  expect(isPlantedIn(Buffer.from(JSON.stringify(exports)))).toBe(false);
  expect([...town.sightings]).toEqual([]);
  expect(figures.refusedAloud).toBe(0);

  // The year is one in which there was something to prove.
  const late = record.clocks.filter(({ endedAt, dueAt }) => (endedAt ?? new Date(END.epochMilliseconds)) > dueAt);
  const kinds = new Set(record.clocks.map(({ kind }) => kind));
  expect(figures.acts).toBeGreaterThan(5 * NOTIFICATIONS);
  expect(careless.size).toBeGreaterThan(NOTIFICATIONS / 20);
  expect(late.length).toBeGreaterThan(0);
  expect(report.some(({ told }) => told > 0) && report.some(({ toldLate, silent }) => toldLate + silent > 0)).toBe(
    true,
  );
  expect(record.mails.some(({ template }) => template === 'assessment-task')).toBe(true);
  expect([...kinds].toSorted()).toEqual(
    expect.arrayContaining([
      'acknowledge',
      'assess-24h',
      'feedback',
      'follow-up',
      'handover',
      'investigation',
      'receipt',
    ]),
  );
});
