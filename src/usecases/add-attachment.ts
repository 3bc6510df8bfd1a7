import { safeName } from '#domain/attachments.ts';
import { demandLegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { unheardAgainAt } from '#domain/scanning.ts';
import type { DataKey } from '#platform/vault.ts';
import { deleteArrival, finishArrival, insertArrival } from '#store/attachments.ts';
import { inTransaction } from '#store/db.ts';
import { getReferral } from '#store/referrals.ts';
import { insertSealedKey } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';
import { handOverFiles } from './hand-over-files.ts';
import { onReferral, personOf, type Recorded, subjectOf } from './on-referral.ts';
import { type Arrived, storeParts } from './sealed-parts.ts';

const ACTION = 'referral.add-evidence';

/** Before anything is read: may this person, on this case, as it stands? Answers the file's own key. */
const begin = (ctx: Ctx, referralId: string): Promise<DataKey> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, referralId);
    demand(ctx.actor, ACTION, subjectOf(referral));
    demandLegal('add-evidence', referral.status);
    const id = ctx.deps.newId(ctx.now);
    const { key, wrapped } = ctx.deps.vault.newKey('attachment', id);
    await insertSealedKey(tx, ctx.scope, wrapped);
    await insertArrival(tx, ctx.scope, { id, referralId, authorId: personOf(ctx).personId }, ctx.now);
    return key;
  });

/** The request's key covers the content too, which is known only now. */
const covering = ({ deps, key, ...ctx }: Ctx, { digest }: Arrived): Ctx => {
  const covered = (requestHash: Uint8Array) =>
    deps.vault.index('idempotency', Buffer.concat([Buffer.from('content:'), requestHash, digest]));
  return { deps, ...ctx, key: key && { ...key, requestHash: covered(key.requestHash) } };
};

/**
 * A file as evidence: stored part by part while it comes, on the case when it has come whole, held there until it has been
 * looked through where a scanner is set. The journal has its digest
 * and name, sealed. Once for each Idempotency-Key and content; what is not kept leaves nothing. Throws as `onReferral`
 * and `storeParts`.
 */
export const addAttachment = async (
  ctx: Ctx,
  input: { readonly id: string; readonly name: string },
  content: AsyncIterable<Uint8Array>,
): Promise<Recorded & { attachmentId: string }> => {
  const key = await begin(ctx, input.id);
  const { recordId: attachmentId } = key;
  let kept = '';
  try {
    const arrived = await storeParts(ctx, key, content);
    const { type, bytes } = arrived;
    const said = { text: safeName(input.name, type), sha256: Buffer.from(arrived.digest).toString('hex') };
    const act = covering(ctx, arrived);
    const recorded = await onReferral(act, 'add-evidence', ACTION, { id: input.id }, async ({ ctx: at, tx }) => {
      const sealed = ctx.deps.vault.seal(key, 'said', said);
      const scanAt = ctx.deps.scan ? unheardAgainAt(at.now) : null;
      await finishArrival(tx, at.scope, { id: attachmentId, type, bytes, sealed, scanAt }, at.now);
      if (scanAt) await handOverFiles(at, tx, [attachmentId]);
      const data = { attachment: attachmentId, type, bytes };
      return { patch: {}, facts: [{ kind: 'file-added', data, sealed: said }], answer: { attachmentId } };
    });
    kept = recorded.attachmentId;
    return recorded;
  } finally {
    // Refused, broken off, or sent again and kept the first time; what stays by a killed process, the purge finds.
    if (kept !== attachmentId) await deleteArrival(ctx.deps.db, ctx.scope, attachmentId);
  }
};
