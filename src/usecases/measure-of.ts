import { DomainError } from '#domain/errors.ts';
import type { Measure } from '#domain/measure.ts';
import { findMeasures } from '#store/measures.ts';
import type { Scene } from './on-referral.ts';

/** The referral's own measure of that id. Throws NOT_FOUND. */
export const measureOf = async ({ ctx, tx, referral }: Scene, measureId: string): Promise<Measure> => {
  const measure = (await findMeasures(tx, ctx.scope, referral.id)).find(({ id }) => id === measureId);
  if (!measure) throw new DomainError('NOT_FOUND');
  return measure;
};
