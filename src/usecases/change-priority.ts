import { changeDisputePriority } from '#domain/advance-dispute.ts';
import { changePriority as decide } from '#domain/priority.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A team leader makes the matter acute, or ordinary again; its policy clocks and its ladder follow. */
export const changePriority = (
  asked: Ctx,
  input: Target & { readonly acute: boolean; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'change-priority', 'referral.change-priority', input, ({ ctx, referral, open, world }) =>
    changeDisputePriority(referral, decide(referral, input, world, ctx.now), open, world, ctx.now),
  );
