import { byPlace, concernsOf, type Place, weightOf } from '#domain/board-order.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Organisation } from '#domain/organisation.ts';
import type { Dispute } from '#domain/ownership.ts';
import { can, demand } from '#domain/policy.ts';
import { cut } from '#domain/sees-what.ts';
import { iso } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findHandedOver, findOpenDisputes } from '#store/board.ts';
import { type Ctx, scopeFor } from './context.ts';
import { sidesOf } from './on-referral.ts';
import { pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 50;

export const named = ({ units }: Organisation, id: string) => ({ id, name: units.get(id)?.name ?? id });

const counted = <Of>(all: readonly Of[]) =>
  [...Map.groupBy(all, (of) => of)].map(([of, { length: count }]) => ({ of, count }));

export type BoardQuery = {
  readonly ours: boolean;
  readonly kind: Dispute['kind'];
  /** Only those on this step, and of this unit. */
  readonly step?: number | undefined;
  readonly unit?: string | undefined;
  readonly cursor?: string | undefined;
};

/** `weight~instant~id`, where the last page ended. Throws INVALID on anything else. */
const readPlace = (text: string | undefined): Place | null => {
  const [weight = '', ...rest] = text?.split('~') ?? [];
  const cursor = readCursor(text === undefined ? undefined : rest.join('~'));
  if (cursor && !/^\d{1,3}$/.test(weight)) refuseField('cursor', 'invalid');
  return cursor && { ...cursor, weight: Number(weight) };
};

/** The open disputes and escalations whose page opens for this person, by the same rule as the page. */
export const openTo = async (ctx: Ctx, world: World, ours: boolean) => {
  const rows = await findOpenDisputes(ctx.deps.db, ours ? scopeFor(ctx, 'referral.list') : ctx.scope);
  return rows.flatMap((dispute) => {
    const sides = sidesOf(ctx, { handover: dispute.handover, dispute }, world);
    if (!can(ctx.actor, 'dispute.read', { ...sides, ownerUnit: dispute.ownerUnit })) return [];
    const decides = can(ctx.actor, 'dispute.decide', sides);
    const concerns = concernsOf(dispute, world, ctx.now);
    return [{ dispute, concerns, decides, id: dispute.id, at: dispute.stepEndsAt, weight: weightOf(concerns) }];
  });
};

/**
 * *Uenigheder*: what matters most on top, over all pages, with how many there are of each kind. With `ours` those of the
 * units in which one handles referrals, for the list of cases. Holds no personal data.
 */
export const readBoard = async (ctx: Ctx, q: BoardQuery) => {
  demand(ctx.actor, 'dispute.list');
  const after = readPlace(q.cursor);
  const world = await currentWorld(ctx);
  const { organisation } = world;
  const all = await openTo(ctx, world, q.ours);
  const ofKind = all.filter(({ dispute }) => dispute.kind === q.kind);
  const wanted = ofKind
    .filter(({ dispute: d }) => q.step === undefined || d.step === q.step)
    .filter(({ dispute: d }) => q.unit === undefined || d.parties.some(({ unit }) => unit === q.unit))
    .toSorted(byPlace);
  const page = wanted.filter((place) => after === null || byPlace(place, after) > 0).slice(0, PAGE + 1);
  const last = page.length > PAGE ? page[PAGE - 1] : undefined;
  return {
    items: page.slice(0, PAGE).map(({ dispute: d, concerns, decides }) =>
      cut('boardRow', null, {
        id: d.id,
        referralId: d.referralId,
        caseNumber: d.caseNumber,
        kind: d.kind,
        awaited: d.awaited,
        acute: d.acute,
        step: d.step,
        stepEndsAt: iso(d.stepEndsAt),
        raisedAt: iso(d.raisedAt),
        turns: d.turns,
        concerns,
        /** May this person settle it alone, now? */
        decides,
        owner: named(organisation, d.ownerUnit),
        parties: d.parties.map(({ unit }) => named(organisation, unit)),
        proposal: d.proposal ? named(organisation, d.proposal.owner) : null,
      }),
    ),
    nextCursor: last ? `${last.weight}~${iso(last.at)}~${last.id}` : null,
    /** Of each kind; then of the kind that is asked for, on each step and of each unit, to choose from. */
    counts: {
      dispute: all.filter(({ dispute }) => dispute.kind === 'dispute').length,
      escalation: all.filter(({ dispute }) => dispute.kind === 'escalation').length,
    },
    steps: counted(ofKind.map(({ dispute }) => dispute.step)).toSorted((a, b) => a.of - b.of),
    units: counted(ofKind.flatMap(({ dispute }) => dispute.parties.map(({ unit }) => unit)))
      .map(({ of, count }) => ({ ...named(organisation, of), count }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'da')),
  };
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
    (h) =>
      cut('offered', null, {
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
