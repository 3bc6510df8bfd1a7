import { demand } from '#domain/policy.ts';
import { insertChange } from '#store/setup.ts';
import { changeKind, prepareChange } from './change-kinds.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { recordSetup } from './record-setup.ts';

type Input = { readonly kind: string; readonly payload: unknown; readonly note: string };

/**
 * Proposes a change of the setup; nothing changes until somebody else confirms it. Throws INVALID, naming the field, when
 * it would not be possible as things stand.
 */
export const proposeChange = async (ctx: Ctx, { kind, payload, note }: Input): Promise<{ id: string }> => {
  demand(ctx.actor, changeKind(kind).propose);
  const { personId } = personOf(ctx);
  return actOnce(ctx, async (tx) => {
    const id = ctx.deps.newId(ctx.now);
    await prepareChange(ctx, tx, { id, kind, payload }, false);
    await insertChange(tx, ctx.scope, { id, kind, payload, note, proposedBy: personId, proposedAt: ctx.now });
    await recordSetup(ctx, tx, { kind: 'proposed', personId, changeId: id, data: { kind } }, kind);
    return { id };
  });
};
