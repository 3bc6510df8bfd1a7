import { climbEarly as decide } from '#domain/climb-early.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** Whoever speaks for a party takes the dispute to the next step before its time, with a reason. */
export const climbEarly = (
  asked: Ctx,
  input: Target & { readonly step: number; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'climb-early', 'dispute.climb-early', input, ({ ctx, open, world }) =>
    decide(open, { ...input, ...personOf(ctx) }, world, ctx.now),
  );
