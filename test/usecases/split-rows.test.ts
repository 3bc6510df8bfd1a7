import { afterAll, beforeAll, expect, test } from 'vitest';
import { route } from '#domain/routing.ts';
import type { RoutingInput } from '#domain/routing-facts.ts';
import { instant } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { administrator } from '#test/support/administrators.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { carriedOut, confirmed } from '#test/support/unit-changes.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readMatrix } from '#usecases/read-matrix.ts';
import { readChange } from '#usecases/read-setup.ts';
import { readUnits } from '#usecases/read-units.ts';
import { currentWorld } from '#usecases/world.ts';

const DAY = '2026-12-01';
const BEFORE = '2026-11-10T09:00:00+01:00';
const BEGINS = `${DAY}T00:00:00+01:00`;
const MORNING = `${DAY}T09:00:00+01:00`;
const UNIT = 'bbu-vesterbro';
const [CITY, SOUTH] = ['vesterbro-by', 'vesterbro-syd'];
const part = (id: string, from: number, to: number, people: string[]) => ({
  ...{ id, name: id, phone: '1', email: null, nameIsNeutral: true },
  ...{ postalCodes: [{ from, to }], ages: null, people },
});
const split = (rows: { need: string; part: string | null }[]): UnitChange => ({
  ...{ what: 'split', on: DAY, unit: UNIT, by: 'area', main: CITY, rows },
  parts: [part(CITY, 1500, 1799, []), part(SOUTH, 2450, 2450, [`caseworker-${UNIT}`])],
});

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
  const { db } = world.deps;
  // As rows that two people have decided stand there.
  const row = { need: 'Hjælp i hjemmet', unitId: UNIT, basis: '§ 11' };
  await db.matrixRow.createMany({
    data: [
      { ...row, id: 'home-help', position: 100 },
      { ...row, id: 'mentor', need: 'Mentor', position: 101 },
    ],
  });
  await db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
});
afterAll(() => world.drop());

const refusal = async (rows: { need: string; part: string | null }[]): Promise<string> => {
  const asked = { kind: 'units', payload: split(rows), note: 'Aftalt' };
  const error: unknown = await proposeChange(administrator(world, 'anna', BEFORE), asked).catch((e: unknown) => e);
  const [field] = (error as { fields?: { path: string; code: string }[] }).fields ?? [];
  return field ? `${field.path} ${field.code}` : 'allowed';
};

test('the form learns which needs name the unit; only they, each once, go to a part that there is', async () => {
  const { units } = await readUnits(administrator(world, 'anna', BEFORE));
  const needs = ['home-help', 'mentor'];
  expect(units.find(({ id }) => id === UNIT)?.rules.map(({ id }) => id)).toEqual(needs);
  expect(units.find(({ id }) => id === 'bbu-valby')?.rules).toEqual([]);
  expect(await refusal([{ need: 'mentor', part: 'nowhere' }])).toBe('change.rows.0.part unknown-choice');
  expect(await refusal([{ need: 'equipment', part: SOUTH }])).toBe('change.rows.0.part unknown-choice');
  const twice = needs.slice(1).flatMap((need) => [need, need]);
  expect(await refusal(twice.map((need) => ({ need, part: SOUTH })))).toBe('change.rows.1.part twice');
});

test('the dry run says per need where it goes, and so it goes from the day', async () => {
  const rows = [
    { need: 'home-help', part: null },
    { need: 'mentor', part: SOUTH },
  ];
  const payload = split(rows);
  const asked = { kind: 'units', payload, note: 'Aftalt' };
  const { id: tried } = await proposeChange(administrator(world, 'anna', BEFORE), asked);
  const { dryRun } = await readChange(administrator(world, 'bo', BEFORE), tried, { kind: 'units' });
  expect(dryRun?.units?.rules.map(({ id, to }) => [id, to?.id ?? null])).toEqual([
    ['home-help', null],
    ['mentor', SOUTH],
  ]);
  const id = await confirmed(world, payload, BEFORE);
  await carriedOut(world, id, BEGINS);
  const { organisation } = await currentWorld(world.systemCtx(MORNING));
  const unitFor = (need: string, postalCode: string): string => {
    const child = { postalCode, age: 8, institution: null };
    const facts: RoutingInput = {
      ...{ matter: 'notification', child, senderUnit: null, need, known: null },
      at: instant(MORNING),
    };
    return route(facts, organisation).unit;
  };
  expect(['2450', '1650'].map((code) => unitFor('home-help', code))).toEqual([SOUTH, CITY]);
  expect(['2450', '1650'].map((code) => unitFor('mentor', code))).toEqual([SOUTH, SOUTH]);
  const shown = await readMatrix(administrator(world, 'anna', MORNING));
  const mentor = shown.rows.filter((row) => row.id === 'mentor');
  expect(mentor.map(({ unit, state, endedBy, change }) => [unit.id, state, endedBy, change])).toEqual([
    [UNIT, 'ended', id, null],
    [SOUTH, 'in-force', null, id],
  ]);
});
