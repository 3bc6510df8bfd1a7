import { noteParents as decide, leaveParentsUntold as leave, type Noted } from '#domain/parents.ts';
import type { UntoldReason } from '#domain/parents-record.ts';
import { findParentsHold } from '#store/parents.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** Parents were told or heard by somebody. Throws ILLEGAL_TRANSITION before it is released. */
export const noteParents = (asked: Ctx, input: Target & Noted): Promise<Recorded> =>
  onReferral(asked, 'note-parents', 'referral.note-parents', input, async ({ ctx, referral, tx }) =>
    decide(referral, input, await findParentsHold(tx, ctx.scope, referral.id), ctx.now),
  );

/** Why they are not told. */
export const leaveParentsUntold = (
  asked: Ctx,
  input: Target & { readonly why: UntoldReason; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'leave-parents-untold', 'referral.leave-parents-untold', input, ({ referral }) =>
    leave(referral, input),
  );
