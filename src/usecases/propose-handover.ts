import { proposeHandover as decide } from '#domain/handover.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** Asks another unit to take the work; this unit stays owner until it is accepted. */
export const proposeHandover = (
  asked: Ctx,
  input: Target & { readonly to: string; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'propose-handover', 'handover.propose', input, ({ ctx, referral, open, world }) =>
    decide(referral, open, { ...input, id: ctx.deps.newId(ctx.now) }, world, ctx.now),
  );
