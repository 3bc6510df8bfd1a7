import type { NewTask } from '#domain/tasks.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { taskRows } from './task-rows.ts';

/** A task that no case has: its person is found and told. */
export const raiseTask = async (ctx: Ctx, tx: Tx, world: World, asked: NewTask): Promise<void> => {
  const { task, mail } = taskRows(ctx, world, { referralId: null, notificationId: null, handlerId: null }, asked);
  await insertRecords(tx, ctx.scope, {
    ...{ events: [], deadlines: [], tasks: [task] },
    ...{ outbound: [mail.outbound], outbox: [mail.outbox] },
  });
};
