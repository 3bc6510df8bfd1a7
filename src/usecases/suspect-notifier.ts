import { suspectNotifier as decide } from '#domain/suspected-notifier.ts';
import { isNotifierSuspected } from '#store/case-events.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';
import { outboxRow } from './rows.ts';

type Reasoned = Target & { readonly reason: string };

/** The notifier is named as a suspect: from now on they are told tier 0 only. Nobody is told of it. */
export const suspectNotifier = (asked: Ctx, input: Reasoned): Promise<Recorded> =>
  onReferral(asked, 'suspect-notifier', 'referral.suspect-notifier', input, async ({ ctx, referral, tx }) => {
    const was = await isNotifierSuspected(tx, ctx.scope, referral.id);
    if (referral.notificationId) {
      const dropped = { name: 'notifier.suspected', payload: { notificationId: referral.notificationId } } as const;
      await insertRecords(tx, ctx.scope, {
        events: [],
        deadlines: [],
        outbound: [],
        outbox: [outboxRow(ctx, dropped)],
      });
    }
    return decide(referral, { is: true, was, reason: input.reason });
  });

/** They are a suspect no longer, and are told as others are. */
export const clearNotifier = (asked: Ctx, input: Reasoned): Promise<Recorded> =>
  onReferral(asked, 'clear-notifier', 'referral.clear-notifier', input, async ({ ctx, referral, tx }) => {
    const was = await isNotifierSuspected(tx, ctx.scope, referral.id);
    return decide(referral, { is: false, was, reason: input.reason });
  });
