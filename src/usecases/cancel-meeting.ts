import { cancelMeeting as decide } from '#domain/meeting.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The meeting is called off, with a reason; the step has its own time again. */
export const cancelMeeting = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'cancel-meeting', 'dispute.cancel-meeting', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, input, world, ctx.now),
  );
