import { demand } from '#domain/policy.ts';
import { findStuckMessages } from '#store/outbound-messages.ts';
import type { Ctx } from './context.ts';
import { handOverMails } from './hand-over-mails.ts';

/** A message that nobody has tried for this long, with nothing on its way for it, has got stuck. */
const STUCK_AFTER = { minutes: 2 } as const;

/** Hands stuck messages over again. Answers how many. Idempotent: what is on its way is left alone. */
export const requeueStuckMessages = async (ctx: Ctx): Promise<number> => {
  demand(ctx.actor, 'message.deliver');
  const ids = await findStuckMessages(ctx.deps.db, ctx.scope, ctx.now.subtract(STUCK_AFTER), 500);
  await handOverMails(ctx, ids);
  return ids.length;
};
