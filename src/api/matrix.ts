import { z } from 'zod';
import { readMatrix } from '#usecases/read-matrix.ts';
import { readChange, readChangesOf } from '#usecases/read-setup.ts';
import { changing } from './changes.ts';
import { id } from './inputs.ts';
import { doing, router } from './trpc.ts';

const kind = 'matrix';
/** How far a dry run over the past may go back. */
const MOST_MONTHS = 24;

/** The responsibility matrix: read by all who handle cases, changed by two people. */
export const matrix = router({
  rows: doing('matrix.read').query(({ ctx }) => readMatrix(ctx.act)),
  changes: doing('matrix.propose').query(({ ctx }) => readChangesOf(ctx.act, 'matrix')),
  change: doing('matrix.propose')
    .input(z.strictObject({ id, months: z.int().min(1).max(MOST_MONTHS).optional() }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id, { kind, months: input.months })),
  ...changing(kind, { propose: 'matrix.propose', decide: 'matrix.decide' }),
});
