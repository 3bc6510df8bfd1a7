import { demandRoom } from '#domain/attachments.ts';
import type { Fact } from '#domain/journal.ts';
import type { Role } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import { sumAttachments } from '#store/attachments.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { findReferralsOf, getNotification } from '#store/notifications.ts';
import { lockReferral } from '#store/referrals.ts';
import { tellHandler, tellOthers } from './add-to-notification.ts';
import { actOnce, type Ctx } from './context.ts';
import { keepFile, type Whole } from './keep-file.ts';
import { currentWorld } from './world.ts';

/** The line in the journal of each case that the notification has. */
export const receivedFile = ({ id, type, bytes, said }: Pick<Whole, 'id' | 'type' | 'bytes' | 'said'>): Fact => ({
  kind: 'file-received',
  data: { attachment: id, type, bytes },
  sealed: said,
});

const admitted = async (ctx: Ctx, tx: Tx, id: string): Promise<Role | 'system'> => {
  const { senderPersonId } = await getNotification(tx, ctx.scope, id);
  return demand(ctx.actor, 'notification.add', { senderPersonId });
};

/**
 * A file that the notifier lays beside what they sent, also when they are asked for more; the handlers are told. It stays.
 * Throws as `keepFile`, INVALID where there is no more room.
 */
export const attachToNotification = (
  ctx: Ctx,
  { id, name }: { readonly id: string; readonly name: string },
  content: AsyncIterable<Uint8Array>,
): Promise<{ attachmentId: string }> => {
  const holder = { of: 'notification', id } as const;
  return keepFile(ctx, {
    ...{ holder, name, content },
    admit: async (tx) => {
      await admitted(ctx, tx, id);
      demandRoom('notification', await sumAttachments(tx, ctx.scope, holder), { files: 1, bytes: 0 });
    },
    act: (covered, whole) =>
      actOnce(covered, async (tx) => {
        const role = await admitted(ctx, tx, id);
        const ids = await findReferralsOf(tx, ctx.scope, id);
        // Under their locks, so that two at once do not both find room.
        const referrals = await inOrder(ids, (one) => lockReferral(tx, ctx.scope, one));
        demandRoom('notification', await sumAttachments(tx, ctx.scope, holder), { files: 0, bytes: whole.bytes });
        await whole.finish(tx, ctx.now);
        const world = await currentWorld(ctx, tx);
        await inOrder(referrals, (referral) => tellHandler(ctx, tx, world, referral, receivedFile(whole), role));
        await tellOthers(ctx, tx, { notificationId: id, additionId: whole.id, known: ids });
        return { attachmentId: whole.id };
      }),
  });
};
