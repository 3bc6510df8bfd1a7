import { DomainError, type Reason } from '#domain/errors.ts';
import { type NotifierLine, notifierLine } from '#domain/notifier-view.ts';
import { demand } from '#domain/policy.ts';
import { inOrder, inTransaction, type Tx } from '#store/db.ts';
import { findOwnNotifications, findToldFeedbacks } from '#store/notifications.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { dataKey, openRecords, type SealedNotification } from './open-records.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 20;

/** What was told, sentence by sentence, exactly as it was previewed. */
type Answer = { id: string; child: string | null; told: Reason[] };
export type OwnNotification = NotifierLine & { notificationId: string; childNames: string[]; answers: Answer[] };

const answersTo = async (ctx: Ctx, tx: Tx, notificationIds: readonly string[]) => {
  const found = await findToldFeedbacks(tx, ctx.scope, notificationIds);
  const open = async ({ id, referralId, told, ...about }: (typeof found)[number]) => {
    const key = await dataKey(ctx, tx, 'referral', referralId);
    return { ...about, id, told: ctx.deps.vault.open(key, `feedback:${id}`, told) as Reason[] };
  };
  return inOrder(found, open);
};

/** *Mine underretninger*: the notifier's view of what this person sent, newest first. */
export const listOwnNotifications = (ctx: Ctx, cursor: string | undefined): Promise<Page<OwnNotification>> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const role = demand(ctx.actor, 'notification.list-own');
    if (ctx.actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    const rows = await findOwnNotifications(tx, ctx.scope, readCursor(cursor), PAGE + 1);
    const opened = await openRecords(ctx, tx, 'notification', rows);
    const world = await currentWorld(ctx, tx);
    if (rows.length > 0) await logRead(ctx, tx, role, 'own-notifications', {});
    const names = (id: string): string[] =>
      (opened.get(id) as SealedNotification | undefined)?.form.children.flatMap((c) => c.name ?? []) ?? [];
    const answers = await answersTo(
      ctx,
      tx,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows.map((row) => ({ row, at: row.receivedAt, id: row.id })),
      PAGE,
      ({ row }) => ({
        notificationId: row.id,
        childNames: names(row.id),
        answers: answers
          .filter(({ notificationId }) => notificationId === row.id)
          .map(({ id, childPosition, told }) => ({ id, child: names(row.id)[childPosition] ?? null, told })),
        ...notifierLine(row, world, ctx.now),
      }),
    );
  });
