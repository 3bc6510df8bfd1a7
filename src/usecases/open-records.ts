import { childFacts } from '#domain/child-facts.ts';
import { DomainError } from '#domain/errors.ts';
import type { InquiryContent } from '#domain/inquiry.ts';
import type { NotificationForm } from '#domain/notification-form.ts';
import type { Referral } from '#domain/referral.ts';
import type { RoutingInput } from '#domain/routing.ts';
import type { DataKey, RecordKind } from '#platform/vault.ts';
import { findEvents, type StoredEvent } from '#store/case-events.ts';
import { findChild } from '#store/children.ts';
import type { Tx } from '#store/db.ts';
import { getNotification, type NotificationRow } from '#store/notifications.ts';
import { findSealedKeys, insertSealedKey } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';

type Sealed = { readonly id: string; readonly sealed: Uint8Array };

/**
 * Opens records of one kind by their own keys; a record whose key was destroyed is left out. Whoever calls this has
 * reached the records through the scope, and logs the reading if a person sees what comes out.
 */
export const openRecords = async (
  ctx: Ctx,
  tx: Tx,
  kind: RecordKind,
  records: readonly Sealed[],
  slot = 'content',
): Promise<Map<string, unknown>> => {
  const keys = await findSealedKeys(
    tx,
    ctx.scope,
    records.map((r) => r.id),
  );
  const byId = new Map(keys.map((k) => [k.recordId, k]));
  return new Map(
    records.flatMap(({ id, sealed }) => {
      const row = byId.get(id);
      if (!row) return [];
      const key = ctx.deps.vault.unwrap({ ...row, recordKind: kind });
      return [[id, ctx.deps.vault.open(key, slot, sealed)] as const];
    }),
  );
};

/** What was written with a line of the journal: its words, what is said to show them, and whom they were said to. */
type Words = { readonly text: string | null; readonly shows: string | null; readonly whom: string | null };

export const openWords = (
  ctx: Ctx,
  key: DataKey | null,
  { seq, sealed }: { readonly seq: number; readonly sealed: Uint8Array | null },
): Words => {
  const words = key && sealed ? (ctx.deps.vault.open(key, `event:${seq}`, sealed) as Partial<Words>) : {};
  return { text: words.text ?? null, shows: words.shows ?? null, whom: words.whom ?? null };
};

/** A record's opened data key, or null where it has none: nothing was sealed with it yet, or it was destroyed. */
export const findKey = async (ctx: Ctx, tx: Tx, kind: RecordKind, recordId: string): Promise<DataKey | null> => {
  const [row] = await findSealedKeys(tx, ctx.scope, [recordId]);
  return row ? ctx.deps.vault.unwrap({ ...row, recordKind: kind }) : null;
};

/** For whoever reads what it sealed. Throws NOT_FOUND: what was destroyed while it was being read is there no more. */
export const getKey = async (...of: Parameters<typeof findKey>): Promise<DataKey> => {
  const key = await findKey(...of);
  if (!key) throw new DomainError('NOT_FOUND');
  return key;
};

/** For whoever writes, on a record that is locked or new: one is made, and stored, where it has none yet. */
export const dataKey = async (ctx: Ctx, tx: Tx, kind: RecordKind, recordId: string): Promise<DataKey> => {
  const found = await findKey(ctx, tx, kind, recordId);
  if (found) return found;
  const { key, wrapped } = ctx.deps.vault.newKey(kind, recordId);
  await insertSealedKey(tx, ctx.scope, wrapped);
  return key;
};

export type SealedNotification = { readonly form: NotificationForm; readonly callNote: string | null };
export type SealedChild = Pick<NotificationForm['children'][number], 'name' | 'cpr' | 'address'>;

/** The notification with its content, or null content when it was lawfully destroyed. */
export const openNotification = async (
  ctx: Ctx,
  tx: Tx,
  id: string,
): Promise<{ row: NotificationRow; content: SealedNotification | null }> => {
  const row = await getNotification(tx, ctx.scope, id);
  const opened = await openRecords(ctx, tx, 'notification', [row]);
  return { row, content: (opened.get(id) as SealedNotification | undefined) ?? null };
};

/** An inquiry stands in the journal's first line, sealed as it was registered; null of what is none. Throws NOT_FOUND. */
export const openInquiry = async (
  ctx: Ctx,
  tx: Tx,
  events: readonly StoredEvent[],
): Promise<Partial<InquiryContent> | null> => {
  const first = events.find(({ kind }) => kind === 'inquiry-registered');
  if (!first?.sealed) return null;
  const key = await getKey(ctx, tx, 'referral', first.referralId);
  return ctx.deps.vault.open(key, `event:${first.seq}`, first.sealed) as Partial<InquiryContent>;
};

/** The same of an inquiry: the child as it was said then and the unit that registered it, which may be whose it is. */
const inquiryFacts = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
): Promise<Pick<RoutingInput, 'child' | 'senderUnit'>> => {
  const child = await findChild(tx, ctx.scope, referral.childId);
  const opened = child ? await openRecords(ctx, tx, 'child', [child]) : new Map<string, unknown>();
  const record = opened.get(referral.childId) as SealedChild | undefined;
  const events = await findEvents(tx, ctx.scope, referral.id);
  const said = (await openInquiry(ctx, tx, events))?.child;
  const { unit } = (events[0]?.data ?? {}) as { readonly unit?: unknown };
  const postalCode = said?.address?.postalCode ?? record?.address?.postalCode ?? null;
  return {
    child: { postalCode, age: referral.childAge, institution: said?.institution ?? null },
    senderUnit: typeof unit === 'string' ? unit : null,
  };
};

const notificationFacts = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
  notificationId: string,
): Promise<Pick<RoutingInput, 'child' | 'senderUnit'>> => {
  const { row, content } = await openNotification(ctx, tx, notificationId);
  const child = content?.form.children[referral.childPosition];
  return {
    child: child
      ? childFacts(child, referral.receivedAt)
      : { postalCode: null, age: referral.childAge, institution: null },
    senderUnit: row.senderUnitId,
  };
};

/** What routing may know of a referral that has arrived: the same facts as at its arrival, with what is known now. */
export const routingOf = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
  say: Pick<RoutingInput, 'known' | 'need' | 'elsewhere'>,
): Promise<RoutingInput> => {
  const { notificationId, matter } = referral;
  const facts = notificationId
    ? await notificationFacts(ctx, tx, referral, notificationId)
    : await inquiryFacts(ctx, tx, referral);
  return { matter, at: ctx.now, ...facts, ...say };
};
