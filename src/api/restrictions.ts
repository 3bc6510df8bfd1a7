import { z } from 'zod';
import { liftRestriction, listRestrictable, restrictCase } from '#usecases/restrict-case.ts';
import { code, id, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };

/** An employee's child: whose cases are there for named people only. */
export const restrictions = router({
  choices: doing('referral.restrict')
    .input(z.strictObject({ referralId: id }))
    .query(({ ctx, input }) => listRestrictable(ctx.act, input.referralId)),
  restrict: doing('referral.restrict')
    .input(target.extend({ named: z.array(code).min(1).max(100), ...reason }))
    .mutation(({ ctx, input }) => restrictCase(ctx.act, input)),
  lift: doing('referral.lift-restriction')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => liftRestriction(ctx.act, input)),
});
