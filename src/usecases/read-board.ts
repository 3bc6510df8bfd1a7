import type { Organisation } from '#domain/organisation.ts';
import { can, demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { findHandedOver, findOpenDisputes } from '#store/board.ts';
import { type Ctx, scopeFor } from './context.ts';
import { sidesOf } from './on-referral.ts';
import { pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

/** How many fit on a board that somebody looks over. */
const BOARD = 200;
const PAGE = 50;

const named = ({ units }: Organisation, id: string) => ({ id, name: units.get(id)?.name ?? id });

/**
 * *Uenigheder*: the open disputes and escalations whose page opens for this person, by the same rule. With `ours` those
 * of the units in which one handles referrals, for the list of cases. Holds no personal data.
 */
export const readBoard = async (ctx: Ctx, { ours }: { readonly ours: boolean }) => {
  demand(ctx.actor, 'dispute.list');
  const world = await currentWorld(ctx);
  const { organisation } = world;
  const rows = await findOpenDisputes(ctx.deps.db, ours ? scopeFor(ctx, 'referral.list') : ctx.scope, BOARD);
  const opens = (dispute: (typeof rows)[number]): boolean => {
    const sides = sidesOf(ctx, { handover: dispute.handover, dispute }, world);
    return can(ctx.actor, 'dispute.read', { ...sides, ownerUnit: dispute.ownerUnit });
  };
  return rows.filter(opens).map((d) => ({
    id: d.id,
    referralId: d.referralId,
    caseNumber: d.caseNumber,
    kind: d.kind,
    awaited: d.awaited,
    acute: d.acute,
    step: d.step,
    stepEndsAt: iso(d.stepEndsAt),
    raisedAt: iso(d.raisedAt),
    owner: named(organisation, d.ownerUnit),
    parties: d.parties.map(({ unit }) => named(organisation, unit)),
    proposal: d.proposal ? named(organisation, d.proposal.owner) : null,
  }));
};

/** *Overdraget til os*: what the units that one handles referrals in are asked to take. Holds no personal data. */
export const readHandedOver = async (ctx: Ctx, { cursor }: { readonly cursor?: string | undefined }) => {
  demand(ctx.actor, 'handover.list');
  const { organisation } = await currentWorld(ctx);
  const page = { cursor: readCursor(cursor), limit: PAGE + 1 };
  const rows = await findHandedOver(ctx.deps.db, scopeFor(ctx, 'handover.list'), page);
  return pageOf(
    rows.map((row) => ({ ...row, at: row.dueAt })),
    PAGE,
    (h) => ({
      id: h.id,
      referralId: h.referralId,
      caseNumber: h.caseNumber,
      acute: h.acute,
      from: named(organisation, h.from),
      to: named(organisation, h.to),
      proposedAt: iso(h.proposedAt),
      dueAt: iso(h.dueAt),
    }),
  );
};
