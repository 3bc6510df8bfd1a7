import type { InquiryContent } from '#domain/inquiry.ts';
import type { Tx } from '#store/db.ts';
import type { CaseOfDispute } from '#store/precedents.ts';
import type { Ctx } from './context.ts';
import { openRecords, type SealedChild, type SealedNotification } from './open-records.ts';

const opened = async <Content>(
  ctx: Ctx,
  tx: Tx,
  kind: Parameters<typeof openRecords>[2],
  { id, sealed, slot }: { readonly id: string | null; readonly sealed: Uint8Array | null; readonly slot?: string },
): Promise<Content | undefined> => {
  if (id === null || sealed === null) return undefined;
  return (await openRecords(ctx, tx, kind, [{ id, sealed }], slot)).get(id) as Content | undefined;
};

/**
 * The names of everybody in a case: the child as recorded and as notified, parents, siblings, whoever notified. For
 * comparing with a text only; they leave this process nowhere.
 */
export const namesInCase = async (ctx: Ctx, tx: Tx, found: CaseOfDispute): Promise<readonly string[]> => {
  const { childId, child, notificationId, notification, referralId, inquiry } = found;
  const record = await opened<SealedChild>(ctx, tx, 'child', { id: childId, sealed: child });
  const sent = await opened<SealedNotification>(ctx, tx, 'notification', { id: notificationId, sealed: notification });
  const said = await opened<InquiryContent>(ctx, tx, 'referral', { id: referralId, sealed: inquiry, slot: 'event:1' });
  const form = sent?.form;
  const { parents = [], siblings = [] } = form?.family ?? {};
  const family = form ? [...form.children, ...parents, ...siblings, form.notifier] : [];
  return [record, said?.child, ...family].map((one) => one?.name).filter((name) => name !== undefined);
};
