import { callMeeting as decide } from '#domain/meeting.ts';
import type { Instant } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The step's meeting gets a date and an agenda, or another date; the step ends with that day. */
export const callMeeting = (
  asked: Ctx,
  input: Target & { readonly at: Instant; readonly agenda: string },
): Promise<Recorded> =>
  onReferral(asked, 'call-meeting', 'dispute.call-meeting', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, input, world, ctx.now),
  );
