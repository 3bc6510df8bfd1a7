import {
  AGE,
  bandOf,
  type Figure,
  HOUR_FIGURES,
  LEFT,
  PAIR_FIGURES,
  shownCount,
  shownPart,
  shownTotal,
} from '#domain/figures.ts';
import { can, demand, unitsGranting, unitsServing } from '#domain/policy.ts';
import { followed, type Scope } from '#domain/scope.ts';
import { iso } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { type FigureRow, findEnded, findFigureCases, findFigures, findOwnerlessHours } from '#store/figures.ts';
import { type Ctx, scopeFor } from './context.ts';
import { named, openTo } from './read-board.ts';
import { currentWorld } from './world.ts';

/** Cases behind a number that somebody looks over. */
const MOST_CASES = 200;
const DAY_MS = 24 * 3_600_000;

export const periodOf = ({ now }: Ctx, days: number) => ({
  from: now.subtract({ milliseconds: days * DAY_MS }),
  until: now,
});

/** Units in which the person leads: what is theirs is told in full. */
export const ownUnits = (ctx: Ctx): ReadonlySet<string> => new Set(unitsGranting(ctx.actor, 'figures.read'));
/** Units that they follow as well, in figures that tell nobody's child. */
export const followedBy = (ctx: Ctx): Scope => followed(ctx.scope, unitsServing(ctx.actor, 'figures.read'));

type Names = Parameters<typeof named>[0];

const pairs = (rows: readonly FigureRow[], own: ReadonlySet<string>, organisation: Names) => {
  const cells = rows.map((row) => ({ ...row, own: own.has(row.unit) || own.has(row.other ?? '') }));
  return {
    total: shownTotal(cells),
    cells: cells.map(({ unit, other, count, back, own: mine }) => ({
      from: named(organisation, unit),
      to: named(organisation, other ?? ''),
      count: shownCount(count, mine),
      back: shownPart(back, count, mine),
      own: mine,
    })),
  };
};

const hours = (rows: readonly FigureRow[], own: ReadonlySet<string>, organisation: Names) =>
  rows.map(({ unit, children, hours: sum }) => {
    const mine = own.has(unit);
    const shown = shownCount(children, mine);
    return {
      unit: named(organisation, unit),
      children: shown,
      hours: shown === null ? null : sum,
      perChild: shown === null ? null : sum / children,
      own: mine,
    };
  });

const open = async (ctx: Ctx) => {
  const world = await currentWorld(ctx);
  const now = ctx.now.epochMilliseconds;
  // Everything here stands on the person's own board, where it can be counted by hand: nothing to suppress.
  const each = (await openTo(ctx, world, false)).map(({ dispute }) => ({
    kind: dispute.kind,
    step: dispute.step,
    left: bandOf(LEFT, dispute.stepEndsAt.epochMilliseconds - now),
    age: bandOf(AGE, now - dispute.raisedAt.epochMilliseconds),
    units: dispute.parties.map(({ unit }) => unit),
  }));
  const counted = (values: readonly (string | number)[]) =>
    [...Map.groupBy(values, (value) => value)].map(([value, { length }]) => ({ value: String(value), count: length }));
  return (['dispute', 'escalation'] as const).map((kind) => {
    const all = each.filter((one) => one.kind === kind);
    const units = counted(all.flatMap((one) => one.units)).map(({ value, count }) => ({
      unit: named(world.organisation, value),
      count,
    }));
    return {
      kind,
      count: all.length,
      steps: counted(all.map(({ step }) => step)).toSorted((a, b) => a.value.localeCompare(b.value)),
      left: counted(all.map(({ left }) => left)),
      ages: counted(all.map(({ age }) => age)),
      units: units.toSorted((a, b) => b.count - a.count || a.unit.name.localeCompare(b.unit.name, 'da')),
    };
  });
};

const read = async (ctx: Ctx, tx: Tx, figure: Figure, days: number): Promise<FigureRow[]> =>
  findFigures(tx, followedBy(ctx), figure, periodOf(ctx, days));

/**
 * *Tal om ansvar*, of the units that the person leads or follows: what is open by step, time left, age and unit; hours
 * without owner, not acknowledged, provisional; who hands over to whom and how much comes back. No case and no child.
 */
export const readFigures = async (ctx: Ctx, { days }: { readonly days: number }) => {
  demand(ctx.actor, 'figures.read');
  const { db } = ctx.deps;
  const { organisation } = await currentWorld(ctx);
  const own = ownUnits(ctx);
  const { disputesOf } = followedBy(ctx);
  const whole = disputesOf !== 'all' && disputesOf.every((unit) => own.has(unit));
  const period = periodOf(ctx, days);
  const ended = await findEnded(db, followedBy(ctx), period);
  const [moved, asked] = await Promise.all(PAIR_FIGURES.map((figure) => read(ctx, db, figure, days)));
  const [provisional, unacknowledged] = await Promise.all(HOUR_FIGURES.map((figure) => read(ctx, db, figure, days)));
  return {
    from: iso(period.from),
    until: iso(period.until),
    open: await open(ctx),
    ended: ended.map(({ kind, step, count, medianHours }) => {
      const shown = shownCount(count, whole);
      return { kind, step, count: shown, medianHours: shown === null ? null : medianHours };
    }),
    ownerlessHours: await findOwnerlessHours(db, followedBy(ctx), period),
    moved: pairs(moved ?? [], own, organisation),
    asked: pairs(asked ?? [], own, organisation),
    provisional: hours(provisional ?? [], own, organisation),
    unacknowledged: hours(unacknowledged ?? [], own, organisation),
    /** May the cases behind a number of one's own units be opened? */
    opensCases: can(ctx.actor, 'referral.list'),
  };
};

export type FigureCasesQuery = {
  readonly figure: Figure;
  readonly unit: string;
  readonly other?: string | undefined;
  readonly days: number;
};

/** The cases behind one number that the person may open. Holds no personal data. */
export const readFigureCases = async (ctx: Ctx, { figure, unit, other, days }: FigureCasesQuery) => {
  demand(ctx.actor, 'figures.cases');
  const { organisation } = await currentWorld(ctx);
  const q = { figure, unit, other: other ?? null, period: periodOf(ctx, days), limit: MOST_CASES };
  const cases = await findFigureCases(ctx.deps.db, scopeFor(ctx, 'referral.list'), q);
  return {
    unit: named(organisation, unit),
    other: other === undefined ? null : named(organisation, other),
    cases: cases.map(({ hours: sum, ...one }) => ({
      ...one,
      hours: HOUR_FIGURES.some((f) => f === figure) ? sum : null,
    })),
  };
};
