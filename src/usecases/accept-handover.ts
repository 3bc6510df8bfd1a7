import { acceptHandover as decide } from '#domain/handover-answer.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** A named person of the receiving unit takes the work, which acknowledges it and settles what is open. */
export const acceptHandover = (asked: Ctx, input: Target & {}): Promise<Recorded> =>
  onReferral(asked, 'accept-handover', 'handover.accept', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, personOf(ctx), world, ctx.now),
  );
