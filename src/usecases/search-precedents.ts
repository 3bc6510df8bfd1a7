import type { Organisation } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import { instant, iso } from '#domain/time.ts';
import { findPrecedents, findUnwritten, type PrecedentRow, type PrecedentSearch } from '#store/precedents.ts';
import type { Ctx } from './context.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 20;
/** Whoever has not told of it by then does not remember it well enough. */
const REMEMBERED = { hours: 24 * 180 } as const;
const MOST = 50;

const named = ({ units }: Organisation, id: string) => ({ id, name: units.get(id)?.name ?? id });

/** An earlier decision as it is shown, with its units by name and the row of the matrix that was made from it. */
export const shownPrecedent = (row: PrecedentRow, organisation: Organisation) => {
  const { writtenBy, units, outcome, disputeId: _dispute, ...precedent } = row;
  const made = organisation.matrix.find((one) => one.precedent === row.id);
  return {
    ...precedent,
    units: units.map((unit) => named(organisation, unit)),
    outcome: named(organisation, outcome),
    writtenBy: organisation.people.get(writtenBy)?.title ?? writtenBy,
    row: made ? { need: made.id, from: made.validity.from?.toString() ?? null } : null,
  };
};
export type ShownPrecedent = ReturnType<typeof shownPrecedent>;

/** *Tidligere afgørelser*: by need, age, unit, legal basis and words. They hold nothing of anybody. */
export const searchPrecedents = async (
  ctx: Ctx,
  { cursor, ...search }: PrecedentSearch & { readonly cursor?: string | undefined },
): Promise<Page<ShownPrecedent>> => {
  demand(ctx.actor, 'precedent.read');
  const { organisation } = await currentWorld(ctx);
  const page = { cursor: readCursor(cursor), limit: PAGE + 1 };
  const rows = await findPrecedents(ctx.deps.db, ctx.scope, search, page);
  return pageOf(
    rows.map((row) => ({ ...row, at: instant(row.writtenAt) })),
    PAGE,
    ({ at: _at, ...row }) => shownPrecedent(row, organisation),
  );
};

/** The disputes that have ended and of which nobody has told yet, for those whose task it is. */
export const readUnwritten = async (ctx: Ctx) => {
  demand(ctx.actor, 'precedent.write');
  const { organisation } = await currentWorld(ctx);
  const rows = await findUnwritten(ctx.deps.db, ctx.scope, ctx.now.subtract(REMEMBERED), MOST);
  return rows.map(({ parties, owner, endedAt, ...row }) => ({
    ...row,
    endedAt: iso(endedAt),
    parties: parties.map((unit) => named(organisation, unit)),
    owner: named(organisation, owner),
  }));
};
