import { pauseClock as decide, type PauseReason } from '#domain/pausing.ts';
import type { Instant } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** A named person lets one of the municipality's own clocks rest until an instant, for a reason of a list. */
export const pauseClock = (
  asked: Ctx,
  input: Target & { readonly clockId: string; readonly reason: PauseReason; readonly until: Instant },
): Promise<Recorded> =>
  onReferral(asked, 'pause-clock', 'referral.pause-clock', input, ({ ctx, referral, world }) => {
    const { personId } = personOf(ctx);
    return decide(referral, { ...input, id: ctx.deps.newId(ctx.now) }, personId, world, ctx.now);
  });
