import type { Reason } from '#domain/errors.ts';
import { DomainError } from '#domain/errors.ts';
import { departmentOf } from '#domain/notifier-view.ts';
import { type OwnerCard, ownerCard } from '#domain/owner-card.ts';
import { demand, grantingRole } from '#domain/policy.ts';
import type { Referral } from '#domain/referral.ts';
import { caseViewer, cut, type Viewer } from '#domain/sees-what.ts';
import type { World } from '#domain/world.ts';
import { findOwnerships } from '#store/case-page.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { findOwnReferral, findReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

export type Responsible = { view: 'unit'; card: OwnerCard } | { view: 'notifier'; department: Reason; phone: string };

/** The owner card of a referral that has been reached. */
export const cardOf = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
  world: World,
  viewer: Viewer,
): Promise<OwnerCard> => {
  const history = await findOwnerships(tx, ctx.scope, referral.id);
  const since = history.at(-1)?.startedAt ?? referral.registeredAt;
  return cut('card', viewer, ownerCard({ ...referral, since }, world.organisation, ctx.now));
};

/**
 * Who is responsible, as far as the asker may know: the unit's side sees the card, the notifier the department and its
 * phone number. Throws NOT_FOUND.
 */
export const tellResponsible = (ctx: Ctx, id: string): Promise<Responsible> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const world = await currentWorld(ctx, tx);
    const referral = await findReferral(tx, ctx.scope, id);
    if (referral && grantingRole(ctx.actor, 'referral.read', subjectOf(referral))) {
      demand(ctx.actor, 'referral.responsible', subjectOf(referral));
      const viewer = caseViewer(ctx.actor, subjectOf(referral));
      return { view: 'unit', card: await cardOf(ctx, tx, referral, world, viewer) };
    }
    const own = await findOwnReferral(tx, ctx.scope, id);
    if (!own) throw new DomainError('NOT_FOUND');
    demand(ctx.actor, 'referral.responsible', subjectOf(own));
    const { name, nameEn, phone } = departmentOf(world.organisation, own.ownerUnit);
    return cut('department', 'notifier', { view: 'notifier' as const, department: { da: name, en: nameEn }, phone });
  });
