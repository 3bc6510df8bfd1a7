import type { NotificationForm } from '#domain/notification-form.ts';
import type { Referral } from '#domain/referral.ts';
import { iso } from '#domain/time.ts';
import type { StoredEvent } from '#store/case-events.ts';
import type { Tx } from '#store/db.ts';
import { findAdditions } from '#store/notifications.ts';
import type { Ctx } from './context.ts';
import { openInquiry, openNotification, openRecords, type SealedChild } from './open-records.ts';

type Child = NotificationForm['children'][number];

/** What somebody wrote or said of the child, opened: a notification with its additions, or an inquiry. */
export const contentOf = async (ctx: Ctx, tx: Tx, referral: Referral, events: readonly StoredEvent[]) => {
  if (!referral.notificationId) {
    const inquiry = await openInquiry(ctx, tx, events);
    return { inquiry, notification: null, child: inquiry?.child, channel: null, siblings: 0, additions: [] };
  }
  const { row, content } = await openNotification(ctx, tx, referral.notificationId);
  const additions = await findAdditions(tx, ctx.scope, row.id);
  const opened = await openRecords(ctx, tx, 'addition', additions);
  const child = content?.form.children[referral.childPosition];
  return {
    // Siblings of the same notification are referrals of their own; only that they exist is told here.
    inquiry: null,
    notification: content && child ? { ...content.form, children: [child], callNote: content.callNote } : null,
    child,
    channel: row.channel,
    siblings: (content?.form.children.length ?? 1) - 1,
    additions: additions.map((a) => ({
      id: a.id,
      at: iso(a.addedAt),
      authorId: a.authorId,
      text: (opened.get(a.id) as { text: string } | undefined)?.text ?? '',
    })),
  };
};

/** One line of where the child lives: as this notification has it, else as its own record does; null where nobody said. */
export const addressOf = (asSent: Partial<Child> | undefined, record: Partial<SealedChild>): string | null => {
  const address = asSent?.address ?? record.address;
  if (!address) return null;
  const place = [address.postalCode, address.city].filter(Boolean).join(' ');
  return [address.street, place].filter(Boolean).join(', ') || null;
};

/** The notification without where its children live, which is asked for by itself. */
export const withoutAddress = <N extends { readonly children: readonly Child[] }>(notification: N): N => ({
  ...notification,
  children: notification.children.map(({ address: _, ...child }) => child),
});
