import { acceptHandover } from '#usecases/accept-handover.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readHandedOver } from '#usecases/read-board.ts';
import { withdrawHandover } from '#usecases/withdraw-handover.ts';
import { code, page, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };

/** `id` is the referral's: it has at most one open hand-over. */
export const handovers = router({
  list: doing('handover.list')
    .input(page)
    .query(({ ctx, input }) => readHandedOver(ctx.act, input)),
  propose: doing('handover.propose')
    .input(target.extend({ to: code, ...reason }))
    .mutation(({ ctx, input }) => proposeHandover(ctx.act, input)),
  accept: doing('handover.accept')
    .input(target)
    .mutation(({ ctx, input }) => acceptHandover(ctx.act, input)),
  decline: doing('handover.decline')
    .input(target.extend({ instead: code, basis: text(300), ...reason }))
    .mutation(({ ctx, input }) => declineHandover(ctx.act, input)),
  withdraw: doing('handover.withdraw')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => withdrawHandover(ctx.act, input)),
});
