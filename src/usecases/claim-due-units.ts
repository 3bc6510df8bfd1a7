import { demand } from '#domain/policy.ts';
import type { Instant } from '#domain/time.ts';
import { inTransaction } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import { claimUnitChanges } from '#store/unit-changes.ts';
import type { Ctx } from './context.ts';
import { outboxRow } from './rows.ts';

/** What was handed over to be carried out and was not is handed over again after this long. */
const AGAIN = { minutes: 1 } as const;

/** The sweep's step for changes of units: what is due becomes a message to the one use case. Answers when the next is. */
export const claimDueUnits = (ctx: Ctx): Promise<{ claimed: number; nextAt: Instant | null }> => {
  demand(ctx.actor, 'unit.follow');
  return inTransaction(ctx.deps.db, async (tx) => {
    const { ids, nextAt } = await claimUnitChanges(tx, ctx.scope, ctx.now, ctx.now.add(AGAIN));
    const outbox = ids.map((changeId) => outboxRow(ctx, { name: 'units.due', payload: { changeId } }));
    if (ids.length > 0) await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
    return { claimed: ids.length, nextAt };
  });
};
