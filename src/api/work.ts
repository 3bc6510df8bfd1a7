import { z } from 'zod';
import { EVIDENCE_CODES } from '#domain/evidence.ts';
import { FEEDBACK_CHOICE_CODES } from '#domain/feedback-policy.ts';
import { FEEDBACK_CHANNELS } from '#domain/feedback-record.ts';
import { CHECKED_BASES } from '#domain/notifier-basis.ts';
import { OUTCOME_CODES } from '#domain/outcomes.ts';
import { PAUSE_REASON_CODES } from '#domain/pausing.ts';
import { QUESTION_CODES } from '#domain/questions.ts';
import { answerExplanation } from '#usecases/answer-explanation.ts';
import { approveWithheld, refuseWithheld } from '#usecases/answer-withholding.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { changeMeasure } from '#usecases/change-measure.ts';
import { changePriority } from '#usecases/change-priority.ts';
import { checkBasis } from '#usecases/check-basis.ts';
import { closeReferral } from '#usecases/close-referral.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { endMeasure } from '#usecases/end-measure.ts';
import { explainOverdue } from '#usecases/explain-overdue.ts';
import { finishExamination } from '#usecases/finish-examination.ts';
import { followUpMeasure } from '#usecases/follow-up-measure.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { liftWithholding } from '#usecases/lift-withholding.ts';
import { listOwnInquiries } from '#usecases/list-own-inquiries.ts';
import { listUnexplained } from '#usecases/list-unexplained.ts';
import { pauseClock } from '#usecases/pause-clock.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { reopenReferral } from '#usecases/reopen-referral.ts';
import { resumeClock } from '#usecases/resume-clock.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { clearNotifier, suspectNotifier } from '#usecases/suspect-notifier.ts';
import { withdrawRequest } from '#usecases/withdraw-request.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';
import { at, code, id, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const reason = { reason: text(5_000) };
const months = z.int().min(1).max(240).nullable();
const kind = { type: code, plannedMonths: months, ...reason };
const clock = target.extend({ clockId: id });
const measure = target.extend({ measureId: id });
const choices = z.array(z.enum(FEEDBACK_CHOICE_CODES)).max(10);
const questions = z.array(z.enum(QUESTION_CODES)).max(20);
const sentence = z.strictObject({ da: z.string(), en: z.string() });

/** The work on a referral, from the assessment to its end. */
export const work = router({
  registerInquiry: doing('inquiry.register')
    .input(z.looseObject({}))
    .mutation(({ ctx, input }) => registerInquiry(ctx.act, input)),
  ownInquiries: doing('inquiry.list-own').query(({ ctx }) => listOwnInquiries(ctx.act)),
  assess: doing('referral.assess')
    .input(target.extend({ acute: z.boolean(), evidence: z.enum(EVIDENCE_CODES), occurredAt: at, ...reason }))
    .mutation(({ ctx, input }) => assessReferral(ctx.act, input)),
  changePriority: doing('referral.change-priority')
    .input(target.extend({ acute: z.boolean(), ...reason }))
    .mutation(({ ctx, input }) => changePriority(ctx.act, input)),
  decide: doing('referral.decide')
    .input(target.extend({ outcome: z.enum(OUTCOME_CODES), ...reason }))
    .mutation(({ ctx, input }) => decideReferral(ctx.act, input)),
  finishExamination: doing('referral.finish-examination')
    .input(target.extend({ conclusion: text(20_000), preliminaryAssessment: text(20_000).nullable() }))
    .mutation(({ ctx, input }) => finishExamination(ctx.act, input)),
  startMeasure: doing('referral.start-measure')
    .input(target.extend(kind))
    .mutation(({ ctx, input }) => startMeasure(ctx.act, input)),
  changeMeasure: doing('referral.change-measure')
    .input(measure.extend(kind))
    .mutation(({ ctx, input }) => changeMeasure(ctx.act, input)),
  endMeasure: doing('referral.end-measure')
    .input(measure.extend(reason))
    .mutation(({ ctx, input }) => endMeasure(ctx.act, input)),
  followUp: doing('referral.follow-up')
    .input(measure.extend({ evidence: z.enum(EVIDENCE_CODES), conclusion: text(20_000), nextMonths: months }))
    .mutation(({ ctx, input }) => followUpMeasure(ctx.act, input)),
  previewFeedback: doing('referral.give-feedback')
    .input(z.strictObject({ id, material: z.boolean(), choices }))
    .query(({ ctx, input }) => previewFeedback(ctx.act, input)),
  giveFeedback: doing('referral.give-feedback')
    .input(
      target.extend({
        material: text(5_000).nullable(),
        choices,
        channel: z.enum(FEEDBACK_CHANNELS),
        previewed: z.array(sentence).max(40),
      }),
    )
    .mutation(({ ctx, input }) => giveFeedback(ctx.act, input)),
  withholdFeedback: doing('referral.withhold-feedback')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => withholdFeedback(ctx.act, input)),
  approveWithholding: doing('referral.approve-withholding')
    .input(target.extend({ feedbackId: id }))
    .mutation(({ ctx, input }) => approveWithheld(ctx.act, input)),
  refuseWithholding: doing('referral.refuse-withholding')
    .input(target.extend({ feedbackId: id, ...reason }))
    .mutation(({ ctx, input }) => refuseWithheld(ctx.act, input)),
  liftWithholding: doing('referral.lift-withholding')
    .input(target.extend({ feedbackId: id, ...reason }))
    .mutation(({ ctx, input }) => liftWithholding(ctx.act, input)),
  previewRequest: doing('referral.ask-for-more')
    .input(z.strictObject({ id, questions }))
    .query(({ ctx, input }) => previewRequest(ctx.act, input)),
  askForMore: doing('referral.ask-for-more')
    .input(target.extend({ questions, previewed: z.array(sentence).max(40) }))
    .mutation(({ ctx, input }) => askForMore(ctx.act, input)),
  withdrawRequest: doing('referral.withdraw-request')
    .input(target.extend({ requestId: id, ...reason }))
    .mutation(({ ctx, input }) => withdrawRequest(ctx.act, input)),
  checkBasis: doing('referral.check-basis')
    .input(target.extend({ as: z.enum(CHECKED_BASES), ...reason }))
    .mutation(({ ctx, input }) => checkBasis(ctx.act, input)),
  suspectNotifier: doing('referral.suspect-notifier')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => suspectNotifier(ctx.act, input)),
  clearNotifier: doing('referral.clear-notifier')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => clearNotifier(ctx.act, input)),
  pauseClock: doing('referral.pause-clock')
    .input(clock.extend({ reason: z.enum(PAUSE_REASON_CODES), until: at }))
    .mutation(({ ctx, input }) => pauseClock(ctx.act, input)),
  resumeClock: doing('referral.resume-clock')
    .input(clock)
    .mutation(({ ctx, input }) => resumeClock(ctx.act, input)),
  explainOverdue: doing('referral.explain-overdue')
    .input(clock.extend({ text: text(5_000) }))
    .mutation(({ ctx, input }) => explainOverdue(ctx.act, input)),
  answerExplanation: doing('referral.answer-explanation')
    .input(clock.extend({ accepted: z.boolean(), text: text(5_000) }))
    .mutation(({ ctx, input }) => answerExplanation(ctx.act, input)),
  unexplained: doing('referral.list').query(({ ctx }) => listUnexplained(ctx.act)),
  close: doing('referral.close')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => closeReferral(ctx.act, input)),
  reopen: doing('referral.reopen')
    .input(target.extend(reason))
    .mutation(({ ctx, input }) => reopenReferral(ctx.act, input)),
});
