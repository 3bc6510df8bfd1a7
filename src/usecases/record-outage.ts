import { isLate } from '#domain/lateness.ts';
import { demand } from '#domain/policy.ts';
import { type Instant, isBefore } from '#domain/time.ts';
import { inTransaction } from '#store/db.ts';
import { beatHeart, countOverdue, findHeartbeat, insertOutage } from '#store/outages.ts';
import type { Ctx } from './context.ts';

/** How exactly the beginning of an outage is known. */
const BEAT = { seconds: 30 } as const;

const isFresh = (beat: Instant, now: Instant): boolean => isBefore(beat, now) && isBefore(now, beat.add(BEAT));

/**
 * Every sweep says that it looks. When none has for so long that something fell due and lay for more than five minutes,
 * that time is put on record, once, with how much was overdue; what was overdue is then met by the sweep as ever.
 */
export const recordOutage = async (ctx: Ctx): Promise<boolean> => {
  demand(ctx.actor, 'clock.act');
  const { deps, scope, now } = ctx;
  const seen = await findHeartbeat(deps.db, scope);
  if (seen && (seen.equals(now) || isFresh(seen, now))) return false;
  return inTransaction(deps.db, async (tx) => {
    if (!(await beatHeart(tx, scope, seen, now))) return false;
    if (!seen || !isLate(seen, now)) return false;
    const { overdue, oldest } = await countOverdue(tx, scope, now);
    if (!oldest || !isLate(oldest, now)) return false;
    const outage = { from: seen, until: now, overdue, oldest };
    await insertOutage(tx, scope, deps.newId(now), outage);
    deps.log.warn('sweep.outage', { count: overdue });
    return true;
  });
};
