import { demand } from '#domain/policy.ts';
import type { RecordKind } from '#platform/vault.ts';
import { inTransaction } from '#store/db.ts';
import { lockOldKeys, updateSealedKeys } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';

/**
 * Wraps at most `limit` data keys anew that another master key than the present one wraps; contents stay as they are.
 * Answers how many. May be ended at any moment and run by many: whoever comes next goes on where it stood.
 */
export const rewrapKeys = async (ctx: Ctx, limit: number): Promise<number> => {
  demand(ctx.actor, 'keys.rotate');
  const { deps, scope } = ctx;
  return inTransaction(deps.db, async (tx) => {
    const old = await lockOldKeys(tx, scope, deps.vault.current, limit);
    const wrapped = old.map((row) => deps.vault.rewrap({ ...row, recordKind: row.recordKind as RecordKind }));
    if (wrapped.length > 0) await updateSealedKeys(tx, scope, wrapped);
    return wrapped.length;
  });
};
