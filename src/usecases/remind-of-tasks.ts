import { demand } from '#domain/policy.ts';
import { nextTaskReminder } from '#domain/task-reminder.ts';
import { inTransaction } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import { claimTaskReminders } from '#store/tasks.ts';
import type { Ctx } from './context.ts';
import { mailRows } from './rows.ts';
import { currentWorld } from './world.ts';

/**
 * Open tasks are told anew each workday to whoever has them, many in one statement; what was missed meanwhile is told
 * once. Answers how many. Idempotent: a task that was claimed is due again on the next workday.
 */
export const remindOfTasks = (ctx: Ctx, limit: number): Promise<number> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const world = await currentWorld(ctx, tx);
    const claim = { now: ctx.now, next: nextTaskReminder(world, ctx.now), limit };
    const tasks = await claimTaskReminders(tx, ctx.scope, claim);
    if (tasks.length === 0) return 0;
    const mails = tasks.map(({ id, kind, personId, referralId, acute }) => {
      const mail = {
        template: 'task-reminder',
        to: { person: personId },
        stage: kind,
        taskId: id,
        exempt: acute,
      } as const;
      return mailRows(ctx, world, { referralId, notificationId: null, language: 'da' }, mail);
    });
    await insertRecords(tx, ctx.scope, {
      events: [],
      deadlines: [],
      outbound: mails.map(({ outbound }) => outbound),
      outbox: mails.map(({ outbox }) => outbox),
    });
    return tasks.length;
  });
