import { z } from 'zod';
import { readChange, readChangesOf } from '#usecases/read-setup.ts';
import { changing } from './changes.ts';
import { id } from './inputs.ts';
import { doing, router } from './trpc.ts';

const kind = 'destruction';

/** Records that two administrators destroy on an approval of the archives. */
export const destructions = router({
  all: doing('setup.read').query(({ ctx }) => readChangesOf(ctx.act, kind)),
  change: doing('setup.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id, { kind })),
  ...changing(kind, { propose: 'setup.propose', decide: 'setup.decide' }),
});
