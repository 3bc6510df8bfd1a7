import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { isChoiceOf, type TaskOutcome } from '#domain/tasks.ts';
import { forgetFailures } from '#store/mail-addresses.ts';
import { findTask, finishTask as finish } from '#store/tasks.ts';
import { actOnce, type Ctx } from './context.ts';
import { tasksOf } from './list-tasks.ts';
import { addressIndexOf, staffAddress } from './mail-address.ts';
import { personOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/**
 * Ends a task in one of the ways that its kind knows, by its person, whoever stands in for them, or their unit. Who did
 * it, when and how stands with the task. An address that was put right gets mail again. Throws NOT_FOUND, INVALID, ILLEGAL_TRANSITION when it has been done.
 */
export const finishTask = (
  ctx: Ctx,
  input: { readonly id: string; readonly outcome: TaskOutcome },
): Promise<{ readonly id: string }> =>
  actOnce(ctx, async (tx) => {
    const { personId } = personOf(ctx);
    const world = await currentWorld(ctx, tx);
    const of = tasksOf(ctx, world);
    const task = await findTask(tx, ctx.scope, input.id, of);
    if (!task) throw new DomainError('NOT_FOUND');
    demand(ctx.actor, 'task.finish', { unitId: task.unitId, named: of.includes(task.personId) ? [personId] : [] });
    if (!isChoiceOf(task.kind, input.outcome)) refuseField('outcome', 'unknown-choice');
    const done = await finish(tx, ctx.scope, { id: task.id, outcome: input.outcome, personId }, ctx.now);
    if (!done) throw illegal('Opgaven er allerede løst.', 'The task has been done already.');
    const address = input.outcome === 'mended' ? staffAddress(task, world, ctx.now) : null;
    if (address) await forgetFailures(tx, ctx.scope, addressIndexOf(ctx, address));
    return { id: task.id };
  });
