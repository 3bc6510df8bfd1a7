import { raiseDispute as decide } from '#domain/dispute.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A unit that is concerned says by hand whose the work is, with its reason. */
export const raiseDispute = (
  asked: Ctx,
  input: Target & {
    readonly unit: string;
    readonly whose: string;
    readonly basis: string;
    readonly reason: string;
    readonly shows?: string | null | undefined;
  },
): Promise<Recorded> =>
  onReferral(asked, 'raise-dispute', 'dispute.raise', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, { ...input, id: ctx.deps.newId(ctx.now) }, world, ctx.now),
  );
