import { z } from 'zod';
import { readChange } from '#usecases/read-setup.ts';
import { readUnits } from '#usecases/read-units.ts';
import { changing } from './changes.ts';
import { id } from './inputs.ts';
import { doing, router } from './trpc.ts';

const kind = 'units';

/** Units, and what is proposed about them by one administrator and answered by another. */
export const units = router({
  all: doing('setup.read').query(({ ctx }) => readUnits(ctx.act)),
  change: doing('setup.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id, { kind })),
  ...changing(kind, { propose: 'setup.propose', decide: 'setup.decide' }),
});
