import type { Referral } from '#domain/referral.ts';
import { RESTRICTION_TASK, type RestrictionSaid } from '#domain/restriction-words.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { raiseTask } from './raise-task.ts';
import { currentWorld } from './world.ts';

/**
 * Whoever leads the leader who restricts a case, or lifts it, is told that they did, by a task and a mail. Not of which case: to
 * most of them it is not there. Never anybody who is related to the child.
 */
export const tellLeaderAbove = async (
  ctx: Ctx,
  tx: Tx,
  { ownerUnit: unit, restricted, barred }: Referral,
  reason: RestrictionSaid,
): Promise<void> => {
  const by = personOf(ctx).personId;
  const related = restricted?.related ?? barred;
  await raiseTask(ctx, tx, await currentWorld(ctx, tx), {
    ...{ kind: RESTRICTION_TASK, unit, reason, subject: ctx.deps.newId(ctx.now), urgent: false },
    ...{ except: [by, ...related], aboutPerson: by },
  });
};
