import { z } from 'zod';
import { listDrafts, readDraft } from '#usecases/read-drafts.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { sendDraft } from '#usecases/send-draft.ts';
import { id, target } from './inputs.ts';
import { doing, router } from './trpc.ts';

const save = z.strictObject({
  id: id.optional(),
  stateVersion: z.int().min(0).optional(),
  form: z.looseObject({}),
});

export const drafts = router({
  list: doing('draft.read').query(({ ctx }) => listDrafts(ctx.act)),
  get: doing('draft.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readDraft(ctx.act, input.id)),
  save: doing('draft.write')
    .input(save)
    .mutation(({ ctx, input: { form, id: draftId, stateVersion } }) =>
      saveDraft(ctx.act, {
        form,
        ...(draftId === undefined ? {} : { id: draftId }),
        ...(stateVersion === undefined ? {} : { stateVersion }),
      }),
    ),
  send: doing('notification.submit')
    .input(target)
    .mutation(({ ctx, input }) => sendDraft(ctx.act, input)),
});
