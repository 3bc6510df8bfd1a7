import { declineHandover as decide } from '#domain/handover-answer.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The receiving unit refuses with reason and legal basis and says whose it is instead, which may make a dispute. */
export const declineHandover = (
  asked: Ctx,
  input: Target & { readonly reason: string; readonly basis: string; readonly instead: string },
): Promise<Recorded> =>
  onReferral(asked, 'decline-handover', 'handover.decline', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, { ...input, nextId: ctx.deps.newId(ctx.now) }, world, ctx.now),
  );
