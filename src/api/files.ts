import { z } from 'zod';
import { removeFromDraft } from '#usecases/attach-to-draft.ts';
import { listDraftFiles, listSentFiles } from '#usecases/open-attachment.ts';
import { id } from './inputs.ts';
import { doing, router } from './trpc.ts';

/** What a notifier has put beside a draft or a notification; how files come and go stands in `attachments.ts`. */
export const files = router({
  ofDraft: doing('draft.read')
    .input(z.strictObject({ draftId: id }))
    .query(({ ctx, input }) => listDraftFiles(ctx.act, input.draftId)),
  ofNotification: doing('notification.prove')
    .input(z.strictObject({ notificationId: id }))
    .query(({ ctx, input }) => listSentFiles(ctx.act, input.notificationId)),
  remove: doing('draft.write')
    .input(z.strictObject({ draftId: id, id }))
    .mutation(({ ctx, input }) => removeFromDraft(ctx.act, input)),
});
