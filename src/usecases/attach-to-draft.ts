import { demandRoom } from '#domain/attachments.ts';
import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { deleteDraftFile, sumAttachments } from '#store/attachments.ts';
import type { Tx } from '#store/db.ts';
import { lockDraft, touchDraft } from '#store/drafts.ts';
import { actOnce, type Ctx } from './context.ts';
import { keepFile } from './keep-file.ts';

/** One writes at a time, and what was sent is a draft no more. Throws NOT_FOUND. */
const lockUnsent = async (ctx: Ctx, tx: Tx, id: string): Promise<void> => {
  const draft = await lockDraft(tx, ctx.scope, id);
  demand(ctx.actor, 'draft.write', draft);
  if (draft.notificationId !== null) throw new DomainError('NOT_FOUND');
};

/**
 * A file beside what is being written, by whoever writes on the draft: it is sent with it, and goes with it. Throws as
 * `keepFile`, INVALID where there is no more room.
 */
export const attachToDraft = (
  ctx: Ctx,
  { id, name }: { readonly id: string; readonly name: string },
  content: AsyncIterable<Uint8Array>,
): Promise<{ attachmentId: string }> => {
  const holder = { of: 'draft', id } as const;
  return keepFile(ctx, {
    ...{ holder, name, content },
    admit: async (tx) => {
      await lockUnsent(ctx, tx, id);
      demandRoom('draft', await sumAttachments(tx, ctx.scope, holder), { files: 1, bytes: 0 });
    },
    act: (covered, { id: attachmentId, bytes, finish }) =>
      actOnce(covered, async (tx) => {
        await lockUnsent(ctx, tx, id);
        demandRoom('draft', await sumAttachments(tx, ctx.scope, holder), { files: 0, bytes });
        await finish(tx, ctx.now);
        await touchDraft(tx, ctx.scope, id, ctx.now);
        return { attachmentId };
      }),
  });
};

/** Takes a file away again before it is sent; its content is destroyed. Of one that is gone it answers the same. */
export const removeFromDraft = (
  ctx: Ctx,
  { draftId, id }: { readonly draftId: string; readonly id: string },
): Promise<{ draftId: string }> =>
  actOnce(ctx, async (tx) => {
    await lockUnsent(ctx, tx, draftId);
    if (await deleteDraftFile(tx, ctx.scope, { id, draftId })) await touchDraft(tx, ctx.scope, draftId, ctx.now);
    return { draftId };
  });
