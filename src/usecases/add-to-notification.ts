import type { Fact } from '#domain/journal.ts';
import type { Role } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import type { Referral } from '#domain/referral.ts';
import { iso } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { findToldOfAddition } from '#store/families.ts';
import { findReferralsOf, getNotification, insertAddition } from '#store/notifications.ts';
import { lockReferral } from '#store/referrals.ts';
import { actOnce, type Ctx, notBefore } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { dataKey } from './open-records.ts';
import { recordDecision } from './record-decision.ts';
import { tellOfChildren } from './tell-of-children.ts';
import { currentWorld } from './world.ts';

/** The addition itself: sealed under a key of its own. Throws NOT_FOUND. */
export const layBeside = async (
  ctx: Ctx,
  tx: Tx,
  { id, notificationId, text }: { readonly id: string; readonly notificationId: string; readonly text: string },
): Promise<void> => {
  const { deps, scope, now, actor } = ctx;
  const key = await dataKey(ctx, tx, 'addition', id);
  const authorId = actor.kind === 'person' ? actor.personId : 'system';
  const sealed = deps.vault.seal(key, 'content', { text });
  await insertAddition(tx, scope, { id, notificationId, authorId, sealed, receivedAt: now }, now);
};

/** Other units' referrals of the same notification and of linked siblings hear of it by the system. */
export const tellOthers = async (
  ctx: Ctx,
  tx: Tx,
  about: { readonly notificationId: string; readonly additionId: string; readonly known: readonly string[] },
): Promise<void> => {
  const { notificationId, additionId: subjectId, known } = about;
  const others = (await findToldOfAddition(tx, ctx.scope, notificationId)).filter(({ id }) => !known.includes(id));
  await tellOfChildren(
    ctx,
    tx,
    others.map((one) => ({
      referralId: one.id,
      told: one.sameNotification ? 'notification-added-to' : 'sibling-added-to',
      subjectId,
    })),
  );
};

/** A line in the journal, and whoever has the case is told that something was laid beside the notification. */
export const tellHandler = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  referral: Referral,
  fact: Fact,
  role: Role | 'system',
): Promise<void> => {
  const to = referral.handlerId ? { person: referral.handlerId } : { unit: referral.ownerUnit };
  const mails = [{ template: 'addition', to, exempt: referral.acute }] as const;
  await recordDecision(notBefore(ctx, referral), tx, world, referral, { patch: {}, facts: [fact], mails }, role);
};

/** The line in the journal. */
export const addedTo = (additionId: string): Fact => ({ kind: 'notification-added-to', data: { additionId } });

/**
 * More is added; the notification itself stays as sent. By its sender, or by a unit that has one of its referrals and
 * received more. The handlers are told. Idempotent by key. Throws NOT_FOUND, OUT_OF_SCOPE.
 */
export const addToNotification = (
  ctx: Ctx,
  input: { readonly notificationId: string; readonly text: string },
): Promise<{ additionId: string; addedAt: string }> =>
  actOnce(ctx, async (tx) => {
    const { deps, scope, now, actor } = ctx;
    const notification = await getNotification(tx, scope, input.notificationId);
    const ids = await findReferralsOf(tx, scope, notification.id);
    const referrals = await inOrder(ids, (referralId) => lockReferral(tx, scope, referralId));
    const sent = { senderPersonId: notification.senderPersonId };
    const role = demand(actor, 'notification.add', { ...(referrals[0] ? subjectOf(referrals[0]) : {}), ...sent });
    const id = deps.newId(now);
    await layBeside(ctx, tx, { id, notificationId: notification.id, text: input.text });
    const world = await currentWorld(ctx, tx);
    for (const referral of referrals) await tellHandler(ctx, tx, world, referral, addedTo(id), role);
    await tellOthers(ctx, tx, { notificationId: notification.id, additionId: id, known: ids });
    return { additionId: id, addedAt: iso(now) };
  });
