import type { Instant } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { outboxRow } from './rows.ts';

/** Messages are to be sent, at `at` if that is later; whoever finds one sent or given up then does nothing. */
export const handOverMails = async (
  ctx: Ctx,
  ids: readonly string[],
  at: Instant = ctx.now,
  tx: Tx = ctx.deps.db,
): Promise<void> => {
  if (ids.length === 0) return;
  const outbox = ids.map((outboundMessageId) =>
    outboxRow(ctx, { name: 'mail.send', payload: { outboundMessageId } }, at),
  );
  await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
};
