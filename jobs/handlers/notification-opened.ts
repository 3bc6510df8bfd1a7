import { meetOpened } from '#usecases/meet-opened.ts';
import type { Handler } from './handler.ts';

/** A notifier without a login has opened their notification by link and code. */
export const notificationOpened: Handler<'notification.opened'> = async (makeCtx, payload) =>
  meetOpened(await makeCtx('notification.opened'), payload);
