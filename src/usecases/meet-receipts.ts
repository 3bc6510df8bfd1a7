import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import type { MessagePayload } from '#messages';
import { inOrder, inTransaction } from '#store/db.ts';
import { findReferralIds, receiptDeliveredAt } from '#store/receipts.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

/** The receipt was told for one referral of a notification, and so for its siblings at other units. Idempotent. */
export const meetReceipts = (ctx: Ctx, { notificationId }: MessagePayload<'receipt.told'>): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const at = (await receiptDeliveredAt(tx, ctx.scope, notificationId)) ?? ctx.now;
    const world = await currentWorld(ctx, tx);
    await inOrder(await findReferralIds(tx, ctx.scope, notificationId), async (id) => {
      const referral = await lockReferral(tx, ctx.scope, id);
      if (!referral.clocks.some(({ kind }) => kind === 'receipt')) return;
      const facts = [{ kind: 'receipt-delivered', data: { channel: 'sibling' }, occurredAt: iso(at) }];
      const met = { patch: {}, facts, end: [{ kind: 'receipt', as: 'met' as const, at }] };
      await recordDecision(notBefore(ctx, referral), tx, world, referral, met, 'system');
    });
  });
