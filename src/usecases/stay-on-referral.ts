import { DomainError } from '#domain/errors.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A named person says that they stay on it past closing time, so that it does not go to the duty unit this once. */
export const stayOnReferral = (ctx: Ctx, input: Target): Promise<Recorded> =>
  onReferral(ctx, 'stay-on', 'referral.stay-on', input, async () => {
    if (ctx.actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    const { personId } = ctx.actor;
    return { patch: { stayingPerson: personId }, facts: [{ kind: 'staying-on', data: { personId } }] };
  });
