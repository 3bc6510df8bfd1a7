import { z } from 'zod';
import { T } from '#domain/time.ts';
import { readPeople } from '#usecases/read-people.ts';
import { readChange } from '#usecases/read-setup.ts';
import { changing } from './changes.ts';
import { id } from './inputs.ts';
import { doing, router } from './trpc.ts';

const kind = 'people';
/** A local day, `YYYY-MM-DD`. */
const day = z.iso.date({ error: 'date' }).transform((text) => T.PlainDate.from(text));

/** Who works here as what, and what is proposed about it; answered by another where a role takes four eyes. */
export const people = router({
  all: doing('setup.read')
    .input(z.strictObject({ on: day.nullable() }))
    .query(({ ctx, input }) => readPeople(ctx.act, input)),
  change: doing('setup.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readChange(ctx.act, input.id, { kind })),
  ...changing(kind, { propose: 'setup.propose', decide: 'setup.decide' }),
});
