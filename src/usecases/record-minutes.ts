import { recordMinutes as decide } from '#domain/meeting.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** What the meeting came to is written down, for every side to read. */
export const recordMinutes = (asked: Ctx, input: Target & { readonly minutes: string }): Promise<Recorded> =>
  onReferral(asked, 'record-minutes', 'dispute.record-minutes', input, ({ ctx, open, world }) =>
    decide(open, input, world, ctx.now),
  );
