import { demand } from '#domain/policy.ts';
import { findStuckMessages } from '#store/outbound-messages.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { outboxRow } from './rows.ts';

/** A message that nobody has tried for this long, with nothing on its way for it, has got stuck. */
const STUCK_AFTER = { minutes: 5 } as const;

/** Hands stuck messages over again. Answers how many. Idempotent: what is on its way is left alone. */
export const requeueStuckMessages = async (ctx: Ctx): Promise<number> => {
  demand(ctx.actor, 'message.deliver');
  const ids = await findStuckMessages(ctx.deps.db, ctx.scope, ctx.now.subtract(STUCK_AFTER), 500);
  const outbox = ids.map((outboundMessageId) => outboxRow(ctx, { name: 'mail.send', payload: { outboundMessageId } }));
  await insertRecords(ctx.deps.db, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
  return ids.length;
};
