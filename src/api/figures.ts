import { z } from 'zod';
import { FIGURES, PERIODS } from '#domain/figures.ts';
import { readFigureCases, readFigures } from '#usecases/read-figures.ts';
import { readSending } from '#usecases/read-sending.ts';
import { code } from './inputs.ts';
import { doing, router } from './trpc.ts';

const days = z.literal(PERIODS).default(90);

export const figures = router({
  read: doing('figures.read')
    .input(z.strictObject({ days }))
    .query(({ ctx, input }) => readFigures(ctx.act, input)),
  sending: doing('figures.read')
    .input(z.strictObject({ days }))
    .query(({ ctx, input }) => readSending(ctx.act, input)),
  cases: doing('figures.cases')
    .input(z.strictObject({ figure: z.enum(FIGURES), unit: code, other: code.optional(), days }))
    .query(({ ctx, input }) => readFigureCases(ctx.act, input)),
});
