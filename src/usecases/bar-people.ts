import { type Lacking, newlyBarred, newlyLacking, type Standing } from '#domain/conflict-floor.ts';
import { illegal } from '#domain/lifecycle.ts';
import { localDay } from '#domain/time.ts';
import { findStandings } from '#store/conflicts.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';
import { tellOfChildren } from './tell-of-children.ts';
import { currentWorld } from './world.ts';

/**
 * Makes a change of who is barred from the cases of these children, whose records the caller has locked: every case keeps
 * somebody who may lead it and do its work, else `refuse` throws. The system then looks at each case that somebody has
 * lost, of whichever unit, so that nothing of what they had stays with them.
 */
export const barPeople = async <T>(
  ctx: Ctx,
  tx: Tx,
  childIds: readonly string[],
  change: (before: readonly Standing[]) => Promise<T>,
  refuse: (lacking: Lacking) => never,
): Promise<T> => {
  const standings = (): Promise<Standing[]> => findStandings(tx, ctx.scope, childIds);
  const before = await standings();
  const made = await change(before);
  const after = await standings();
  const { organisation } = await currentWorld(ctx, tx);
  const lacking = newlyLacking(before, after, organisation, localDay(ctx.now));
  if (lacking) refuse(lacking);
  await tellOfChildren(
    ctx,
    tx,
    newlyBarred(before, after).map((referralId) => ({ referralId, told: 'reassessment', subjectId: null })),
  );
  return made;
};

/** For acts that say something else than who is related, and would bring too many bars together. */
export const refuseToLeaveNobody = (): never => {
  throw illegal(
    'Så mange er inhabile over for barnet, at ingen ville være tilbage til at lede en af sagerne eller behandle den. Ophæv først en inhabilitet.',
    'So many are related to the child that nobody would be left to lead or handle one of the cases. Lift one of them first.',
  );
};
