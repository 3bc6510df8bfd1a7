import { DomainError, type Reason } from '#domain/errors.ts';
import { type NotifierLine, notifierLine } from '#domain/notifier-view.ts';
import { demand } from '#domain/policy.ts';
import { cut } from '#domain/sees-what.ts';
import { iso } from '#domain/time.ts';
import { inOrder, inTransaction, type Tx } from '#store/db.ts';
import { findOwnNotifications, findToldFeedbacks } from '#store/notifications.ts';
import { findOpenRequests } from '#store/requests.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { findKey, openRecords, type SealedNotification } from './open-records.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 20;

/** What was told, sentence by sentence, exactly as it was previewed. */
type Answer = { id: string; child: string | null; told: Reason[] };
/** What the municipality asks, and by when it would like to know. */
type Asked = Answer & { dueAt: string };
export type OwnNotification = NotifierLine & {
  notificationId: string;
  childNames: string[];
  /** The title of who sent it and has left, in whose place one is told; null: one's own. */
  inPlaceOf: string | null;
  answers: Answer[];
  requests: Asked[];
};

type Sealed = { readonly id: string; readonly referralId: string; readonly told: Uint8Array };

/** The sentences as they were told or asked, opened with their referral's key; without what was destroyed meanwhile. */
export const openTold = async <Row extends Sealed>(
  ctx: Ctx,
  tx: Tx,
  slot: 'feedback' | 'request',
  rows: readonly Row[],
) => {
  const opened = await inOrder(rows, async ({ referralId, told, ...about }) => {
    const key = await findKey(ctx, tx, 'referral', referralId);
    return key ? [{ ...about, told: ctx.deps.vault.open(key, `${slot}:${about.id}`, told) as Reason[] }] : [];
  });
  return opened.flat();
};

/** *Mine underretninger*: the notifier's view of what this person sent, newest first. */
export const listOwnNotifications = (ctx: Ctx, cursor: string | undefined): Promise<Page<OwnNotification>> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const role = demand(ctx.actor, 'notification.list-own');
    if (ctx.actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    const rows = await findOwnNotifications(tx, ctx.scope, readCursor(cursor), PAGE + 1);
    const records = await openRecords(ctx, tx, 'notification', rows);
    const world = await currentWorld(ctx, tx);
    if (rows.length > 0) await logRead(ctx, tx, role, 'own-notifications', {});
    const { personId } = ctx.actor;
    const titleOf = (id: string | null): string => world.organisation.people.get(id ?? '')?.title ?? '';
    const names = (id: string): string[] =>
      (records.get(id) as SealedNotification | undefined)?.form.children.flatMap((c) => c.name ?? []) ?? [];
    const ids = rows.map(({ id }) => id);
    const answers = await openTold(ctx, tx, 'feedback', await findToldFeedbacks(tx, ctx.scope, ids));
    const requests = await openTold(ctx, tx, 'request', await findOpenRequests(tx, ctx.scope, ids));
    type Told = { notificationId: string; childPosition: number; told: Reason[] };
    const of = (id: string) => (one: Told) => one.notificationId === id;
    const about = ({ notificationId, childPosition, told }: Told) => ({
      child: names(notificationId)[childPosition] ?? null,
      told,
    });
    return pageOf(
      rows.map((row) => ({ row, at: row.receivedAt, id: row.id })),
      PAGE,
      ({ row }) =>
        cut('sent', 'notifier', {
          notificationId: row.id,
          childNames: names(row.id),
          inPlaceOf: row.senderPersonId === personId ? null : titleOf(row.senderPersonId),
          answers: answers.filter(of(row.id)).map((one) => ({ id: one.id, ...about(one) })),
          requests: requests.filter(of(row.id)).map((one) => ({ id: one.id, ...about(one), dueAt: iso(one.dueAt) })),
          ...notifierLine(row, world, ctx.now),
        }),
    );
  });
