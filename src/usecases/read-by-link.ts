import { DomainError } from '#domain/errors.ts';
import { notifierLine } from '#domain/notifier-view.ts';
import { demand } from '#domain/policy.ts';
import type { Tx } from '#store/db.ts';
import { findOwnNotifications, findToldFeedbacks } from '#store/notifications.ts';
import type { Ctx } from './context.ts';
import { openTold } from './list-own-notifications.ts';
import { currentWorld } from './world.ts';

/**
 * What a notifier without a login sees by a link and a code: the notifier's view of that one notification, without the
 * child's name, because a mailbox may have several readers. Several children are numbered in the order of the form. That it
 * was opened stands with the link, in the same transaction.
 */
export const readByLink = async (ctx: Ctx, tx: Tx) => {
  demand(ctx.actor, 'door.read');
  const [row] = await findOwnNotifications(tx, ctx.scope, null, 1);
  if (!row) throw new DomainError('NOT_FOUND');
  const world = await currentWorld(ctx, tx);
  const answers = await openTold(ctx, tx, 'feedback', await findToldFeedbacks(tx, ctx.scope, [row.id]));
  return {
    ...notifierLine(row, world, ctx.now),
    basis: row.basis,
    answers: answers.map(({ id, childPosition, told }) => ({ id, child: childPosition + 1, told })),
  };
};
