import type { Role } from '#domain/organisation.ts';
import { hourBegun } from '#domain/quiet-times.ts';
import type { Purpose } from '#domain/read-purposes.ts';
import type { Tx } from '#store/db.ts';
import { insertRead } from '#store/read-log.ts';
import type { Ctx } from './context.ts';
import { readMac } from './read-mac.ts';

/** What a person was shown and why; in the reading's own transaction, so that nothing is shown unlogged. The id tells no minute. */
export const logRead = async (
  ctx: Ctx,
  tx: Tx,
  role: Role | 'system',
  purpose: Purpose,
  what: { readonly referralIds?: readonly string[]; readonly childIds?: readonly string[] },
): Promise<void> => {
  if (ctx.actor.kind !== 'person') return;
  const { personId, unitId } = ctx.actor;
  const { referralIds = [], childIds = [] } = what;
  const entry = { id: ctx.deps.newId(hourBegun(ctx.now)), personId, unitId, role, purpose, referralIds, childIds };
  await insertRead(tx, ctx.scope, { ...entry, mac: readMac(ctx.deps.vault, entry) }, ctx.now);
};
