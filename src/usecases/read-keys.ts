import { demand } from '#domain/policy.ts';
import { countSealedKeys } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';

export type KeyUse = {
  /** The master key that seals. */
  readonly current: number;
  /** How many records each master key opens; a key that opens none may be removed. */
  readonly versions: readonly { readonly version: number; readonly keys: number }[];
  /** Records that are still to be wrapped anew. */
  readonly left: number;
};

/** How far a rotation of the master keys has come. */
export const readKeys = async (ctx: Ctx): Promise<KeyUse> => {
  demand(ctx.actor, 'keys.rotate');
  const { current } = ctx.deps.vault;
  const versions = await countSealedKeys(ctx.deps.db, ctx.scope);
  const left = versions.reduce((sum, { version, keys }) => (version === current ? sum : sum + keys), 0);
  return { current, versions, left };
};
