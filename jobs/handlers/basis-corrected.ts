import { followBasis } from '#usecases/follow-basis.ts';
import type { Handler } from './handler.ts';

/** What a notifier is was corrected: their right to feedback follows. */
export const basisCorrected: Handler<'basis.corrected'> = async (makeCtx, payload) =>
  followBasis(await makeCtx('basis.corrected'), payload);
