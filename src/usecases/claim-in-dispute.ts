import { claim } from '#domain/dispute.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** A party says whose the work is, with reason and legal basis. */
export const claimInDispute = (
  asked: Ctx,
  input: Target & {
    readonly unit: string;
    readonly whose: string;
    readonly basis: string;
    readonly reason: string;
    readonly shows?: string | null | undefined;
  },
): Promise<Recorded> =>
  onReferral(asked, 'claim', 'dispute.claim', input, ({ ctx, referral, open, world }) =>
    claim(referral, open, { ...input, ...personOf(ctx) }, world, ctx.now),
  );
