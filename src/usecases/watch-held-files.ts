import { centralIntake } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { askAbout, HELD_TOO_LONG, type Unsaid, unheardAgainAt } from '#domain/scanning.ts';
import { localDay } from '#domain/time.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { claimHeld, findHeldReasons } from '#store/held-files.ts';
import { wasTaskRaised } from '#store/tasks.ts';
import type { Ctx } from './context.ts';
import { handOverFiles } from './hand-over-files.ts';
import { raiseTask } from './raise-task.ts';
import { currentWorld } from './world.ts';

/** A named person is asked to see to the scanner, once on each local day for each reason. Answers whether they were. */
const ask = (ctx: Ctx, said: Unsaid): Promise<boolean> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const about = askAbout(said, ctx.now);
    if (await wasTaskRaised(tx, ctx.scope, 'held-file', about.subject)) return false;
    const world = await currentWorld(ctx, tx);
    const unit = centralIntake(world.organisation, localDay(ctx.now)).id;
    await raiseTask(ctx, tx, world, { kind: 'held-file', unit, urgent: false, ...about });
    return true;
  });

/**
 * Held files whose time has come go to the scanner, and whoever sees to it is asked about those that are held too long.
 * Answers how many of both. Idempotent, and safe beside the same sweep of another process.
 */
export const watchHeldFiles = async (ctx: Ctx, limit: number): Promise<number> => {
  demand(ctx.actor, 'file.scan');
  const claim = { now: ctx.now, againAt: unheardAgainAt(ctx.now), limit };
  const handedOver = await inTransaction(ctx.deps.db, async (tx) => {
    const ids = await claimHeld(tx, ctx.scope, claim);
    if (ids.length > 0) await handOverFiles(ctx, tx, ids);
    return ids.length;
  });
  const reasons = await findHeldReasons(ctx.deps.db, ctx.scope, ctx.now.subtract(HELD_TOO_LONG));
  const asked = await inOrder(reasons, (said) => ask(ctx, said));
  return handedOver + asked.filter(Boolean).length;
};
