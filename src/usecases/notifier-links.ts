import { DomainError, type Reason } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { claimLink, type FoundLink, findLink } from '#store/notifier-links.ts';
import { insertRecords } from '#store/records.ts';
import { actOnce } from './context.ts';
import { type Confirmation, checkCode, issueCode } from './door-codes.ts';
import { countVisit, type DoorCtx } from './door-visit.ts';
import { mailRows, outboxRow } from './rows.ts';
import { currentWorld } from './world.ts';

const DEAD: Reason = {
  da: 'Linket virker ikke mere. Det kan åbnes én gang og i 14 dage. Få et nyt sendt til din mail.',
  en: 'The link does not work any more. It opens once and for 14 days. Have a new one sent to your mail.',
};

const find = async (ctx: DoorCtx, token: string): Promise<FoundLink | null> => {
  await countVisit(ctx, 'link-visitor', ctx.visitor);
  return findLink(ctx.deps.db, ctx.scope, ctx.deps.vault.index('link', `hash:${token}`), ctx.now);
};

/** Throws NOT_FOUND, the same for a token that never was, one that is used and one that is over. */
const demandAlive = async (ctx: DoorCtx, token: string): Promise<FoundLink> => {
  const link = await find(ctx, token);
  if (!link?.alive) throw new DomainError('NOT_FOUND', DEAD);
  return link;
};

/** Whoever has the link of a mail asks for the code to open it with; it goes to the same address. */
export const requestLinkCode = async (
  ctx: DoorCtx,
  { token, language }: { readonly token: string; readonly language: 'da' | 'en' },
): Promise<{ codeId: string }> => {
  demand(ctx.actor, 'door.return');
  const link = await demandAlive(ctx, token);
  await countVisit(ctx, 'link-notification', `code:${link.notificationId}`);
  return actOnce(ctx, (tx) => issueCode(ctx, tx, { link }, language));
};

/**
 * Link and code together open the notification once: both are used up, and that it was opened is evidence. `read` shows it
 * in the same transaction: what could not be read was not opened.
 */
export const openLink = async <R>(
  ctx: DoorCtx,
  { token, confirmation }: { readonly token: string; readonly confirmation: Confirmation },
  read: (tx: Tx, notificationId: string) => Promise<R>,
): Promise<R> => {
  demand(ctx.actor, 'door.return');
  const link = await demandAlive(ctx, token);
  const use = await checkCode(ctx, confirmation, { link });
  return actOnce({ ...ctx, key: null }, async (tx) => {
    await use(tx);
    if (!(await claimLink(tx, ctx.scope, link.id, ctx.now))) throw new DomainError('NOT_FOUND', DEAD);
    const { notificationId } = link;
    const opened = outboxRow(ctx, { name: 'notification.opened', payload: { notificationId, at: iso(ctx.now) } });
    await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox: [opened] });
    return read(tx, notificationId);
  });
};

/**
 * A new link to the same address, by whichever earlier one of the notification, dead ones too. Always answers the same, so
 * that nothing is learned by trying.
 */
export const renewLink = async (
  ctx: DoorCtx,
  { token }: { readonly token: string },
): Promise<Record<string, never>> => {
  demand(ctx.actor, 'door.return');
  const link = await find(ctx, token);
  if (!link) return {};
  await countVisit(ctx, 'link-notification', `link:${link.notificationId}`);
  return actOnce(ctx, async (tx) => {
    const about = { referralId: null, notificationId: link.notificationId, language: link.language };
    const mail = { template: 'notifier-link', to: { notifier: true }, exempt: false } as const;
    const { outbound, outbox } = mailRows(ctx, await currentWorld(ctx, tx), about, mail);
    await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [outbound], outbox: [outbox] });
    return {};
  });
};
