import { demand } from '#domain/policy.ts';
import { type SendingRow, sentTogether, shownSending } from '#domain/sending.ts';
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
  const rows = await findSending(ctx.deps.db, scope, period);
  const shownOf = (of: readonly SendingRow[]) => of.map((row) => shownSending(row, whole || own.has(row.sender)));
  const departments = [...Map.groupBy(rows, ({ sender }) => departmentIn(world, sender))].map(([id, of]) => {
    const shown = shownOf(of);
    const department = id === null ? undefined : world.organisation.departments.get(id);
    return {
      id,
      name: department ? { da: department.name, en: department.nameEn } : null,
      sent: sentTogether(of, shown),
      rows: shown.map((row) => ({ ...row, name: nameIn(world, row.sender) })),
    };
  });
  // A sum over all would give away the only one that is hidden.
  const all = departments.every(({ sent }) => sent !== null);
  return {
    from: iso(period.from),
    until: iso(period.until),
    sent: all ? rows.reduce((sum, { sent }) => sum + sent, 0) : null,
    departments,
  };
};
