import { DOOR_CODE } from '#domain/door.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Vault } from '#platform/vault.ts';
import type { Tx } from '#store/db.ts';
import { claimDoorCode, insertDoorCode, tryDoorCode } from '#store/door-codes.ts';
import { insertRecords } from '#store/records.ts';
import { insertSealedKey } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';
import { addressIndexOf } from './mail-address.ts';
import { mailRows } from './rows.ts';
import { currentWorld } from './world.ts';

/** What a code proves: that somebody reads the mail of this address, or of the notification that a link belongs to. */
export type CodeTarget =
  | { readonly address: string }
  | { readonly link: { readonly id: string; readonly notificationId: string } };

/** A code as somebody typed it. */
export type Confirmation = { readonly id: string; readonly code: string };

/**
 * The digits of a code follow from its id and a key outside of the database, so that the mail can be written out, and
 * written again, without any place in which they stand.
 */
export const digitsOf = (vault: Vault, id: string): string => {
  const number = Buffer.from(vault.index('code', `digits:${id}`)).readUIntBE(0, 6);
  return String(number % 10 ** DOOR_CODE.digits).padStart(DOOR_CODE.digits, '0');
};

const hashOf = (vault: Vault, id: string, digits: string): Uint8Array => vault.index('code', `hash:${id}:${digits}`);

/** Makes a code and its mail. Answers what to name it by. */
export const issueCode = async (ctx: Ctx, tx: Tx, target: CodeTarget, language: 'da' | 'en') => {
  const { vault, newId } = ctx.deps;
  const id = newId(ctx.now);
  const link = 'link' in target ? target.link : null;
  const expiresAt = ctx.now.add({ minutes: DOOR_CODE.minutes });
  const code = { id, codeHash: hashOf(vault, id, digitsOf(vault, id)), createdAt: ctx.now, expiresAt };
  if ('address' in target) {
    const { key, wrapped } = vault.newKey('door-code', id);
    await insertSealedKey(tx, ctx.scope, wrapped);
    const sealed = vault.seal(key, 'address', target.address);
    await insertDoorCode(tx, ctx.scope, {
      ...code,
      addressIndex: addressIndexOf(ctx, target.address),
      sealed,
      linkId: null,
    });
  } else await insertDoorCode(tx, ctx.scope, { ...code, addressIndex: null, sealed: null, linkId: target.link.id });
  const about = { referralId: null, notificationId: link?.notificationId ?? null, language };
  const mail = { template: 'door-code', to: { notifier: true }, exempt: true, doorCodeId: id } as const;
  const { outbound, outbox } = mailRows(ctx, await currentWorld(ctx, tx), about, mail);
  await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [outbound], outbox: [outbox] });
  return { codeId: id };
};

/**
 * Is it the code, and for this target? Every try counts and stays counted, whatever becomes of the act. Throws INVALID.
 * Answers how the act uses it up, in its own transaction.
 */
export const checkCode = async (ctx: Ctx, { id, code }: Confirmation, target: CodeTarget) => {
  const { db, vault } = ctx.deps;
  const tried = await tryDoorCode(db, ctx.scope, id, DOOR_CODE.tries, ctx.now);
  if (!tried) return refuseField('code', 'code-over');
  if (!vault.matches(tried.codeHash, hashOf(vault, id, code))) return refuseField('code', 'code-wrong');
  const right =
    'link' in target
      ? tried.linkId === target.link.id
      : tried.addressIndex !== null && vault.matches(tried.addressIndex, addressIndexOf(ctx, target.address));
  if (!right) return refuseField('code', 'code-over');
  return async (tx: Tx): Promise<void> => {
    if (!(await claimDoorCode(tx, ctx.scope, id, ctx.now))) refuseField('code', 'code-over');
  };
};
