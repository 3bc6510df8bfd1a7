import { z } from 'zod';
import { PARENT_WAY_CODES, UNTOLD_CODES } from '#domain/parents-record.ts';
import { beginHearing, endHearing } from '#usecases/hear-parties.ts';
import { leaveParentsUntold, noteParents } from '#usecases/note-parents.ts';
import { holdParents, releaseParents } from '#usecases/release-parents.ts';
import { at, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };
const whom = text(300);

/** Whether, when and by whom the parents were told and heard. Nothing is ever sent to them. */
export const parents = router({
  note: doing('referral.note-parents')
    .input(
      target.extend({
        what: z.enum(['told', 'heard']),
        how: z.enum(PARENT_WAY_CODES),
        occurredAt: at,
        whom,
        text: text(20_000),
      }),
    )
    .mutation(({ ctx, input }) => noteParents(ctx.act, input)),
  leaveUntold: doing('referral.leave-parents-untold')
    .input(target.extend({ why: z.enum(UNTOLD_CODES), ...reason }))
    .mutation(({ ctx, input }) => leaveParentsUntold(ctx.act, input)),
  beginHearing: doing('referral.begin-hearing')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => beginHearing(ctx.act, input)),
  endHearing: doing('referral.end-hearing')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => endHearing(ctx.act, input)),
  hold: doing('referral.hold-parents')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => holdParents(ctx.act, input)),
  release: doing('referral.release-parents')
    .input(target.extend({ whom, ...reason }))
    .mutation(({ ctx, input }) => releaseParents(ctx.act, input)),
});
