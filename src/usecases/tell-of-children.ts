import type { MessagePayload } from '#messages';
import type { Tx } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { outboxRow } from './rows.ts';

/** Lets the system tell referrals, of whichever unit, once this transaction stands. */
export const tellOfChildren = async (
  ctx: Ctx,
  tx: Tx,
  told: readonly MessagePayload<'child.review'>[],
): Promise<void> => {
  if (told.length === 0) return;
  const outbox = told.map((payload) => outboxRow(ctx, { name: 'child.review', payload }));
  await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
};
