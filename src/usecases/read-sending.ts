import { PERIODS } from '#domain/figures.ts';
import { demand } from '#domain/policy.ts';
import { type SendingRow, type ShownSending, sentTogether, shownSending } from '#domain/sending.ts';
import { iso } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findSending } from '#store/sending.ts';
import type { Ctx } from './context.ts';
import { followedBy, ownUnits, periodOf } from './read-figures.ts';
import { currentWorld } from './world.ts';

/** The department of the unit; null: from outside the municipality, or from nobody's unit. */
const departmentIn = ({ organisation }: World, sender: string): string | null =>
  organisation.units.get(sender)?.department ?? null;

const nameIn = ({ organisation, rulebook }: World, sender: string) => {
  const unit = organisation.units.get(sender)?.name;
  const kind = rulebook.codes.notifiers.find(({ code }) => `code-${code}` === sender);
  return unit === undefined ? { da: kind?.da ?? sender, en: kind?.en ?? sender } : { da: unit, en: unit };
};

type Told = {
  readonly sent: number | null;
  readonly departments: readonly {
    readonly id: string | null;
    readonly sent: number | null;
    readonly rows: readonly ShownSending[];
  }[];
};

/** What is told of one period, so that the `longer` ones tell no more of it by subtraction. */
const toldOf = (
  world: World,
  of: readonly SendingRow[],
  isOwn: (sender: string) => boolean,
  longer: readonly Told[],
): Told => {
  const departments = [...Map.groupBy(of, ({ sender }) => departmentIn(world, sender))].map(([id, rows]) => {
    const before = longer.flatMap((one) => one.departments.filter((department) => department.id === id));
    const ofSender = (sender: string) => before.flatMap((one) => one.rows.filter((row) => row.sender === sender));
    const shown = rows.map((row) => shownSending(row, isOwn(row.sender), ofSender(row.sender)));
    const sums = before.map(({ sent }) => sent);
    return { id, sent: sentTogether(rows, shown, sums), rows: shown };
  });
  // A sum over all would give away the only one that is hidden.
  const all = departments.every(({ sent }) => sent !== null);
  return { departments, sent: all ? of.reduce((sum, { sent }) => sum + sent, 0) : null };
};

/**
 * *Hvor kommer underretningerne fra?* Of each sending institution what was sent, receipted, told, withheld and is silent, of
 * what has to do with the units that the person leads or follows; by the sender's department, each with its sum.
 */
export const readSending = async (ctx: Ctx, { days }: { readonly days: number }) => {
  demand(ctx.actor, 'figures.read');
  const world = await currentWorld(ctx);
  const scope = followedBy(ctx);
  const own = ownUnits(ctx);
  const whole = scope.disputesOf !== 'all' && scope.disputesOf.every((unit) => own.has(unit));
  const period = periodOf(ctx, days);
  const isOwn = (sender: string) => whole || own.has(sender);
  const longest = PERIODS.filter((one) => one >= days).toReversed();
  const read = await Promise.all(longest.map((one) => findSending(ctx.deps.db, scope, periodOf(ctx, one))));
  const told = read.reduce<readonly Told[]>((longer, rows) => longer.concat(toldOf(world, rows, isOwn, longer)), []);
  const { departments, sent } = told.at(-1) ?? { departments: [], sent: 0 };
  const named = departments.map(({ rows, ...one }) => {
    const department = world.organisation.departments.get(one.id ?? '');
    return {
      ...one,
      name: department ? { da: department.name, en: department.nameEn } : null,
      rows: rows.map((row) => ({ ...row, name: nameIn(world, row.sender) })),
    };
  });
  return { from: iso(period.from), until: iso(period.until), sent, departments: named };
};
