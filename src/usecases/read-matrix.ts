import type { MatrixRow } from '#domain/organisation.ts';
import { currentUnit, isValid } from '#domain/organisation-tree.ts';
import { can, demand } from '#domain/policy.ts';
import { type LocalDay, localDay, T } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

const stateOf = ({ validity }: MatrixRow, today: LocalDay): 'planned' | 'in-force' | 'ended' => {
  if (isValid(validity, today)) return 'in-force';
  return validity.from !== null && T.PlainDate.compare(validity.from, today) > 0 ? 'planned' : 'ended';
};

/** The responsibility matrix with everything that it has held and will hold, and the units that a row may name. */
export const readMatrix = async (ctx: Ctx) => {
  demand(ctx.actor, 'matrix.read');
  const { organisation } = await currentWorld(ctx);
  const today = localDay(ctx.now);
  const { units, matrix } = organisation;
  return {
    mayChange: can(ctx.actor, 'matrix.propose'),
    rows: matrix.map((row) => ({
      ...row,
      validity: { from: row.validity.from?.toString() ?? null, until: row.validity.until?.toString() ?? null },
      unit: { id: row.unit, name: units.get(row.unit)?.name ?? row.unit },
      state: stateOf(row, today),
      /** Nobody can be given anything by it: its unit is closed and has no successor. */
      unitClosed: currentUnit(organisation, row.unit, today) === null,
    })),
    units: [...units.values()]
      .filter((unit) => isValid(unit.validity, today))
      .map(({ id, name, short, mayOwn, parent }) => ({
        id,
        name: short ? `${name} (${short})` : name,
        mayOwn,
        parent,
      })),
  };
};
