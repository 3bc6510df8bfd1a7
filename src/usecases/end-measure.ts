import { endMeasure as decide } from '#domain/measures.ts';
import type { Ctx } from './context.ts';
import { measureOf } from './measure-of.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A measure ends; its follow-up lapses. */
export const endMeasure = (
  asked: Ctx,
  input: Target & { readonly measureId: string; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'end-measure', 'referral.end-measure', input, async (scene) =>
    decide(scene.referral, await measureOf(scene, input.measureId), input.reason, scene.ctx.now),
  );
