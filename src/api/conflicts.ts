import { z } from 'zod';
import { declareConflict, liftConflict, listNameable, nameConflict } from '#usecases/bar-from-child.ts';
import { code, id, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };

/** Who is related to the child, for whom its cases are not there. */
export const conflicts = router({
  declare: doing('referral.declare-conflict')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => declareConflict(ctx.act, input)),
  nameable: doing('referral.name-conflict')
    .input(z.strictObject({ referralId: id, unit: code.nullable().default(null) }))
    .query(({ ctx, input }) => listNameable(ctx.act, input)),
  name: doing('referral.name-conflict')
    .input(target.extend({ personId: code, ...reason }))
    .mutation(({ ctx, input }) => nameConflict(ctx.act, input)),
  lift: doing('referral.lift-conflict')
    .input(target.extend({ personId: code, ...reason }))
    .mutation(({ ctx, input }) => liftConflict(ctx.act, input)),
});
