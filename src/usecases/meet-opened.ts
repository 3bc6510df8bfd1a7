import { demand } from '#domain/policy.ts';
import { instant } from '#domain/time.ts';
import type { MessagePayload } from '#messages';
import { isNotifierSuspected } from '#store/case-events.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { findFeedbacks } from '#store/measures.ts';
import { findReferralIds } from '#store/receipts.ts';
import type { Ctx } from './context.ts';
import { deliverFeedbackNotice, deliverReceipt } from './deliver-by-mail.ts';

/**
 * A notifier has opened their notification on the site: what stood there for them is delivered, whatever becomes of the
 * mails about it. Idempotent.
 */
export const meetOpened = (ctx: Ctx, { notificationId, at }: MessagePayload<'notification.opened'>): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    await deliverReceipt(ctx, tx, notificationId, { channel: 'site', answer: 'opened' });
    const opened = instant(at);
    await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (referralId) => {
      // To a suspect it was not shown.
      if (await isNotifierSuspected(tx, ctx.scope, referralId)) return;
      const feedbacks = await findFeedbacks(tx, ctx.scope, referralId);
      // What was written after it was opened has not been seen.
      const seen = feedbacks.filter(
        (f) => f.state === 'given' && f.givenAt.epochMilliseconds <= opened.epochMilliseconds,
      );
      await inOrder(seen, ({ id }) => deliverFeedbackNotice(ctx, tx, referralId, id, 'opened'));
    });
  });
