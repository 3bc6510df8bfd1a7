import { demandNamed, isMachine } from '#domain/machine.ts';
import { demand } from '#domain/policy.ts';
import type { Ctx } from './context.ts';
import { parseNotification } from './parse-notification.ts';
import { type Submitted, storeSubmission } from './store-submission.ts';
import { keptWorld } from './world.ts';

/**
 * A person at an institution notifies, or its program hands in for one. Idempotent by key. Throws INVALID with the fields at
 * fault.
 */
export const submitNotification = async (ctx: Ctx, input: unknown): Promise<Submitted> => {
  const role = demand(ctx.actor, 'notification.submit');
  const { world } = await keptWorld(ctx);
  const form = parseNotification(input, world, { training: ctx.deps.training, receivedAt: ctx.now });
  const sender = ctx.actor.kind === 'person' ? ctx.actor : null;
  const program = sender !== null && isMachine(sender.personId);
  if (program) demandNamed(form);
  return storeSubmission(
    ctx,
    {
      form,
      channel: 'form',
      receivedAt: ctx.now,
      senderPersonId: program ? null : (sender?.personId ?? null),
      senderUnitId: sender?.unitId ?? null,
      registeredById: program ? sender.personId : null,
    },
    role,
  );
};
