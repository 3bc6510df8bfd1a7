import { z } from 'zod';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { answerRequest } from '#usecases/answer-request.ts';
import { listOwnNotifications } from '#usecases/list-own-notifications.ts';
import { printProof } from '#usecases/print-proof.ts';
import { listInstitutionNotifications, readInstitution } from '#usecases/read-institution.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { at, id, page, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

// The form itself is read in the use case, against the organisation and the day of receipt.
const form = z.looseObject({});

const registration = z.strictObject({
  channel: z.string().max(40),
  receivedAt: at,
  callNote: text(20_000).optional(),
  notification: form,
});

export const notifications = router({
  submit: doing('notification.submit')
    .input(form)
    .mutation(({ ctx, input }) => submitNotification(ctx.act, input)),
  register: doing('notification.register')
    .input(registration)
    .mutation(({ ctx, input }) => registerNotification(ctx.act, input)),
  mine: doing('notification.list-own')
    .input(page)
    .query(({ ctx, input }) => listOwnNotifications(ctx.act, input.cursor)),
  institution: doing('notification.list-institution').query(({ ctx }) => readInstitution(ctx.act)),
  ofInstitution: doing('notification.list-institution')
    .input(page)
    .query(({ ctx, input }) => listInstitutionNotifications(ctx.act, input.cursor)),
  add: doing('notification.add')
    .input(z.strictObject({ notificationId: id, text: text(20_000) }))
    .mutation(({ ctx, input }) => addToNotification(ctx.act, input)),
  proof: doing('notification.prove')
    .input(z.strictObject({ notificationId: id, language: z.enum(['da', 'en']) }))
    .query(({ ctx, input }) => printProof(ctx.act, input)),
  answer: doing('referral.answer-request')
    .input(z.strictObject({ requestId: id, text: text(20_000) }))
    .mutation(({ ctx, input }) => answerRequest(ctx.act, input)),
});
