import { combine } from '#domain/combine.ts';
import { illegal } from '#domain/lifecycle.ts';
import { findLinks, lockRecords, undoLink as undo } from '#store/child-links.ts';
import { findToldOfLink } from '#store/families.ts';
import { barPeople, refuseToLeaveNobody } from './bar-people.ts';
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
    const link = (await findLinks(tx, ctx.scope, referral.id)).find(({ id }) => id === input.linkId);
    const gone = () => illegal('Det er allerede fortrudt.', 'It has been undone already.');
    if (!link) throw gone();
    const childIds = [link.from, link.into];
    const split = async () => {
      if (!(await undo(tx, ctx.scope, { id: link.id, referralId: referral.id, by: personId }, ctx.now))) throw gone();
    };
    // One record's list may hold nobody whom its own cases need: while they were one, the other's did.
    await barPeople(ctx, tx, { childIds }, split, refuseToLeaveNobody);
    const kind = link.kind === 'same' ? 'children-unmerged' : 'sibling-unlinked';
    const told = await findToldOfLink(tx, ctx.scope, childIds);
    await tellOfChildren(
      ctx,
      tx,
      told.map((referralId) => ({ referralId, told: kind, subjectId: input.linkId })),
    );
    const facts = [{ kind, data: { linkId: input.linkId }, sealed: { text: input.reason } }];
    return combine({ patch: {}, facts }, await reassessmentAnew(ctx, tx, referral, world));
  });
