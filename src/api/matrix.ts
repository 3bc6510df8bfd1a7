import { z } from 'zod';
import { decideChange } from '#usecases/decide-change.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readMatrix } from '#usecases/read-matrix.ts';
import { readChange, readMatrixChanges } from '#usecases/read-setup.ts';
import { id, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const kind = 'matrix';
/** How far a dry run over the past may go back. */
const MOST_MONTHS = 24;

/** The responsibility matrix: read by all who handle cases, changed by two people. */
export const matrix = router({
  rows: doing('matrix.read').query(({ ctx }) => readMatrix(ctx.act)),
  changes: doing('matrix.propose').query(({ ctx }) => readMatrixChanges(ctx.act)),
  change: doing('matrix.propose')
    .input(z.strictObject({ id, months: z.int().min(1).max(MOST_MONTHS).optional() }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id, { kind, months: input.months })),
  propose: doing('matrix.propose')
    .input(z.strictObject({ change: z.looseObject({}), note: text(2_000) }))
    .mutation(({ ctx, input }) => proposeChange(ctx.act, { kind, payload: input.change, note: input.note })),
  confirm: doing('matrix.decide')
    .input(target.extend({ digest: z.string().length(64) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, kind, answer: 'confirm', reason: null })),
  reject: doing('matrix.decide')
    .input(target.extend({ reason: text(2_000) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, kind, answer: 'reject', digest: null })),
  withdraw: doing('matrix.decide')
    .input(target)
    .mutation(({ ctx, input }) =>
      decideChange(ctx.act, { ...input, kind, answer: 'withdraw', digest: null, reason: null }),
    ),
});
