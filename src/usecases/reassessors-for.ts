import { withoutBarred } from '#domain/conflict.ts';
import { reassessorsOf } from '#domain/reassessors.ts';
import type { Referral } from '#domain/referral.ts';
import { relatedTo } from '#domain/restriction.ts';
import { localDay } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { findTouches } from '#store/reassessments.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

/**
 * Who may make the re-assessment, by the whole history of the child's case; never anybody who is related to the child. Of
 * a restricted case one of the named in its own unit; where none of those may, somebody else, to whom naming them opens it.
 * `nameOne`: nobody who may sees it as it is.
 */
export const reassessorsFor = async (ctx: Ctx, tx: Tx, referral: Referral) => {
  const touched = new Set((await findTouches(tx, ctx.scope, referral.id)).map(({ personId }) => personId));
  const day = localDay(ctx.now);
  const world = await currentWorld(ctx, tx);
  const without = (people: readonly string[]) =>
    reassessorsOf(withoutBarred(world, people, day).organisation, referral, touched, day);
  const inside = without(referral.barred);
  if (inside.from === 'own-unit') return { ...inside, nameOne: false };
  return { ...without(relatedTo(referral)), nameOne: true };
};
