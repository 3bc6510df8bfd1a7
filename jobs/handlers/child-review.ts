import { reviewChild } from '#usecases/review-child.ts';
import type { Handler } from './handler.ts';

/** A child's history has changed: each open referral is told of it once. */
export const childReview: Handler<'child.review'> = async (makeCtx, payload) =>
  reviewChild(await makeCtx('child.review'), payload);
