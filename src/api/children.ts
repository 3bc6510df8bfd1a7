import { z } from 'zod';
import { EVIDENCE_CODES } from '#domain/evidence.ts';
import { REASSESSMENT_CODES } from '#domain/reassessed-measures.ts';
import { completeReassessment } from '#usecases/complete-reassessment.ts';
import { correctChild } from '#usecases/correct-child.ts';
import { linkSibling } from '#usecases/link-sibling.ts';
import { mergeChildren } from '#usecases/merge-children.ts';
import { listReassessors, nameReassessor } from '#usecases/name-reassessor.ts';
import { previewLink } from '#usecases/preview-link.ts';
import { undoLink } from '#usecases/undo-link.ts';
import { at, code, id, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };

/** Which child a referral is about, what is one child's, who its siblings are, and its re-assessment. */
export const children = router({
  preview: doing('referral.merge-children')
    .input(z.strictObject({ id, other: text(60) }))
    .query(({ ctx, input }) => previewLink(ctx.act, input)),
  merge: doing('referral.merge-children')
    .input(target.extend({ other: id, from: id, into: id, ...reason }))
    .mutation(({ ctx, input }) => mergeChildren(ctx.act, input)),
  linkSibling: doing('referral.link-sibling')
    .input(target.extend({ sibling: id, ...reason }))
    .mutation(({ ctx, input }) => linkSibling(ctx.act, input)),
  undoLink: doing('referral.undo-link')
    .input(target.extend({ linkId: id, ...reason }))
    .mutation(({ ctx, input }) => undoLink(ctx.act, input)),
  correct: doing('referral.correct-child')
    .input(target.extend({ cpr: text(20).nullable(), name: text(200), routeAgain: z.boolean(), ...reason }))
    .mutation(({ ctx, input }) => correctChild(ctx.act, input)),
  reassessors: doing('referral.name-reassessor')
    .input(z.strictObject({ referralId: id }))
    .query(({ ctx, input }) => listReassessors(ctx.act, input.referralId)),
  nameReassessor: doing('referral.name-reassessor')
    .input(target.extend({ personId: code }))
    .mutation(({ ctx, input }) => nameReassessor(ctx.act, input)),
  reassess: doing('referral.complete-reassessment')
    .input(
      target.extend({
        conclusion: z.enum(REASSESSMENT_CODES),
        evidence: z.enum(EVIDENCE_CODES),
        occurredAt: at,
        ...reason,
      }),
    )
    .mutation(({ ctx, input }) => completeReassessment(ctx.act, input)),
});
