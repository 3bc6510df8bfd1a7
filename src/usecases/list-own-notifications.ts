import { DomainError } from '#domain/errors.ts';
import { type NotifierLine, notifierLine } from '#domain/notifier-view.ts';
import { demand } from '#domain/policy.ts';
import { inTransaction } from '#store/db.ts';
import { findOwnNotifications } from '#store/notifications.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { openRecords, type SealedNotification } from './open-records.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 20;

export type OwnNotification = NotifierLine & { notificationId: string; childNames: string[] };

/** *Mine underretninger*: the notifier's view of what this person sent, newest first. */
export const listOwnNotifications = (ctx: Ctx, cursor: string | undefined): Promise<Page<OwnNotification>> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const role = demand(ctx.actor, 'notification.list-own');
    if (ctx.actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    const rows = await findOwnNotifications(tx, ctx.scope, readCursor(cursor), PAGE + 1);
    const opened = await openRecords(ctx, tx, 'notification', rows);
    const { organisation } = await currentWorld(ctx, tx);
    if (rows.length > 0) await logRead(ctx, tx, role, 'own-notifications', {});
    const names = (id: string): string[] =>
      (opened.get(id) as SealedNotification | undefined)?.form.children.flatMap((c) => c.name ?? []) ?? [];
    return pageOf(
      rows.map((row) => ({ row, at: row.receivedAt, id: row.id })),
      PAGE,
      ({ row }) => ({
        notificationId: row.id,
        childNames: names(row.id),
        ...notifierLine(row, organisation, ctx.now),
      }),
    );
  });
