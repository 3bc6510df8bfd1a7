import { type Lacking, newlyBarred, newlyLacking, type Standing } from '#domain/conflict-floor.ts';
import { illegal } from '#domain/lifecycle.ts';
import { toBeNamed } from '#domain/restriction.ts';
import { type Instant, localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findStandings } from '#store/conflicts.ts';
import type { Tx } from '#store/db.ts';
import { addNames } from '#store/restrictions.ts';
import type { Ctx } from './context.ts';
import { nameRows } from './name-needed.ts';
import { tellOfChildren } from './tell-of-children.ts';
import { currentWorld } from './world.ts';

const NO_MATTER = { assessmentUnit: null, receiverUnit: null, dispute: null };

/** Whom restricted cases lack in their units: a restriction reaches those of every unit, whose people its leader cannot know. */
const neededIn = (standings: readonly Standing[], world: World, now: Instant): readonly string[] => {
  const needed = standings.flatMap((one) =>
    one.restricted ? toBeNamed({ ...NO_MATTER, ...one }, one.restricted, world, now) : [],
  );
  return [...new Set(needed.map(({ person }) => person))];
};

/**
 * Makes a change of who is barred from the cases of these children, whose records the caller has locked: every case keeps
 * somebody who may lead it and do its work, else `refuse` throws; a restricted one is opened to whom it lacks, by the
 * restriction that reaches `referralId`, too. The system then looks at each case that somebody has
 * lost, of whichever unit, so that nothing of what they had stays with them.
 */
export const barPeople = async <T>(
  ctx: Ctx,
  tx: Tx,
  { referralId, childIds }: { readonly referralId: string; readonly childIds: readonly string[] },
  change: (before: readonly Standing[]) => Promise<T>,
  refuse: (lacking: Lacking) => never,
): Promise<T> => {
  const standings = (): Promise<Standing[]> => findStandings(tx, ctx.scope, childIds);
  const before = await standings();
  const made = await change(before);
  const world = await currentWorld(ctx, tx);
  const needed = neededIn(await standings(), world, ctx.now);
  if (needed.length > 0)
    await addNames(tx, ctx.scope, { referralId, people: nameRows(ctx, needed), by: null }, ctx.now);
  const after = await standings();
  const { organisation } = world;
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
