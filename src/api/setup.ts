import { z } from 'zod';
import { addShift, removeShift } from '#usecases/change-rota.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readChange, readChanges, readRegulations, readRota } from '#usecases/read-setup.ts';
import { at, code, id, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

/** Law, calendar, rota, and changes that take two people. */
export const setup = router({
  regulations: doing('setup.read').query(({ ctx }) => readRegulations(ctx.act)),
  rota: doing('setup.read').query(({ ctx }) => readRota(ctx.act)),
  changes: doing('setup.read').query(({ ctx }) => readChanges(ctx.act)),
  change: doing('setup.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id)),
  propose: doing('setup.propose')
    .input(z.strictObject({ change: z.looseObject({}), note: text(2_000) }))
    .mutation(({ ctx, input }) =>
      proposeChange(ctx.act, { kind: 'regulations', payload: input.change, note: input.note }),
    ),
  confirm: doing('setup.decide')
    .input(target.extend({ digest: z.string().length(64) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, answer: 'confirm', reason: null })),
  reject: doing('setup.decide')
    .input(target.extend({ reason: text(2_000) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, answer: 'reject', digest: null })),
  withdraw: doing('setup.decide')
    .input(target)
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, answer: 'withdraw', digest: null, reason: null })),
  addShift: doing('setup.change-rota')
    .input(z.strictObject({ unit: code, person: code, from: at, until: at, phone: text(40).nullable() }))
    .mutation(({ ctx, input }) => addShift(ctx.act, input)),
  removeShift: doing('setup.change-rota')
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => removeShift(ctx.act, input)),
});
