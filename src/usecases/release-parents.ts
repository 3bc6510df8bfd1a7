import { holdParents as hold, releaseParents as release } from '#domain/parents.ts';
import { findParentsHold } from '#store/parents.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

type Reasoned = Target & { readonly reason: string };

/** A suspicion has come up: nothing may reach the parents until it is released. */
export const holdParents = (asked: Ctx, input: Reasoned): Promise<Recorded> =>
  onReferral(asked, 'hold-parents', 'referral.hold-parents', input, async ({ ctx, referral, tx }) =>
    hold(referral, input.reason, await findParentsHold(tx, ctx.scope, referral.id)),
  );

/** A leader or professional coordinator lets it reach those of them who are named. */
export const releaseParents = (asked: Ctx, input: Reasoned & { readonly whom: string }): Promise<Recorded> =>
  onReferral(asked, 'release-parents', 'referral.release-parents', input, async ({ ctx, referral, tx }) =>
    release(referral, input, await findParentsHold(tx, ctx.scope, referral.id)),
  );
