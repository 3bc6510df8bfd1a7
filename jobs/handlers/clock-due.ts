import { actOnClock } from '#usecases/act-on-clock.ts';
import type { Handler } from './handler.ts';

/** A timer or a step is due. The rule that acts is the clock's own kind. */
export const clockDue: Handler<'clock.due'> = async (makeCtx, payload) =>
  actOnClock(await makeCtx(payload.kind), payload);
