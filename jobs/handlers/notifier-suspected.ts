import { dropUntold } from '#usecases/drop-untold.ts';
import type { Handler } from './handler.ts';

/** A notifier was named as a suspect: nothing that is under way reaches them. */
export const notifierSuspected: Handler<'notifier.suspected'> = async (makeCtx, payload) =>
  dropUntold(await makeCtx('notifier.suspected'), payload);
