import { answerRequest as decide } from '#domain/asking.ts';
import { combine } from '#domain/combine.ts';
import { getRequestToAnswer } from '#store/requests.ts';
import { addedTo, layBeside, tellOthers } from './add-to-notification.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded } from './on-referral.ts';

/**
 * The notifier tells what was asked for. It is laid beside the notification, which stays as sent, and meets the
 * request's clock; whoever has the matter is told. Throws NOT_FOUND, ILLEGAL_TRANSITION when it was answered before.
 */
export const answerRequest = async (
  asked: Ctx,
  input: { readonly requestId: string; readonly text: string },
): Promise<Recorded & { additionId: string }> => {
  const { referralId: id } = await getRequestToAnswer(asked.deps.db, asked.scope, input.requestId);
  return onReferral(asked, 'answer-request', 'referral.answer-request', { id }, async ({ ctx, tx, referral }) => {
    const request = await getRequestToAnswer(tx, ctx.scope, input.requestId);
    const additionId = ctx.deps.newId(ctx.now);
    const answered = decide(referral, request, additionId);
    const notificationId = referral.notificationId ?? '';
    await layBeside(ctx, tx, { id: additionId, notificationId, text: input.text });
    await tellOthers(ctx, tx, { notificationId, additionId, known: [id] });
    return { ...combine({ patch: {}, facts: [addedTo(additionId)] }, answered), answer: { additionId } };
  });
};
