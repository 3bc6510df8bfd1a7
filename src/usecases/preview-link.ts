import { hasTwoNumbers, survivorOf } from '#domain/child-records.ts';
import { parseCpr } from '#domain/cpr.ts';
import { refuseField } from '#domain/field-errors.ts';
import { demand } from '#domain/policy.ts';
import { findRecord, isKeptFrom } from '#store/child-links.ts';
import { inTransaction } from '#store/db.ts';
import { findReferralsOfRecords } from '#store/families.ts';
import { getReferral } from '#store/referrals.ts';
import { getChild, openChild } from './child-record.ts';
import { type Ctx, scopeFor } from './context.ts';
import { familyLine } from './family-line.ts';
import { logRead } from './log-read.ts';
import { subjectOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/**
 * The dry run before two records are merged or linked as siblings: which referrals, at which units, would share a
 * history. `other`: the other child's whole CPR, or the case number of one of its referrals. Of other units' referrals
 * only that they exist is told; the reading is logged. Throws INVALID when nobody is found.
 */
export const previewLink = (ctx: Ctx, input: { readonly id: string; readonly other: string }) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, input.id);
    const role = demand(ctx.actor, 'referral.merge-children', subjectOf(referral));
    const cpr = parseCpr(input.other, { training: ctx.deps.training });
    const by =
      'error' in cpr ? { caseNumber: input.other.trim() } : { cprIndex: ctx.deps.vault.index('cpr', cpr.digits) };
    const found = await findRecord(tx, ctx.scope, by);
    if (!found || (await isKeptFrom(tx, ctx.scope, found.id))) return refuseField('other', 'not-found');
    const own = await getChild(ctx, tx, referral.childId);
    const other = await openChild(ctx, tx, found);
    const { organisation } = await currentWorld(ctx, tx);
    const referrals = await findReferralsOfRecords(tx, scopeFor(ctx, 'referral.read'), [own.id, other.id]);
    await logRead(ctx, tx, role, 'merge-preview', { referralIds: [referral.id], childIds: [own.id, other.id] });
    return {
      ...survivorOf(own, other),
      other: found.askedId,
      same: own.id === other.id,
      otherIdentity: other.identity,
      twoNumbers: own.id !== other.id && hasTwoNumbers(own, other),
      referrals: referrals.map((one) => familyLine(one, organisation)),
    };
  });
