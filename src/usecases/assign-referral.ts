import { assign } from '#domain/assignment.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A named colleague of the owning unit becomes its handler and is told. */
export const assignReferral = (asked: Ctx, input: Target & { readonly personId: string }): Promise<Recorded> =>
  onReferral(asked, 'assign', 'referral.assign', input, ({ ctx, referral, world: { organisation } }) =>
    assign(referral, input.personId, organisation, ctx.now),
  );
