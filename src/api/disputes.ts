import { z } from 'zod';
import { agreeToSettlement } from '#usecases/agree-to-settlement.ts';
import { callMeeting } from '#usecases/call-meeting.ts';
import { cancelMeeting } from '#usecases/cancel-meeting.ts';
import { claimInDispute } from '#usecases/claim-in-dispute.ts';
import { climbEarly } from '#usecases/climb-early.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { proposeSettlement } from '#usecases/propose-settlement.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { readBoard } from '#usecases/read-board.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { recordDissent } from '#usecases/record-dissent.ts';
import { recordMinutes } from '#usecases/record-minutes.ts';
import { withdrawDispute } from '#usecases/withdraw-dispute.ts';
import { at, code, id, page, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };
const said = target.extend({
  unit: code,
  whose: code,
  basis: text(300),
  shows: text(5_000).nullable().optional(),
  ...reason,
});

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
  callMeeting: doing('dispute.call-meeting')
    .input(target.extend({ at, agenda: text(5_000) }))
    .mutation(({ ctx, input }) => callMeeting(ctx.act, input)),
  cancelMeeting: doing('dispute.cancel-meeting')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => cancelMeeting(ctx.act, input)),
  recordMinutes: doing('dispute.record-minutes')
    .input(target.extend({ minutes: text(20_000) }))
    .mutation(({ ctx, input }) => recordMinutes(ctx.act, input)),
  climbEarly: doing('dispute.climb-early')
    .input(target.extend({ step: z.int().min(1).max(99), ...reason }))
    .mutation(({ ctx, input }) => climbEarly(ctx.act, input)),
  dissent: doing('dispute.dissent')
    .input(z.strictObject({ id, ...reason }))
    .mutation(({ ctx, input }) => recordDissent(ctx.act, input)),
  withdraw: doing('dispute.withdraw')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => withdrawDispute(ctx.act, input)),
});
