import type { Tx } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { outboxRow } from './rows.ts';

/** Held files go to the scanner, in the transaction that holds them. */
export const handOverFiles = (ctx: Ctx, tx: Tx, ids: readonly string[]): Promise<void> => {
  const outbox = ids.map((attachmentId) => outboxRow(ctx, { name: 'file.scan', payload: { attachmentId } }));
  return insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
};
