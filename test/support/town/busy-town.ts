import { randomBytes } from 'node:crypto';
import { actorOf, reachOf } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { mintScope } from '#domain/scope.ts';
import { type Instant, instant, localDay, T } from '#domain/time.ts';
import type { Deed, Place } from '#test/model/matter-record.ts';
import type { Hours } from '#test/model/opening.ts';
import { speakersFor } from '#test/model/speaking.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { fewAtATime } from '#test/support/races.ts';
import { times } from '#test/support/size.ts';
import type { Ctx } from '#usecases/context.ts';
import { currentWorld } from '#usecases/world.ts';
import { arrive, importKnown } from './arriving.ts';
import { type Chance, chanceOf } from './chance.ts';
import { CHANGES, type Change, confirmChange, goAway } from './changes.ts';
import { type Done, likelyAct, likelyPerson, PERSONS_ACTS, type PersonsAct } from './likely.ts';
import { passTime } from './passing.ts';
import { chartOf, type Row, readRows, type Scene } from './scene.ts';
import type { Story } from './story.ts';
import { isStranger } from './strangers.ts';

const DUTY = 'dognvagten';
const day = (from: number, to: number) => [[from * 60, to * 60]] as const;
const OFFICE: Hours = { week: [day(8, 16), day(8, 16), day(8, 16), day(8, 17), day(8, 15), [], []] };

export type Town = {
  readonly world: TestWorld;
  readonly chance: Chance;
  readonly stories: Map<string, Story>;
  /** By act, how often it was done. */
  readonly done: Map<PersonsAct, number>;
  /** Who did something to which referral at this instant; nobody else has left a trace in its journal. */
  now: Instant;
  /** Ownership has been read up to here. */
  readUntil: number;
  wave: number;
  readonly seed: number;
};

export const openTown = async (seed: number): Promise<Town> => {
  const world = await makeWorld({ connections: 6 });
  const now = instant('2026-11-02T08:07:00+01:00');
  await importKnown(world, now);
  const chance = chanceOf(seed, 'town');
  return { world, chance, stories: new Map(), done: new Map(), now, readUntil: 0, wave: 0, seed };
};

const MINUTE = 60_000;
/** Minutes and hours, then days: every other wave is long. */
const SHORT = [3, 10, 20, 45, 90, 180] as const;
const LONG = [300, 480, 24 * 60, 24 * 60, times(1, 3) * 24 * 60, times(2, 16) * 24 * 60] as const;

const ms = (at: Instant): number => at.epochMilliseconds;

/** What the rules need to know of the organisation as it is now; who stood in for whom is asked by day. */
export const placeOf = async ({ world, now }: Town): Promise<Place> => {
  const { organisation } = await currentWorld(world.systemCtx(now));
  const chart = chartOf(organisation);
  return {
    dutyUnit: DUTY,
    hoursOf: (unit) => (unit === DUTY ? 'always' : OFFICE),
    speaksFor: (person, unit, { step, acute, at }) => {
      const today = localDay(T.Instant.fromEpochMilliseconds(at)).toString();
      return speakersFor(unit, step, acute, chart, today).includes(person);
    },
  };
};

const HOW: Readonly<Record<string, 'with-unit' | 'placed' | 'resumed'>> = {
  merged: 'with-unit',
  split: 'with-unit',
  dispute: 'placed',
  'dispute-ended': 'resumed',
};

const addDeed = (town: Town, id: string, deed: Deed): void => {
  town.stories.get(id)?.deeds.push(deed);
};

const wentTo = ({ going: goes }: Change, postalCode: number | null) => ({
  to: (unit: string) => goes(unit, postalCode),
  after: (unit: string) => goes(unit, null),
});

const going = (town: Town, at: Instant, which: number): void => {
  const change = CHANGES[which];
  if (!change) return;
  for (const { id, postalCode } of town.stories.values())
    addDeed(town, id, { at: ms(at), act: 'units', ...wentTo(change, postalCode) });
};

/** Moves of ownership since the last look, and what each new referral began as. */
const readMoves = async (town: Town): Promise<void> => {
  const rows = await town.world.deps.db.ownership.findMany({
    where: { startedAt: { gt: new Date(town.readUntil) } },
    orderBy: [{ startedAt: 'asc' }, { endedAt: { sort: 'asc', nulls: 'last' } }],
  });
  for (const { referralId, unitId, startedAt, reason } of rows) {
    const at = startedAt.getTime();
    const story = town.stories.get(referralId);
    if (!story || at === story.begun.at) continue;
    story.deeds.push({ at, act: 'owned', unit: unitId, how: HOW[reason] ?? 'moved' });
  }
  town.readUntil = ms(town.now);
};

const contextOf = (town: Town, personId: string, organisation: Scene['organisation']): Ctx | null => {
  const person = organisation.people.get(personId);
  const actor = person ? actorOf(person, organisation, town.now) : null;
  if (!actor) return null;
  const key = { keyHash: randomBytes(32), requestHash: randomBytes(32) };
  return { ...town.world.systemCtx(town.now), actor, scope: mintScope(reachOf(actor)), key };
};

type Acted = { readonly id: string; readonly personId: string; readonly act: PersonsAct };

/** One person tries one act on one referral. What is refused must leave no trace. */
const oneAct = async (
  town: Town,
  row: Row,
  about: Pick<Scene, 'organisation' | 'chart' | 'others'>,
  done: Done,
): Promise<Acted | null> => {
  const chance = chanceOf(town.seed, `${[...town.stories.keys()].indexOf(row.id)} ${town.wave}`);
  if (chance.next() < 0.12) return null;
  const looking = { row, chance, now: town.now, ...about };
  const act = likelyAct(looking, done);
  const personId = likelyPerson(act, looking);
  const ctx = contextOf(town, personId, about.organisation);
  if (!ctx) return null;
  try {
    const told = await PERSONS_ACTS[act]({ ...looking, ctx, personId });
    if (isStranger(personId, row, about.organisation))
      throw new Error(`${personId} has nothing to do with ${row.id} and did ${act}`);
    town.done.set(act, (town.done.get(act) ?? 0) + 1);
    const story = town.stories.get(row.id);
    if (act === 'correct-child' && story?.matter === 'inquiry') story.postalCode = null;
    if (told) addDeed(town, row.id, { at: ms(town.now), ...told } as Deed);
    return { id: row.id, personId, act };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return null;
  }
};

/** Whose acts the journals tell of at this instant. */
const traces = async ({ world, now }: Town): Promise<string[]> => {
  const where = { registeredAt: new Date(ms(now)), actorId: { not: null } };
  const rows = await world.deps.db.caseEvent.findMany({ where, select: { referralId: true, actorId: true } });
  return [...new Set(rows.map(({ referralId, actorId }) => `${referralId} ${actorId}`))].toSorted();
};

/** Everybody does something; answers what left a trace though it was refused, or none though it was done. */
const everybodyActs = async (town: Town): Promise<string[]> => {
  const order = new Map([...town.stories.keys()].map((id, n) => [id, n]));
  const read = await readRows(town.world.deps.db);
  const rows = read.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  const done = new Map(town.done);
  const { organisation } = await currentWorld(town.world.systemCtx(town.now));
  const about = { organisation, chart: chartOf(organisation), others: rows };
  const acted = await fewAtATime(rows, (row) => oneAct(town, row, about, done));
  const expected = acted.filter((one) => one !== null).map((one) => ({ ...one, trace: `${one.id} ${one.personId}` }));
  const found = await traces(town);
  return [
    ...expected
      .filter(({ trace }) => !found.includes(trace))
      .map(({ act, trace }) => `${act} without a trace: ${trace}`),
    ...found.filter((one) => expected.every(({ trace }) => trace !== one)).map((one) => `not done: ${one}`),
  ];
};

const someoneLeaves = async (town: Town): Promise<void> => {
  const { organisation } = await currentWorld(town.world.systemCtx(town.now));
  const personId = town.chance.pick([...organisation.people.keys()]) ?? '';
  const ctx = contextOf(town, personId, organisation);
  if (!ctx) return;
  await goAway(ctx, personId, localDay(town.now), town.chance).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
};

/**
 * One wave: some time passes with all that falls due in it, new work arrives, people go away, units change, everybody
 * does something. Answers whatever left a trace that it should not have, or none.
 */
export const oneWave = async (town: Town, arriving: number, change: number | null): Promise<string[]> => {
  town.wave += 1;
  const from = town.now;
  const step = (town.chance.pick<number>(town.wave % 2 === 0 ? LONG : SHORT) ?? 7) * MINUTE + town.wave * 1_000;
  town.now = from.add({ milliseconds: step });
  await passTime(town.world, from, town.now);
  for (const story of await arrive(town.world, town.now, arriving, town.chance)) town.stories.set(story.id, story);
  // What arrives and what is done are told apart by their instants.
  town.now = town.now.add({ milliseconds: 500 });
  for (let n = 0; n < 3; n += 1) await someoneLeaves(town);
  const traced = await everybodyActs(town);
  await passTime(town.world, town.now, town.now);
  await readMoves(town);
  if (change !== null && CHANGES[change]) {
    const at = await confirmChange(town.world, CHANGES[change], town.now);
    going(town, at, change);
    const before = town.now;
    town.now = at.add({ minutes: 10, milliseconds: town.wave });
    await passTime(town.world, before, town.now);
    await readMoves(town);
  }
  return traced;
};
