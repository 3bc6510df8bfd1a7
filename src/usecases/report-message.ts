import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { markReported } from '#store/message-list.ts';
import { insertRecords } from '#store/records.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { outboxRow } from './rows.ts';

/**
 * A mail that a server took has come back later, which only a person who reads the sender's mailbox can know: it counts
 * as not arrived from now on, and a receipt or feedback is owed again. Throws ILLEGAL_TRANSITION unless it was sent.
 */
export const reportMessage = (ctx: Ctx, id: string): Promise<{ readonly id: string }> =>
  actOnce(ctx, async (tx) => {
    demand(ctx.actor, 'message.report');
    const marked = await markReported(tx, ctx.scope, id, { ...personOf(ctx), now: ctx.now });
    if (!marked) throw illegal('Mailen er ikke sendt.', 'The mail was not sent.');
    const outbox = [outboxRow(ctx, { name: 'mail.undelivered', payload: { outboundMessageId: id, failing: false } })];
    await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
    return { id };
  });
