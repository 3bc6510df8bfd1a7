import { withdrawRequest as decide } from '#domain/asking.ts';
import { DomainError } from '#domain/errors.ts';
import { findRequests } from '#store/requests.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The notifier need not answer any more: it was told on the phone, or it is known by now. */
export const withdrawRequest = (
  asked: Ctx,
  input: Target & { readonly requestId: string; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'withdraw-request', 'referral.withdraw-request', input, async ({ ctx, tx, referral }) => {
    const request = (await findRequests(tx, ctx.scope, referral.id)).find(({ id }) => id === input.requestId);
    if (!request) throw new DomainError('NOT_FOUND');
    return decide(referral, request, input.reason);
  });
