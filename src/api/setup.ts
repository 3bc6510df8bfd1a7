import { z } from 'zod';
import { addShift, removeShift } from '#usecases/change-rota.ts';
import { readChange, readChanges, readRegulations, readRota } from '#usecases/read-setup.ts';
import { changing } from './changes.ts';
import { at, code, id, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

/** Law, calendar, rota, and changes that take two people. */
export const setup = router({
  regulations: doing('setup.read').query(({ ctx }) => readRegulations(ctx.act)),
  rota: doing('setup.read').query(({ ctx }) => readRota(ctx.act)),
  changes: doing('setup.read').query(({ ctx }) => readChanges(ctx.act)),
  change: doing('setup.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id)),
  ...changing('regulations', { propose: 'setup.propose', decide: 'setup.decide' }),
  addShift: doing('setup.change-rota')
    .input(z.strictObject({ unit: code, person: code, from: at, until: at, phone: text(40).nullable() }))
    .mutation(({ ctx, input }) => addShift(ctx.act, input)),
  removeShift: doing('setup.change-rota')
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => removeShift(ctx.act, input)),
});
