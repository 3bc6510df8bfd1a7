import { z } from 'zod';
import { openLink, renewLink, requestLinkCode } from '#usecases/notifier-links.ts';
import { readByLink } from '#usecases/read-by-link.ts';
import { readDoorChoices } from '#usecases/read-form-choices.ts';
import { requestDoorCode } from '#usecases/request-door-code.ts';
import { submitAnonymously } from '#usecases/submit-anonymously.ts';
import { submitAtDoor } from '#usecases/submit-at-door.ts';
import { returned } from './context.ts';
import { id } from './inputs.ts';
import { doingAtDoor, router } from './trpc.ts';

const language = z.enum(['da', 'en']);
const email = z.email('email').max(254);
/** The form itself is read in the use case. */
const notification = z.looseObject({});
const confirmation = z.strictObject({ id, code: z.string().trim().min(1, 'required').max(20) });
const token = z.string().max(100);

/** The door without a login. */
export const door = router({
  choices: doingAtDoor('door.look').query(({ ctx }) => readDoorChoices(ctx.act)),
  requestCode: doingAtDoor('door.request-code')
    .input(z.strictObject({ email, language }))
    .mutation(({ ctx, input }) => requestDoorCode(ctx.act, input)),
  submit: doingAtDoor('door.submit')
    .input(z.strictObject({ notification, confirmation: confirmation.nullable() }))
    .mutation(({ ctx, input }) => submitAtDoor(ctx.act, input)),
  submitAnonymously: doingAtDoor('door.submit-anonymously')
    .input(z.strictObject({ notification }))
    .mutation(({ ctx, input }) => submitAnonymously(ctx.act, input)),
  requestLinkCode: doingAtDoor('door.return')
    .input(z.strictObject({ token, language }))
    .mutation(({ ctx, input }) => requestLinkCode(ctx.act, input)),
  openLink: doingAtDoor('door.return')
    .input(z.strictObject({ token, confirmation }))
    .mutation(({ ctx, input }) =>
      openLink(ctx.act, input, (tx, notificationId) => readByLink(returned(ctx.act, notificationId), tx)),
    ),
  renewLink: doingAtDoor('door.return')
    .input(z.strictObject({ token }))
    .mutation(({ ctx, input }) => renewLink(ctx.act, input)),
});
