import { demand } from '#domain/policy.ts';
import { releaseMessage } from '#store/outbound-messages.ts';
import type { Ctx } from './context.ts';

/** Gives a message back that was taken and not tried: its address is busy, and it waits for its turn. Idempotent. */
export const releaseMail = (ctx: Ctx, outboundMessageId: string): Promise<void> => {
  demand(ctx.actor, 'message.deliver');
  return releaseMessage(ctx.deps.db, ctx.scope, outboundMessageId);
};
