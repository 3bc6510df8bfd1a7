import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { actorOf, reachOf } from '#domain/actors.ts';
import { mintScope } from '#domain/scope.ts';
import { T } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { carryOutUnitChange } from '#usecases/carry-out-unit-change.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readChange } from '#usecases/read-setup.ts';
import { currentWorld } from '#usecases/world.ts';
import { administrator } from './administrators.ts';
import type { TestWorld } from './context.ts';

const BATCH = 1_000;

/** One administrator proposes it, another confirms what was shown. Answers its id. */
export const confirmed = async (world: TestWorld, change: UnitChange, when: string): Promise<string> => {
  const { id } = await proposeChange(administrator(world, 'anna', when), {
    kind: 'units',
    payload: change,
    note: 'Aftalt',
  });
  const { dryRun, problem, stateVersion } = await readChange(administrator(world, 'bo', when), id, { kind: 'units' });
  const digest = dryRun?.digest ?? expect.fail(problem?.en ?? 'no dry run');
  await decideChange(administrator(world, 'bo', when), {
    id,
    kind: 'units',
    stateVersion,
    answer: 'confirm',
    digest,
    reason: null,
  });
  return id;
};

/** One of the people as the organisation now is. */
export const ctxNow = async (world: TestWorld, personId: string, at: string): Promise<Ctx> => {
  const { organisation } = await currentWorld(world.systemCtx(at));
  const person = organisation.people.get(personId);
  const actor =
    (person && actorOf(person, organisation, T.Instant.from(at))) ?? expect.fail(`${personId} does not work here`);
  const key = { keyHash: randomBytes(32), requestHash: randomBytes(32) };
  return { ...world.systemCtx(at), actor, scope: mintScope(reachOf(actor)), key };
};

/** Its day has come, and the second look two minutes later. */
export const carriedOut = async (world: TestWorld, id: string, at: string): Promise<void> => {
  await carryOutUnitChange(world.systemCtx(at, 'unit-change'), id, BATCH);
  await carryOutUnitChange(world.systemCtx(T.Instant.from(at).add({ minutes: 2 }), 'unit-change'), id, BATCH);
};
