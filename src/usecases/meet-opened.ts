import { demand } from '#domain/policy.ts';
import { instant } from '#domain/time.ts';
import type { MessagePayload } from '#messages';
import { isNotifierSuspected } from '#store/case-events.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { findFeedbacks } from '#store/measures.ts';
import { findReferralIds, isReceiptIssued } from '#store/receipts.ts';
import type { Ctx } from './context.ts';
import { deliverFeedbackNotice, deliverReceipt } from './deliver-by-mail.ts';

/**
 * A notifier has opened their notification on the site: what stood there for them is delivered, whatever becomes of the
 * mails about it. Idempotent.
 */
export const meetOpened = (ctx: Ctx, { notificationId, at }: MessagePayload<'notification.opened'>): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const opened = instant(at);
    // One that waits for somebody to take the matter did not stand there yet, and leaves as ever.
    if (await isReceiptIssued(tx, ctx.scope, notificationId, opened))
      await deliverReceipt(ctx, tx, notificationId, { channel: 'site', answer: 'opened', at: opened });
    await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (referralId) => {
      // To a suspect it was not shown.
      if (await isNotifierSuspected(tx, ctx.scope, referralId)) return;
      const feedbacks = await findFeedbacks(tx, ctx.scope, referralId);
      // What was written after it was opened has not been seen.
      const seen = feedbacks.filter(
        (f) => f.state === 'given' && f.givenAt.epochMilliseconds <= opened.epochMilliseconds,
      );
      await inOrder(seen, ({ id }) =>
        deliverFeedbackNotice(ctx, tx, referralId, id, { delivery: 'opened', at: opened }),
      );
    });
  });
