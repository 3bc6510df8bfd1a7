import { meetReceipts } from '#usecases/meet-receipts.ts';
import type { Handler } from './handler.ts';

/** A notifier was told of the receipt by letter or phone. */
export const receiptTold: Handler<'receipt.told'> = async (makeCtx, payload) =>
  meetReceipts(await makeCtx('receipt.told'), payload);
