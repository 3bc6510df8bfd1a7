import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { claimEnded } from '#store/machine-keys.ts';
import { insertSetupEvent } from '#store/setup.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';

/** The key opens nothing from now on, in any process. Throws ILLEGAL_TRANSITION for one that has ended. */
export const endMachineKey = async (ctx: Ctx, { id }: { readonly id: string }): Promise<{ id: string }> => {
  demand(ctx.actor, 'machine.manage');
  const { personId } = personOf(ctx);
  return actOnce(ctx, async (tx) => {
    if (!(await claimEnded(tx, ctx.scope, id, personId, ctx.now)))
      throw illegal('Nøglen er allerede lukket.', 'The key was ended already.');
    const ended = { id: ctx.deps.newId(ctx.now), at: ctx.now, personId, changeId: null };
    await insertSetupEvent(tx, ctx.scope, { ...ended, kind: 'machine-key-ended', data: { key: id } });
    return { id };
  });
};
