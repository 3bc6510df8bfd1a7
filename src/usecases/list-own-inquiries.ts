import { DomainError, type Reason } from '#domain/errors.ts';
import { ownerCard } from '#domain/owner-card.ts';
import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { inTransaction } from '#store/db.ts';
import { findRegisteredInquiries } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

const MOST = 20;

export type OwnInquiry = {
  readonly id: string;
  readonly caseNumber: string;
  readonly registeredAt: string;
  readonly closed: boolean;
  readonly unit: { readonly name: string; readonly phone: string };
  readonly department: Reason;
  readonly since: string;
};

/**
 * The latest inquiries that this person registered, newest first, each with who is responsible for it now: whoever
 * registers for a family must be able to tell it whom to call, also when another unit owns the matter. Whether the
 * units dispute it is not theirs to know.
 */
export const listOwnInquiries = (ctx: Ctx): Promise<OwnInquiry[]> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'inquiry.list-own');
    if (ctx.actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    const { organisation } = await currentWorld(ctx, tx);
    return (await findRegisteredInquiries(tx, ctx.scope, MOST)).map((referral) => {
      const { unit, department, since } = ownerCard(referral, organisation, ctx.now);
      return {
        id: referral.id,
        caseNumber: referral.caseNumber,
        registeredAt: iso(referral.registeredAt),
        closed: referral.closedAt !== null,
        unit: { name: unit.name, phone: unit.phone },
        department,
        since,
      };
    });
  });
