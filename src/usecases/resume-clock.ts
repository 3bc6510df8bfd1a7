import { resumeClock as decide } from '#domain/pausing.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A clock that rests runs again before its pause was to end. */
export const resumeClock = (asked: Ctx, input: Target & { readonly clockId: string }): Promise<Recorded> =>
  onReferral(asked, 'resume-clock', 'referral.resume-clock', input, ({ ctx, referral, world }) =>
    decide(referral, input, world, ctx.now),
  );
