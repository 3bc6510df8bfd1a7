import { withoutBarred } from '#domain/conflict.ts';
import { type Following, followUnit } from '#domain/follow-unit.ts';
import { type OpenMatters, openDispute } from '#domain/ownership.ts';
import type { Referral } from '#domain/referral.ts';
import { takerAt } from '#domain/taker.ts';
import { localDay } from '#domain/time.ts';
import { shareTo, type UnitPlan } from '#domain/unit-plan.ts';
import type { Followed } from '#domain/unit-report.ts';
import type { World } from '#domain/world.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { findOpenMatters, findOpenSides } from '#store/matters.ts';
import { lockReferrals } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { type Decided, recordMany } from './record-many.ts';
import { splitParts } from './split-parts.ts';

const NO_HISTORY: OpenMatters['history'] = { owners: [], firstRouted: '', parts: {} };

const worksAt = (personId: string | null, unit: string, { organisation }: World): boolean =>
  personId !== null && (organisation.people.get(personId)?.roles.some((held) => held.unit === unit) ?? false);

type Change = { readonly id: string; readonly plan: UnitPlan };
type Share = { readonly following: Following; readonly undecided: boolean };

/** Where the closing units' share of one referral goes, and to whom. `part`: that the rule of a split names. */
const shareOf = (ctx: Ctx, { id, plan }: Change, referral: Referral, part: string | null, world: World): Share => {
  const { closing, split, what } = plan;
  const to = shareTo(plan, part);
  const undecided = split !== null && part === null;
  const owner = to(referral.ownerUnit);
  const along = !undecided && worksAt(referral.handlerId, owner, world);
  const stays = split === null || owner === referral.ownerUnit || along;
  const day = localDay(ctx.now);
  const taker = takerAt(owner, withoutBarred(world, referral.barred, day).organisation, day)?.id ?? null;
  const parts = split === null ? {} : Object.fromEntries(closing.map((unit) => [unit, to(unit)]));
  return { following: { change: id, what, to, parts, handler: stays ? null : taker }, undecided };
};

/**
 * Lets these referrals follow their units, under their row locks and in the caller's transaction. What has followed
 * before, or was closed meanwhile, is passed over. Answers what it did.
 */
export const followBatch = async (
  ctx: Ctx,
  tx: Tx,
  change: Change,
  ids: readonly string[],
  world: World,
): Promise<Partial<Followed>> => {
  const { plan } = change;
  const referrals = (await lockReferrals(tx, ctx.scope, ids)).filter(({ closedAt }) => closedAt === null);
  const parts = plan.split && (await splitParts(ctx, tx, referrals, plan.split, world));
  const sides = await findOpenSides(tx, ctx.scope, ids);
  const decided = await inOrder(referrals, async (referral) => {
    const side = sides.get(referral.id);
    // Only an acute matter in dispute looks at who has had it; reading that for all would cost more than the rest.
    const open: OpenMatters =
      referral.acute && side?.dispute
        ? await findOpenMatters(tx, ctx.scope, referral.id)
        : { handover: side?.handover ?? null, dispute: side?.dispute ?? null, history: NO_HISTORY };
    const { following, undecided } = shareOf(ctx, change, referral, parts?.get(referral.id) ?? null, world);
    const decision = followUnit(referral, open, following, world, ctx.now);
    return decision ? [{ referral, decision, open, undecided }] : [];
  });
  const all = decided.flat();
  const units = [...plan.closing, ...(plan.into ? [plan.into] : []), ...(plan.split?.parts ?? [])];
  await recordMany(ctx, tx, world, all satisfies readonly Decided[], units);
  const owned = all.filter(({ decision, referral }) => decision.move && decision.move.unit !== referral.ownerUnit);
  const byPart = plan.split
    ? Map.groupBy(owned, ({ decision }) => decision.move?.unit ?? '')
    : new Map<string, typeof owned>();
  const lost = all.filter(({ undecided }) => undecided);
  return {
    referrals: all.length,
    owners: owned.length,
    handovers: all.filter(({ open }) => open.handover !== null).length,
    disputes: all.filter(({ open }) => openDispute(open) !== null).length,
    ended: all.reduce(
      (sum, { decision: { handovers = [], disputes = [] } }) =>
        sum +
        handovers.filter(({ is }) => is.state === 'withdrawn').length +
        disputes.filter(({ is }) => is.state === 'settled').length,
      0,
    ),
    parts: Object.fromEntries([...byPart].map(([part, list]) => [part, list.length])),
    undecided: lost.map(({ referral }) => referral.caseNumber),
    undecidedCount: lost.length,
  };
};
