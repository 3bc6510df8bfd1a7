import type { MessageState } from '#domain/delivery.ts';
import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { requeueMessages } from '#store/message-list.ts';
import { actOnce, type Ctx } from './context.ts';
import { handOverMails } from './hand-over-mails.ts';
import { personOf } from './on-referral.ts';

/** As many at once as the queue swallows without a wait; press again for more. */
const MOST = 500;

/**
 * Sends again what did not arrive or waits for another attempt, one or all of a state; an address that keeps failing is
 * tried all the same. A receipt that arrives by it takes its letter out of the queue. Throws ILLEGAL_TRANSITION.
 */
export const resendMessages = (
  ctx: Ctx,
  which: { readonly id: string } | { readonly state: MessageState },
): Promise<{ readonly count: number }> =>
  actOnce(ctx, async (tx) => {
    demand(ctx.actor, 'message.resend');
    const chosen = 'id' in which ? which : { ...which, limit: MOST };
    const ids = await requeueMessages(tx, ctx.scope, chosen, { ...personOf(ctx), now: ctx.now });
    if (ids.length === 0) throw illegal('Der er ikke noget at sende igen.', 'There is nothing to send again.');
    await handOverMails(ctx, ids, ctx.now, tx);
    return { count: ids.length };
  });
