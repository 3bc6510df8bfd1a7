import { actorOf, reachOf } from '#domain/actors.ts';
import { mintScope } from '#domain/scope.ts';
import type { Deps } from '#platform/deps.ts';
import type { Ctx } from '#usecases/context.ts';
import { currentWorld } from '#usecases/world.ts';
import type { Known, Step } from './step.ts';

const ctxFor = async (deps: Deps, { id, at, who }: Step): Promise<Ctx> => {
  const { organisation } = await currentWorld({ deps, scope: mintScope({ personId: null, unitIds: 'all' }) });
  const person = organisation.people.get(who);
  const actor = person ? actorOf(person, organisation, at) : null;
  if (!actor) throw new Error(`${id}: nobody is called ${who}`);
  const key = deps.vault.index('idempotency', `story:${id}`);
  return {
    deps,
    actor,
    scope: mintScope(reachOf(actor)),
    now: at,
    key: { keyHash: key, requestHash: key },
  };
};

/** Does one step as its person, at its instant. Done again it answers the same and records nothing. */
export const play = async (deps: Deps, step: Step, known: Known): Promise<Known> => ({
  ...known,
  ...(await step.run(await ctxFor(deps, step), known)),
});
