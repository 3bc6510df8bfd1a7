import { countAtDoor } from '#store/door-counts.ts';
import type { Ctx } from './context.ts';

/**
 * Counts so many requests more of somebody in the minute that has begun, for all processes together, and answers how many
 * by now. Stands under a keyed hash of that minute, so that no row tells who came when.
 */
export const countRequests = (
  { deps, scope, now }: Pick<Ctx, 'deps' | 'scope' | 'now'>,
  who: string,
  more: number,
): Promise<number> => {
  const minute = now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const bucket = deps.vault.index('rate', `requests:${minute}:${who}`);
  return countAtDoor(deps.db, scope, bucket, now, minute.add({ minutes: 1 }), more);
};
