import { beginAccess as begin, prolongAccess as prolong, withdrawAccess as withdraw } from '#domain/access-request.ts';
import { atLocal, T } from '#domain/time.ts';
import { closeAccessRequest, insertAccessRequest } from '#store/access-requests.ts';
import type { Ctx } from './context.ts';
import { getOpenRequest, onAccess } from './on-access.ts';
import { personOf } from './on-referral.ts';
import { dataKey } from './open-records.ts';

type Reasoned = { readonly id: string; readonly reason: string };

/** Somebody has asked for all about the child of a case. Throws INVALID, ILLEGAL_TRANSITION while another is open. */
export const beginAccess = (
  asked: Ctx,
  { id, reason, receivedOn }: Reasoned & { readonly receivedOn: string },
): Promise<{ requestId: string }> =>
  onAccess(asked, id, async ({ ctx, tx, referral, world }) => {
    const requestId = ctx.deps.newId(ctx.now);
    // Months are counted from the day, whatever the hour.
    const receivedAt = atLocal(T.PlainDate.from(receivedOn), '00:00');
    const decision = begin(referral, { id: requestId, receivedAt, reason }, world, ctx.now);
    const key = await dataKey(ctx, tx, 'access-request', requestId);
    const row = { id: requestId, referralId: id, receivedAt, openedBy: personOf(ctx).personId };
    await insertAccessRequest(tx, ctx.scope, { ...row, review: ctx.deps.vault.seal(key, 'review', {}) }, ctx.now);
    return { decision, answer: { requestId } };
  });

/** Two further months, once, before the first is over. Throws ILLEGAL_TRANSITION. */
export const prolongAccess = (asked: Ctx, { id, reason }: Reasoned): Promise<{ requestId: string }> =>
  onAccess(asked, id, async ({ ctx, tx, referral, world }) => {
    const { request } = await getOpenRequest(ctx, tx, id);
    return { decision: prolong(referral, reason, world, ctx.now), answer: { requestId: request.id } };
  });

/** It is not answered: taken back, or refused, with the reason. Throws NOT_FOUND, INVALID. */
export const withdrawAccess = (asked: Ctx, { id, reason }: Reasoned): Promise<{ requestId: string }> =>
  onAccess(asked, id, async ({ ctx, tx, referral }) => {
    const { request } = await getOpenRequest(ctx, tx, id);
    const decision = withdraw(referral, reason);
    await closeAccessRequest(tx, ctx.scope, { id: request.id, document: null, by: personOf(ctx).personId }, ctx.now);
    return { decision, answer: { requestId: request.id } };
  });
