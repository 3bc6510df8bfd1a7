import { kindOf } from '#domain/door.ts';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import { FIELD_LABELS } from '#domain/field-labels.ts';
import type { NotificationForm } from '#domain/notification-form.ts';
import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import { type Confirmation, checkCode } from './door-codes.ts';
import { asOutsider, claimedBasis, countVisit, type DoorCtx } from './door-visit.ts';
import { parseNotification } from './parse-notification.ts';
import { mailRows } from './rows.ts';
import { storeSubmission, submittedBefore } from './store-submission.ts';
import { currentWorld, keptWorld } from './world.ts';

export type AtDoor = { readonly notification: unknown; readonly confirmation: Confirmation | null };

/** Who sent it and to which address they are answered; throws INVALID for a kind that nobody at the door is. */
const addressOf = ({ notifier }: NotificationForm): string | null => {
  const kind = kindOf(notifier);
  if (!kind) return refuseField('notifier.notifierCode', 'not-at-door', FIELD_LABELS);
  if (kind.mail === 'demanded' && !notifier.workEmail) refuseField('notifier.workEmail', 'required', FIELD_LABELS);
  return notifier.workEmail ?? null;
};

/** The mail that holds their way back. The receipt, which tells tier 0 by itself, leaves beside it. */
const sendLink = async (ctx: DoorCtx, tx: Tx, notificationId: string, language: 'da' | 'en'): Promise<void> => {
  const about = { referralId: null, notificationId, language };
  const mail = { template: 'notifier-link', to: { notifier: true }, exempt: false } as const;
  const { outbound, outbox } = mailRows(ctx, await currentWorld(ctx, tx), about, mail);
  await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [outbound], outbox: [outbox] });
};

/** The key is of one notification, from the form's opening on; another code makes no other notification of it. */
const keyFor = ({ deps, key }: DoorCtx, notification: unknown): DoorCtx['key'] =>
  key && { ...key, requestHash: deps.vault.index('idempotency', `body:door.submit:${JSON.stringify(notification)}`) };

/** Its first answer may have been lost on the way. Throws DUPLICATE when it was changed since, and says so. */
const sentBefore = (ctx: DoorCtx): ReturnType<typeof submittedBefore> =>
  submittedBefore(ctx, ctx.deps.db).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== 'DUPLICATE') throw error;
    throw new DomainError('DUPLICATE', {
      da: 'Underretningen er allerede modtaget, som den var, da du først sendte den. Ring, hvis noget skal tilføjes.',
      en: 'The notification was received already, as it was when you first sent it. Call if something is to be added.',
    });
  });

/**
 * Somebody without a login notifies: a professional from outside, another municipality, a citizen, the child. An address
 * that is to be mailed has been confirmed by a one-time code, which is used up by this. Idempotent by key. Throws INVALID,
 * RATE_LIMITED.
 */
export const submitAtDoor = async (
  visit: DoorCtx,
  { notification, confirmation }: AtDoor,
): Promise<{ receivedAt: string; mailed: boolean }> => {
  const ctx = { ...asOutsider(visit, claimedBasis(notification)), key: keyFor(visit, notification) };
  const role = demand(ctx.actor, 'door.submit');
  const { world } = await keptWorld(ctx);
  const form = parseNotification(notification, world, { training: ctx.deps.training, receivedAt: ctx.now });
  const address = addressOf(form);
  const before = await sentBefore(ctx);
  if (before) return { receivedAt: before.receivedAt, mailed: address !== null };
  await countVisit(ctx, 'submit-visitor', ctx.visitor);
  if (address !== null && !confirmation) refuseField('confirmation', 'required');
  const use = address !== null && confirmation ? await checkCode(ctx, confirmation, { address }) : null;
  await storeSubmission(
    ctx,
    { form, channel: 'form', receivedAt: ctx.now, senderPersonId: null, senderUnitId: null, registeredById: null },
    role,
    use
      ? async (tx, notificationId) => {
          await use(tx);
          await sendLink(ctx, tx, notificationId, form.language);
        }
      : undefined,
  );
  return { receivedAt: iso(ctx.now), mailed: address !== null };
};
