import { z } from 'zod';
import { listColleagues } from '#usecases/list-colleagues.ts';
import { readFormChoices } from '#usecases/read-form-choices.ts';
import { id } from './inputs.ts';
import { doing, router } from './trpc.ts';

export const organisation = router({
  forForm: doing('organisation.read').query(({ ctx }) => readFormChoices(ctx.act)),
  colleagues: doing('referral.assign')
    .input(z.strictObject({ referralId: id }))
    .query(({ ctx, input }) => listColleagues(ctx.act, input.referralId)),
});
