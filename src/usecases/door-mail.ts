import { NOTIFIER_LINK } from '#domain/door.ts';
import { findLivingCode } from '#store/door-codes.ts';
import { insertLink } from '#store/notifier-links.ts';
import type { OutboundMessage } from '#store/outbound-messages.ts';
import type { Ctx } from './context.ts';
import { findKey } from './open-records.ts';

/** Where the code of somebody who is not stored yet goes; null once the code is used or over. */
export const doorAddress = async (ctx: Ctx, codeId: string): Promise<string | null> => {
  const { db, vault } = ctx.deps;
  const code = await findLivingCode(db, ctx.scope, codeId, ctx.now);
  if (!code?.sealed) return null;
  const key = await findKey(ctx, db, 'door-code', codeId);
  return key && String(vault.open(key, 'address', code.sealed));
};

/**
 * Where a mail to a notifier without a login leads. The token follows from the message's id and a key outside of the
 * database, so a mail that is sent twice says the same; its hash alone is stored. Behind `#` no server and no log sees it.
 */
export const doorPath = async (ctx: Ctx, { id, notificationId }: OutboundMessage): Promise<string> => {
  if (notificationId === null) throw new Error('a link without a notification');
  const { db, vault } = ctx.deps;
  const token = Buffer.from(vault.index('link', `token:${id}`)).toString('base64url');
  const expiresAt = ctx.now.add({ hours: 24 * NOTIFIER_LINK.days });
  const tokenHash = vault.index('link', `hash:${token}`);
  await insertLink(db, ctx.scope, { id, tokenHash, notificationId, createdAt: ctx.now, expiresAt });
  return `/svar#${token}`;
};
