import { changeMeasure as decide } from '#domain/measures.ts';
import type { Ctx } from './context.ts';
import { measureOf } from './measure-of.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

export type MeasureChanged = Target & {
  readonly measureId: string;
  readonly type: string;
  readonly plannedMonths: number | null;
  readonly reason: string;
};

/** A running measure becomes another kind or gets another planned duration. */
export const changeMeasure = (asked: Ctx, input: MeasureChanged): Promise<Recorded> =>
  onReferral(asked, 'change-measure', 'referral.change-measure', input, async (scene) =>
    decide(scene.referral, await measureOf(scene, input.measureId), input, scene.world, scene.ctx.now),
  );
