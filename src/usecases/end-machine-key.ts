import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { claimEnded } from '#store/machine-keys.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { recordSetup } from './record-setup.ts';

/** The key opens nothing from now on, in any process. Throws ILLEGAL_TRANSITION for one that has ended. */
export const endMachineKey = async (ctx: Ctx, { id }: { readonly id: string }): Promise<{ id: string }> => {
  demand(ctx.actor, 'machine.manage');
  const { personId } = personOf(ctx);
  return actOnce(ctx, async (tx) => {
    if (!(await claimEnded(tx, ctx.scope, id, personId, ctx.now)))
      throw illegal('Nøglen er allerede lukket.', 'The key was ended already.');
    await recordSetup(ctx, tx, { kind: 'machine-key-ended', personId, data: { key: id } });
    return { id };
  });
};
