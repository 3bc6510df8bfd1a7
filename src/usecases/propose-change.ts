import { demand } from '#domain/policy.ts';
import { insertChange, insertSetupEvent } from '#store/setup.ts';
import { changeKind, prepareChange } from './change-kinds.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';

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
    const event = {
      id: ctx.deps.newId(ctx.now),
      at: ctx.now,
      personId,
      kind: 'proposed',
      changeId: id,
      data: { kind },
    };
    await insertSetupEvent(tx, ctx.scope, event, kind);
    return { id };
  });
};
