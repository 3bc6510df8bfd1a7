import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { findLastOutage } from '#store/outages.ts';
import type { Ctx } from './context.ts';

export type LastOutage = {
  readonly from: string;
  readonly until: string;
  /** Clocks and timers that had fallen due by its end. */
  readonly overdue: number;
};

/** When nothing was sent or acted on by itself last; null when that has never been. For administrators. */
export const readOutage = async (ctx: Ctx): Promise<LastOutage | null> => {
  demand(ctx.actor, 'message.list');
  const outage = await findLastOutage(ctx.deps.db, ctx.scope);
  return outage ? { from: iso(outage.from), until: iso(outage.until), overdue: outage.overdue } : null;
};
