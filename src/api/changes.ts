import { z } from 'zod';
import type { Action } from '#domain/policy.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { target, text } from './inputs.ts';
import { doing } from './trpc.ts';

/** The acts by which a change of one kind is proposed and answered, as each area that two people change has them. */
export const changing = (kind: string, may: { readonly propose: Action; readonly decide: Action }) => ({
  propose: doing(may.propose)
    .input(z.strictObject({ change: z.looseObject({}), note: text(2_000) }))
    .mutation(({ ctx, input }) => proposeChange(ctx.act, { kind, payload: input.change, note: input.note })),
  confirm: doing(may.decide)
    .input(target.extend({ digest: z.string().length(64) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, kind, answer: 'confirm', reason: null })),
  reject: doing(may.decide)
    .input(target.extend({ reason: text(2_000) }))
    .mutation(({ ctx, input }) => decideChange(ctx.act, { ...input, kind, answer: 'reject', digest: null })),
  withdraw: doing(may.decide)
    .input(target)
    .mutation(({ ctx, input }) =>
      decideChange(ctx.act, { ...input, kind, answer: 'withdraw', digest: null, reason: null }),
    ),
});
