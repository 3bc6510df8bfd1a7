import { DomainError } from '#domain/errors.ts';
import type { Role } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import type { World } from '#domain/world.ts';
import { moveDraftFiles } from '#store/attachments.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { findDraft, updateDraft } from '#store/drafts.ts';
import { findReferralsOf } from '#store/notifications.ts';
import { lockReferral } from '#store/referrals.ts';
import { deleteSealedKey } from '#store/sealed-keys.ts';
import { receivedFile } from './attach-to-notification.ts';
import { type Ctx, notBefore } from './context.ts';
import { openFiles } from './open-attachment.ts';
import { openRecords } from './open-records.ts';
import { parseNotification } from './parse-notification.ts';
import { recordDecision } from './record-decision.ts';
import { type Submitted, storeSubmission, submittedBefore } from './store-submission.ts';
import { keptWorld } from './world.ts';

/** The same request answers the same again; whoever else sends it is told that it has been. */
const sentBefore = async (ctx: Ctx): Promise<Submitted> => {
  const before = await submittedBefore(ctx, ctx.deps.db);
  if (before) return before;
  throw new DomainError('STALE');
};

/** What is beside the draft goes along, and stands in the journal of each case. */
const sendFiles = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  sent: { readonly draftId: string; readonly notificationId: string },
  role: Role | 'system',
): Promise<void> => {
  const files = await openFiles(ctx, tx, await moveDraftFiles(tx, ctx.scope, sent));
  if (files.length === 0) return;
  const ids = await findReferralsOf(tx, ctx.scope, sent.notificationId);
  const referrals = await inOrder(ids, (id) => lockReferral(tx, ctx.scope, id));
  await inOrder(referrals, (referral) =>
    recordDecision(notBefore(ctx, referral), tx, world, referral, { patch: {}, facts: files.map(receivedFile) }, role),
  );
};

/**
 * Sends a draft: whoever sends is the notifier. The draft is used up in the same transaction, so it cannot be sent
 * twice. Throws INVALID with the fields at fault, STALE when a colleague saved or sent it in between.
 */
export const sendDraft = async (
  ctx: Ctx,
  input: { readonly id: string; readonly stateVersion: number },
): Promise<Submitted> => {
  const { actor, deps, scope, now } = ctx;
  const draft = await findDraft(deps.db, scope, input.id);
  if (!draft) throw new DomainError('NOT_FOUND');
  demand(actor, 'draft.write', draft);
  const role = demand(actor, 'notification.submit');
  if (draft.notificationId !== null) return sentBefore(ctx);
  const opened = await openRecords(ctx, deps.db, 'draft', [draft]);
  // Sent since it was found: its words stand in the notification alone.
  if (!opened.has(draft.id)) return sentBefore(ctx);
  const { world } = await keptWorld(ctx);
  const form = parseNotification(opened.get(draft.id), world, { training: deps.training, receivedAt: now });
  const sender = actor.kind === 'person' ? actor : null;
  return storeSubmission(
    ctx,
    {
      form,
      channel: 'form',
      receivedAt: now,
      senderPersonId: sender?.personId ?? null,
      senderUnitId: sender?.unitId ?? null,
      registeredById: null,
    },
    role,
    async (tx, notificationId) => {
      // What was sent stands in the notification alone: a second copy would outlive its lawful destruction.
      const used = { id: draft.id, expectedVersion: input.stateVersion, sealed: new Uint8Array(), notificationId };
      await updateDraft(tx, scope, used, now);
      await deleteSealedKey(tx, scope, draft.id);
      await sendFiles(ctx, tx, world, { draftId: draft.id, notificationId }, role);
    },
  );
};
