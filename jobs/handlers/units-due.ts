import { carryOutUnitChange } from '#usecases/carry-out-unit-change.ts';
import type { Handler } from './handler.ts';

/** In one transaction: a person's act on one of them waits less than a second. */
const BATCH = 1_000;

/** The day of a change of units has come. What has followed already stays; the rest follows now. */
export const unitsDue: Handler<'units.due'> = async (makeCtx, { changeId }) =>
  carryOutUnitChange(await makeCtx('unit-change'), changeId, BATCH);
