import type { EvidenceKind } from '#domain/evidence.ts';
import { followUp } from '#domain/measures.ts';
import type { Ctx } from './context.ts';
import { measureOf } from './measure-of.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

export type FollowUp = Target & {
  readonly measureId: string;
  readonly evidence: EvidenceKind;
  readonly conclusion: string;
  readonly nextMonths: number | null;
};

/** A follow-up that was made, with its evidence; the next one's clock begins. */
export const followUpMeasure = (asked: Ctx, input: FollowUp): Promise<Recorded> =>
  onReferral(asked, 'follow-up', 'referral.follow-up', input, async (scene) =>
    followUp(scene.referral, await measureOf(scene, input.measureId), input, scene.world, scene.ctx.now),
  );
