import { z } from 'zod';
import { agreeToSettlement } from '#usecases/agree-to-settlement.ts';
import { claimInDispute } from '#usecases/claim-in-dispute.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { proposeSettlement } from '#usecases/propose-settlement.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { readBoard } from '#usecases/read-board.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { withdrawDispute } from '#usecases/withdraw-dispute.ts';
import { code, id, page, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };
const said = target.extend({ unit: code, whose: code, basis: text(300), ...reason });

/** `id` is the referral's: it has at most one open dispute or escalation. */
export const disputes = router({
  board: doing('dispute.list')
    .input(
      page.extend({
        ours: z.boolean().default(false),
        kind: z.enum(['dispute', 'escalation']).default('dispute'),
        step: z.int().min(1).max(9).optional(),
        unit: code.optional(),
      }),
    )
    .query(({ ctx, input }) => readBoard(ctx.act, input)),
  get: doing('dispute.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readDispute(ctx.act, input.id)),
  raise: doing('dispute.raise')
    .input(said)
    .mutation(({ ctx, input }) => raiseDispute(ctx.act, input)),
  claim: doing('dispute.claim')
    .input(said)
    .mutation(({ ctx, input }) => claimInDispute(ctx.act, input)),
  propose: doing('dispute.propose-settlement')
    .input(target.extend({ owner: code, ...reason }))
    .mutation(({ ctx, input }) => proposeSettlement(ctx.act, input)),
  agree: doing('dispute.agree')
    .input(target.extend({ owner: code }))
    .mutation(({ ctx, input }) => agreeToSettlement(ctx.act, input)),
  decide: doing('dispute.decide')
    .input(target.extend({ owner: code, basis: text(300), ...reason }))
    .mutation(({ ctx, input }) => decideDispute(ctx.act, input)),
  withdraw: doing('dispute.withdraw')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => withdrawDispute(ctx.act, input)),
});
