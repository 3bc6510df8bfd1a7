import { DomainError } from '#domain/errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { insertLink, isKeptFrom, lockRecords } from '#store/child-links.ts';
import { findToldOfLink } from '#store/families.ts';
import { getChild } from './child-record.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';
import { tellOfChildren } from './tell-of-children.ts';

export type Sibling = Target & { readonly sibling: string; readonly reason: string };

/** Two children are siblings, though no notification named both. Each one's units learn that the other's exists. */
export const linkSibling = (asked: Ctx, input: Sibling): Promise<Recorded & { linkId: string }> =>
  onReferral(asked, 'link-sibling', 'referral.link-sibling', input, async ({ ctx, referral, tx }) => {
    await lockRecords(tx, ctx.scope, [referral.childId, input.sibling]);
    if (await isKeptFrom(tx, ctx.scope, input.sibling)) throw new DomainError('NOT_FOUND');
    const own = await getChild(ctx, tx, referral.childId);
    const other = await getChild(ctx, tx, input.sibling);
    if (own.id === other.id) throw illegal('Det er samme barn.', 'It is the same child.');
    const linkId = ctx.deps.newId(ctx.now);
    const { personId } = personOf(ctx);
    const pair = { from: referral.childId, into: input.sibling, referralId: referral.id, by: personId };
    if (!(await insertLink(tx, ctx.scope, { id: linkId, kind: 'sibling', ...pair }, ctx.now))) {
      throw illegal('De er allerede tilføjet som søskende.', 'They are linked as siblings already.');
    }
    const told = await findToldOfLink(tx, ctx.scope, [own.id, other.id]);
    await tellOfChildren(
      ctx,
      tx,
      told.map((referralId) => ({ referralId, told: 'sibling-linked', subjectId: linkId })),
    );
    return {
      patch: {},
      facts: [{ kind: 'sibling-linked', data: { linkId }, sealed: { text: input.reason } }],
      answer: { linkId },
    };
  });
