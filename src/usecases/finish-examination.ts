import { finishExamination as decide } from '#domain/examination.ts';
import { findMeasures } from '#store/measures.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** The limited examination or investigation is finished; when late, with the preliminary assessment in words. */
export const finishExamination = (
  asked: Ctx,
  input: Target & { readonly conclusion: string; readonly preliminaryAssessment: string | null },
): Promise<Recorded> =>
  onReferral(asked, 'finish-examination', 'referral.finish-examination', input, async ({ ctx, referral, world, tx }) =>
    decide(referral, input, await findMeasures(tx, ctx.scope, referral.id), world, ctx.now),
  );
