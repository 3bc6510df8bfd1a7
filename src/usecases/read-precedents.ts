import { DomainError } from '#domain/errors.ts';
import { rowFor, rowOn, unitForRow } from '#domain/matrix.ts';
import type { Organisation } from '#domain/organisation.ts';
import { type Dispute, openDispute } from '#domain/ownership.ts';
import { can, demand } from '#domain/policy.ts';
import { closest, type DisputeFacts } from '#domain/precedent.ts';
import { localDay } from '#domain/time.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { findEndedMatters, findOpenMatters } from '#store/matters.ts';
import { findCaseOfDispute, findPrecedentOf, findPrecedents, type PrecedentRow } from '#store/precedents.ts';
import { findInvolvedReferral } from '#store/referrals.ts';
import { findChanges } from '#store/setup.ts';
import type { Ctx } from './context.ts';
import { matterOf, sidesOf } from './on-referral.ts';
import { shownPrecedent } from './search-precedents.ts';
import { currentWorld } from './world.ts';

/** So many are compared, the newest; so few are shown. */
const COMPARED = 2_000;
const SHOWN = 3;
const ANY = { words: null, need: null, age: null, unit: null, basis: null } as const;

const unitsOf = ({ parties }: Dispute): readonly string[] => [
  ...new Set(parties.flatMap(({ unit, whose }) => (whose === null ? [unit] : [unit, whose]))),
];

const factsOf = (dispute: Dispute, need: string | null, age: number | null): DisputeFacts => ({
  need,
  age,
  units: unitsOf(dispute),
  bases: dispute.parties.flatMap(({ basis }) => (basis === null ? [] : [basis])),
});

const rowShown = (
  organisation: Organisation,
  need: string | null,
  age: number | null,
  on: ReturnType<typeof localDay>,
) => {
  const row = rowFor(organisation.matrix, need, age, on);
  if (!row) return null;
  const { id, basis, change, needEn, ages } = row;
  const unit = { id: row.unit, name: organisation.units.get(row.unit)?.name ?? row.unit };
  return {
    id,
    need: row.need,
    needEn,
    basis,
    unit,
    ages,
    from: row.validity.from?.toString() ?? null,
    decidedHere: change !== null,
  };
};

/** What an open dispute may learn from: the earlier decisions most like it, and the row of the matrix that applies. */
const ofOpen = async (ctx: Ctx, tx: Tx, referralId: string) => {
  const referral = await findInvolvedReferral(tx, ctx.scope, referralId);
  if (!referral) return null;
  const world = await currentWorld(ctx, tx);
  const open = await findOpenMatters(tx, ctx.scope, referralId);
  const dispute = openDispute(open);
  if (dispute?.kind !== 'dispute' || !can(ctx.actor, 'dispute.read', matterOf(ctx, referral, open, world))) return null;
  const { organisation } = world;
  const { need, childAge } = referral;
  const rows = await findPrecedents(tx, ctx.scope, ANY, { cursor: null, limit: COMPARED });
  const found = closest(rows, factsOf(dispute, need, childAge), SHOWN);
  return {
    view: 'open' as const,
    closest: found.map(({ precedent, like }) => ({
      precedent: shownPrecedent(precedent, organisation),
      like: { ...like, units: like.units.map((unit) => organisation.units.get(unit)?.name ?? unit) },
    })),
    row: rowShown(organisation, need, childAge, localDay(ctx.now)),
  };
};

/** What one click makes of it; `proposed`: the change that waits for a second person already. Null: the matrix says so. */
const asRow = async (ctx: Ctx, tx: Tx, told: PrecedentRow, organisation: Organisation) => {
  const unit = unitForRow(organisation, told.outcome);
  const row = told.need === null ? undefined : rowOn(organisation.matrix, told.need, localDay(ctx.now));
  if (organisation.matrix.some(({ precedent }) => precedent === told.id) || row?.unit === unit) return null;
  const open = await findChanges(tx, ctx.scope, 0);
  const waits = open.find(({ payload }) => (payload as Partial<{ precedent: unknown }>).precedent === told.id);
  return { unit: { id: unit, name: organisation.units.get(unit)?.name ?? unit }, proposed: waits?.id ?? null };
};

/** What was told of an ended dispute; for whoever may tell, what is known of it already, to begin with. */
const ofEnded = async (ctx: Ctx, tx: Tx, referralId: string) => {
  const world = await currentWorld(ctx, tx);
  const { organisation } = world;
  const ended = await findEndedMatters(tx, ctx.scope, referralId);
  const { dispute } = ended;
  if (dispute?.kind !== 'dispute' || !can(ctx.actor, 'dispute.read', sidesOf(ctx, ended, world))) return null;
  const told = await findPrecedentOf(tx, ctx.scope, dispute.id);
  const writes = can(ctx.actor, 'precedent.write');
  const about = writes ? await findCaseOfDispute(tx, ctx.scope, dispute.id) : null;
  return {
    view: 'ended' as const,
    disputeId: dispute.id,
    told: told ? shownPrecedent(told, organisation) : null,
    /** Whoever may tell of it. */
    begin: about ? { need: about.need, units: unitsOf(dispute), outcome: about.owner } : null,
    asRow: told && can(ctx.actor, 'matrix.propose') ? await asRow(ctx, tx, told, organisation) : null,
  };
};

/**
 * What earlier decisions say of a dispute, or what a dispute that has ended says to later ones. Throws NOT_FOUND to
 * whoever is no side of it and follows none.
 */
export const readPrecedents = (ctx: Ctx, referralId: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'precedent.read');
    const found = (await ofOpen(ctx, tx, referralId)) ?? (await ofEnded(ctx, tx, referralId));
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  });
