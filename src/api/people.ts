import { z } from 'zod';
import { T } from '#domain/time.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readPeople } from '#usecases/read-people.ts';
import { readChange } from '#usecases/read-setup.ts';
import { id, target, text } from './inputs.ts';
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
