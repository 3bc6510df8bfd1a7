import { z } from 'zod';
import { beginAccess, prolongAccess, withdrawAccess } from '#usecases/begin-access.ts';
import { fetchAccess, readAccess } from '#usecases/read-access.ts';
import { releaseAccess, reviewAccess } from '#usecases/review-access.ts';
import { id, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const ACTION = 'child.answer-access';
const reasoned = z.strictObject({ id, reason: text(4_000) });
const reviewed = reasoned.extend({ key: z.string().min(1).max(300), keep: z.boolean() });

/** All about a child, for whoever has asked for it: of a case, by who leads its unit. */
export const access = router({
  read: doing(ACTION)
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readAccess(ctx.act, input.id)),
  begin: doing(ACTION)
    .input(reasoned.extend({ receivedOn: z.iso.date('date') }))
    .mutation(({ ctx, input }) => beginAccess(ctx.act, input)),
  prolong: doing(ACTION)
    .input(reasoned)
    .mutation(({ ctx, input }) => prolongAccess(ctx.act, input)),
  review: doing(ACTION)
    .input(reviewed)
    .mutation(({ ctx, input }) => reviewAccess(ctx.act, input)),
  release: doing(ACTION)
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => releaseAccess(ctx.act, input)),
  withdraw: doing(ACTION)
    .input(reasoned)
    .mutation(({ ctx, input }) => withdrawAccess(ctx.act, input)),
  fetch: doing(ACTION)
    .input(z.strictObject({ id, requestId: id }))
    .query(({ ctx, input }) => fetchAccess(ctx.act, input)),
});
