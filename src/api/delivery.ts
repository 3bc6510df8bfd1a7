import { z } from 'zod';
import { LETTER_WAYS } from '#domain/letter-record.ts';
import { TASK_OUTCOMES } from '#domain/tasks.ts';
import { finishTask } from '#usecases/finish-task.ts';
import { listLetters } from '#usecases/list-letters.ts';
import { countMessages, listMessages, MESSAGE_STATES } from '#usecases/list-messages.ts';
import { listTasks } from '#usecases/list-tasks.ts';
import { readLetter } from '#usecases/read-letter.ts';
import { readOutage } from '#usecases/read-outage.ts';
import { reportMessage } from '#usecases/report-message.ts';
import { resendMessages } from '#usecases/resend-messages.ts';
import { sendLetter } from '#usecases/send-letter.ts';
import { tellReading } from '#usecases/tell-reading.ts';
import { at, id, page, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const one = z.strictObject({ id });
const state = z.enum(MESSAGE_STATES);

export const tasks = router({
  list: doing('task.list')
    .input(page)
    .query(({ ctx, input }) => listTasks(ctx.act, input.cursor)),
  /** What was read that a task asks about. */
  reading: doing('task.reading')
    .input(one)
    .query(({ ctx, input }) => tellReading(ctx.act, input.id)),
  finish: doing('task.finish')
    .input(z.strictObject({ id, outcome: z.enum(TASK_OUTCOMES) }))
    .mutation(({ ctx, input }) => finishTask(ctx.act, input)),
});

export const letters = router({
  list: doing('letter.list')
    .input(page)
    .query(({ ctx, input }) => listLetters(ctx.act, input.cursor)),
  get: doing('letter.read')
    .input(one)
    .query(({ ctx, input }) => readLetter(ctx.act, input.id)),
  send: doing('referral.deliver-receipt')
    .input(z.strictObject({ id, way: z.enum(LETTER_WAYS), occurredAt: at, spokenTo: text(200).nullable() }))
    .mutation(({ ctx, input }) => sendLetter(ctx.act, input)),
});

/** Where mails stand, for administrators. */
export const messages = router({
  list: doing('message.list')
    .input(page.extend({ state: state.nullable().default(null) }))
    .query(({ ctx, input }) => listMessages(ctx.act, input)),
  counts: doing('message.list').query(({ ctx }) => countMessages(ctx.act)),
  lastOutage: doing('message.list').query(({ ctx }) => readOutage(ctx.act)),
  resend: doing('message.resend')
    .input(one)
    .mutation(({ ctx, input }) => resendMessages(ctx.act, input)),
  resendAll: doing('message.resend')
    .input(z.strictObject({ state }))
    .mutation(({ ctx, input }) => resendMessages(ctx.act, input)),
  report: doing('message.report')
    .input(one)
    .mutation(({ ctx, input }) => reportMessage(ctx.act, input.id)),
});
