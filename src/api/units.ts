import { z } from 'zod';
import { decideChange } from '#usecases/decide-change.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readChange } from '#usecases/read-setup.ts';
import { readUnits } from '#usecases/read-units.ts';
import { id, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const kind = 'units';

/** Units, and what is proposed about them by one administrator and answered by another. */
export const units = router({
  all: doing('setup.read').query(({ ctx }) => readUnits(ctx.act)),
  change: doing('setup.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id, { kind })),
  propose: doing('setup.propose')
    .input(z.strictObject({ change: z.looseObject({}), note: text(2_000) }))
    .mutation(({ ctx, input }) => proposeChange(ctx.act, { kind, payload: input.change, note: input.note })),
  confirm: doing('setup.decide')
    .input(target.extend({ digest: z.string().length(64) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, kind, answer: 'confirm', reason: null })),
  reject: doing('setup.decide')
    .input(target.extend({ reason: text(2_000) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, kind, answer: 'reject', digest: null })),
  withdraw: doing('setup.decide')
    .input(target)
    .mutation(({ ctx, input }) =>
      decideChange(ctx.act, { ...input, kind, answer: 'withdraw', digest: null, reason: null }),
    ),
});
