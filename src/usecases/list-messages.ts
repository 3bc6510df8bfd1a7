import { MESSAGE_STATES, type MessageState, REASONS } from '#domain/delivery.ts';
import { MAIL_NAMES } from '#domain/mail-names.ts';
import type { Organisation } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { countMessages as count, findMessages, type ListedMessage } from '#store/message-list.ts';
import type { Ctx } from './context.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

export { MESSAGE_STATES };

const PAGE = 50;
/** Counts above this are told as "more than". */
const CAP = 999;

const itemOf = (row: ListedMessage, { people, units }: Organisation) => ({
  id: row.id,
  name: MAIL_NAMES[row.template],
  state: row.state,
  why: row.reason ? { da: REASONS[row.reason].da, en: REASONS[row.reason].en } : null,
  answer: row.answer,
  attempts: row.attempts,
  maybeTwice: row.maybeTwice,
  /** A role or unit; null is a notifier. Never an address. */
  receiver: people.get(row.toPersonId ?? '')?.title ?? units.get(row.toUnitId ?? '')?.name ?? null,
  actedBy: row.actedBy ? (people.get(row.actedBy)?.title ?? row.actedBy) : null,
  createdAt: iso(row.createdAt),
  sentAt: row.sentAt ? iso(row.sentAt) : null,
  nextAttemptAt: row.nextAttemptAt ? iso(row.nextAttemptAt) : null,
});
export type MessageItem = ReturnType<typeof itemOf>;

/** *Mails* for administrators: where each stands, newest first. Holds neither words nor addresses. */
export const listMessages = async (
  ctx: Ctx,
  q: { readonly state: MessageState | null; readonly cursor?: string | undefined },
): Promise<Page<MessageItem>> => {
  demand(ctx.actor, 'message.list');
  const { organisation } = await currentWorld(ctx);
  const page = { state: q.state, cursor: readCursor(q.cursor), limit: PAGE + 1 };
  const rows = await findMessages(ctx.deps.db, ctx.scope, page);
  return pageOf(
    rows.map((row) => ({ row, id: row.id, at: row.createdAt })),
    PAGE,
    ({ row }) => itemOf(row, organisation),
  );
};

/** How many stand in each state, capped at one above 999. */
export const countMessages = async (ctx: Ctx): Promise<Partial<Record<MessageState, number>>> => {
  demand(ctx.actor, 'message.list');
  const counts = await count(ctx.deps.db, ctx.scope, MESSAGE_STATES, CAP);
  return Object.fromEntries(counts.map((row) => [row.state, row.count]));
};
