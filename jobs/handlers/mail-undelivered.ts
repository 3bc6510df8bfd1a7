import { answerUndelivered } from '#usecases/answer-undelivered.ts';
import type { Handler } from './handler.ts';

/** A mail was given up: it is told otherwise. */
export const mailUndelivered: Handler<'mail.undelivered'> = async (makeCtx, payload) =>
  answerUndelivered(await makeCtx('mail.undelivered'), payload);
