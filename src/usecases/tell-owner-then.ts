import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import { type OwnerCard, ownerCard } from '#domain/owner-card.ts';
import { ownerThen } from '#domain/owner-history.ts';
import { grantingRole } from '#domain/policy.ts';
import { type Instant, isAfter, iso } from '#domain/time.ts';
import { findEvents } from '#store/case-events.ts';
import { findClocks, findOwnerships } from '#store/case-page.ts';
import { inTransaction } from '#store/db.ts';
import { findReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/**
 * *Hvem havde den kl. …?*: the owner card as it was at an instant that has been, for whoever may open the case; null
 * before it arrived. A notifier has the present only: another department then would tell of a hand-over. Throws
 * NOT_FOUND, INVALID for an instant ahead.
 */
export const tellOwnerThen = (
  ctx: Ctx,
  { id, at }: { readonly id: string; readonly at: Instant },
): Promise<{ readonly at: string; readonly card: OwnerCard | null }> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await findReferral(tx, ctx.scope, id);
    if (!referral || !grantingRole(ctx.actor, 'referral.read', subjectOf(referral))) throw new DomainError('NOT_FOUND');
    if (isAfter(at, ctx.now)) refuseField('at', 'future');
    const { organisation } = await currentWorld(ctx, tx);
    const owners = await findOwnerships(tx, ctx.scope, id);
    const lines = await findEvents(tx, ctx.scope, id);
    const clocks = await findClocks(tx, ctx.scope, id);
    const facts = ownerThen({ owners, lines, clocks }, at);
    return { at: iso(at), card: facts ? ownerCard(facts, organisation, at) : null };
  });
