import { type Lacking, newlyBarred, newlyLacking, type Standing } from '#domain/conflict-floor.ts';
import { illegal } from '#domain/lifecycle.ts';
import { type Needed, toBeNamed } from '#domain/restriction.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findStandings } from '#store/conflicts.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';
import { tellOfChildren } from './tell-of-children.ts';
import { nameBySystem, tellOfLists } from './tell-of-lists.ts';
import { currentWorld } from './world.ts';

const NO_MATTER = { receiverUnit: null, dispute: null };

type Read = () => Promise<Standing[]>;

/** Names whom restricted cases lack, of whichever unit, whose people the one who acts cannot know; whom, by the case. */
const nameInEach = async (ctx: Ctx, tx: Tx, read: Read, world: World): Promise<Map<string, readonly Needed[]>> => {
  const named = new Map<string, readonly Needed[]>();
  let standings = await read();
  for (const { id } of standings) {
    const one = standings.find((standing) => standing.id === id);
    const needed = one?.restricted ? toBeNamed({ ...NO_MATTER, ...one }, one.restricted, world, ctx.now) : [];
    if (needed.length === 0) continue;
    const people = needed.map(({ person }) => person);
    await nameBySystem(ctx, tx, id, people);
    named.set(id, needed);
    standings = await read();
  }
  return named;
};

type Concerned = {
  readonly childIds: readonly string[];
  /** In whose journal the act itself says how its list has changed; null: in none. */
  readonly saidIn?: string;
};

/**
 * Makes a change of who is barred from the cases of these children, whose records the caller has locked: every restricted
 * case, open or closed, is opened to whom it lacks, and every case keeps somebody who may lead it and do its work, else
 * `refuse` throws. The system then looks at each case that somebody has lost, of whichever unit, so that nothing of what
 * they had stays with them, and says in each whose list has changed.
 */
export const barPeople = async (
  ctx: Ctx,
  tx: Tx,
  { childIds, saidIn }: Concerned,
  change: (before: readonly Standing[]) => Promise<void>,
  refuse: (lacking: Lacking) => never,
): Promise<void> => {
  const read: Read = () => findStandings(tx, ctx.scope, childIds);
  const before = await read();
  await change(before);
  const world = await currentWorld(ctx, tx);
  const byRule = await nameInEach(ctx, tx, read, world);
  const after = await read();
  const lacking = newlyLacking(before, after, world.organisation, localDay(ctx.now));
  if (lacking) refuse(lacking);
  await tellOfLists(ctx, tx, before, after, { byRule, saidIn: saidIn ?? null });
  await tellOfChildren(
    ctx,
    tx,
    newlyBarred(before, after).map((referralId) => ({ referralId, told: 'reassessment', subjectId: null })),
  );
};

/** For acts that say something else than who is related, and would bring too many bars together. */
export const refuseToLeaveNobody = (): never => {
  throw illegal(
    'Så mange er inhabile over for barnet, at ingen ville være tilbage til at lede en af sagerne eller behandle den. Ophæv først en inhabilitet.',
    'So many are related to the child that nobody would be left to lead or handle one of the cases. Lift one of them first.',
  );
};
