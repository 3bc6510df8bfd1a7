import { isValid } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { iso, localDay } from '#domain/time.ts';
import { findMachineKeys } from '#store/machine-keys.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

/** Every key there was, newest first, and the units that may have one. Never a secret. */
export const listMachineKeys = async (ctx: Ctx) => {
  demand(ctx.actor, 'machine.manage');
  const { organisation } = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const keys = await findMachineKeys(ctx.deps.db, ctx.scope);
  return {
    keys: keys.map((key) => ({
      id: key.id,
      name: key.name,
      unit: organisation.units.get(key.unitId)?.name ?? key.unitId,
      scopes: key.scopes,
      createdBy: organisation.people.get(key.createdBy)?.title ?? key.createdBy,
      createdAt: iso(key.createdAt),
      expiresAt: iso(key.expiresAt),
      lastUsedAt: key.lastUsedAt && iso(key.lastUsedAt),
      endedAt: key.endedAt && iso(key.endedAt),
      followed: key.followedBy !== null,
    })),
    units: [...organisation.units.values()]
      .filter(({ validity }) => isValid(validity, day))
      .map(({ id, name }) => ({ id, name })),
  };
};
