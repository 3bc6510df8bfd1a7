import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { PURPOSES } from '#domain/read-purposes.ts';
import { atLocal, iso, localDay } from '#domain/time.ts';
import { UNUSUAL_TASK, unusualDay } from '#domain/unusual-reading.ts';
import { inTransaction } from '#store/db.ts';
import { findReadsOf } from '#store/reading.ts';
import { findTask } from '#store/tasks.ts';
import type { Ctx } from './context.ts';
import { tasksOf } from './list-tasks.ts';
import { logRead } from './log-read.ts';
import { personOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/** More than anybody goes through. */
const MOST = 300;

/**
 * What the person whom a task asks about has read from the day before the one asked about until it was raised: when, in which role, why
 * and the numbers of the cases, nothing of what is in them. For the task's own person. Throws NOT_FOUND. Logged.
 */
export const tellReading = (ctx: Ctx, id: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const { personId } = personOf(ctx);
    const world = await currentWorld(ctx, tx);
    const of = tasksOf(ctx, world);
    const task = await findTask(tx, ctx.scope, id, of);
    if (!task?.aboutPersonId || task.kind !== UNUSUAL_TASK) throw new DomainError('NOT_FOUND');
    const role = demand(ctx.actor, 'task.reading', { named: of.includes(task.personId) ? [personId] : [] });
    const asked = unusualDay(task.subject) ?? localDay(task.openedAt);
    const from = atLocal(asked.subtract({ days: 1 }), '00:00');
    const until = task.openedAt.add({ seconds: 1 });
    const reads = await findReadsOf(tx, ctx.scope, { personId: task.aboutPersonId, from, until, limit: MOST });
    await logRead(ctx, tx, role, 'lookups', {});
    return reads.map((read) => ({
      at: iso(read.at),
      role: read.role,
      purpose: { ...PURPOSES[read.purpose] },
      caseNumbers: read.caseNumbers,
    }));
  });
