import { survivorOf } from '#domain/child-records.ts';
import { combine } from '#domain/combine.ts';
import { DomainError } from '#domain/errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { insertLink, isKeptFrom, lockRecords } from '#store/child-links.ts';
import { findToldOfLink } from '#store/families.ts';
import { barPeople, refuseToLeaveNobody } from './bar-people.ts';
import { getChild } from './child-record.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';
import { reassessmentAnew } from './reassessment-anew.ts';
import { tellOfChildren } from './tell-of-children.ts';

export type Merge = Target & {
  /** The record that turns out to be of the same child. */
  readonly other: string;
  /** As the dry run showed them: the record that resolves to the other, and that other. */
  readonly from: string;
  readonly into: string;
  readonly reason: string;
};

/**
 * Two records turn out to be of one child: the one resolves to the other from now on. No record, notification or
 * journal line is changed, so that undoing it restores what was. Every open referral of either is told. Throws STALE
 * when somebody has merged or separated one of them since the dry run, ILLEGAL_TRANSITION when
 * too many would be related to the one child.
 */
export const mergeChildren = (asked: Ctx, input: Merge): Promise<Recorded & { linkId: string }> =>
  onReferral(asked, 'merge-children', 'referral.merge-children', input, async ({ ctx, referral, world, tx }) => {
    const { from, into, reason } = input;
    await lockRecords(tx, ctx.scope, [referral.childId, input.other]);
    if (await isKeptFrom(tx, ctx.scope, input.other)) throw new DomainError('NOT_FOUND');
    const [own, other] = [await getChild(ctx, tx, referral.childId), await getChild(ctx, tx, input.other)];
    if (own.id === other.id) throw illegal('De er allerede samme barn.', 'They are the same child already.');
    const now = survivorOf(own, other);
    if (now.from !== from || now.into !== into) {
      throw new DomainError('STALE', {
        da: 'Journalerne er ændret, siden de blev vist.',
        en: 'The records have changed since they were shown.',
      });
    }
    const linkId = ctx.deps.newId(ctx.now);
    const pair = { from: referral.childId, into: input.other, referralId: referral.id };
    const resolved = own.id === from ? pair : { ...pair, from: pair.into, into: pair.from };
    const link = { id: linkId, kind: 'same', ...resolved, by: personOf(ctx).personId } as const;
    const merge = async () => {
      if (!(await insertLink(tx, ctx.scope, link, ctx.now))) throw new DomainError('STALE');
    };
    await barPeople(ctx, tx, { childIds: [referral.childId, input.other] }, merge, refuseToLeaveNobody);
    const told = await findToldOfLink(tx, ctx.scope, [into]);
    await tellOfChildren(
      ctx,
      tx,
      told.map((referralId) => ({ referralId, told: 'children-merged', subjectId: linkId })),
    );
    const merged = { patch: {}, facts: [{ kind: 'children-merged', data: { linkId }, sealed: { text: reason } }] };
    return { ...combine(merged, await reassessmentAnew(ctx, tx, referral, world)), answer: { linkId } };
  });
