import { combine } from '#domain/combine.ts';
import { illegal } from '#domain/lifecycle.ts';
import { lockRecords, undoLink as undo } from '#store/child-links.ts';
import { findToldOfLink } from '#store/families.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';
import { reassessmentAnew } from './reassessment-anew.ts';
import { tellOfChildren } from './tell-of-children.ts';

export type Undoing = Target & { readonly linkId: string; readonly reason: string };

/**
 * Records that were merged by mistake stand apart again exactly as before, or two children are no siblings after all.
 * By any unit that has a referral of one of them; all are told. Throws ILLEGAL_TRANSITION when it has been undone.
 */
export const undoLink = (asked: Ctx, input: Undoing): Promise<Recorded> =>
  onReferral(asked, 'undo-link', 'referral.undo-link', input, async ({ ctx, referral, world, tx }) => {
    await lockRecords(tx, ctx.scope, [referral.childId]);
    const { personId } = personOf(ctx);
    const undone = await undo(tx, ctx.scope, { id: input.linkId, referralId: referral.id, by: personId }, ctx.now);
    if (!undone) throw illegal('Det er allerede fortrudt.', 'It has been undone already.');
    const kind = undone.kind === 'same' ? 'children-unmerged' : 'sibling-unlinked';
    const told = await findToldOfLink(tx, ctx.scope, [undone.from, undone.into]);
    await tellOfChildren(
      ctx,
      tx,
      told.map((referralId) => ({ referralId, told: kind, subjectId: input.linkId })),
    );
    const facts = [{ kind, data: { linkId: input.linkId }, sealed: { text: input.reason } }];
    return combine({ patch: {}, facts }, await reassessmentAnew(ctx, tx, referral, world));
  });
