import { demand } from '#domain/policy.ts';
import { findEvents } from '#store/case-events.ts';
import { inTransaction } from '#store/db.ts';
import { getReferral } from '#store/referrals.ts';
import { addressOf, contentOf } from './case-content.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { subjectOf } from './on-referral.ts';
import { shownChild } from './read-family.ts';
import { namesIn, noticeOwnName } from './unusual-reading.ts';

/**
 * *Vis adressen*: where the child lives, for those who must go there. A protected one stands in no other answer; asking for
 * it is a reading with a purpose of its own. Throws NOT_FOUND, OUT_OF_SCOPE.
 */
export const showAddress = (ctx: Ctx, id: string): Promise<{ readonly address: string | null }> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, id);
    const role = demand(ctx.actor, 'referral.show-address', subjectOf(referral));
    const { record } = await shownChild(ctx, tx, referral);
    const { child: asSent, notification } = await contentOf(ctx, tx, referral, await findEvents(tx, ctx.scope, id));
    await logRead(ctx, tx, role, 'address', { referralIds: [id], childIds: [referral.childId] });
    const names = [asSent?.name, record.name, ...namesIn(notification)];
    await noticeOwnName(ctx, tx, referral, names);
    return { address: addressOf(asSent, record) };
  });
