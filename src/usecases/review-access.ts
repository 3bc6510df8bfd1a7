import { reviewItem, type Told, toldOf } from '#domain/access-items.ts';
import { releaseAccess as release } from '#domain/access-request.ts';
import { iso } from '#domain/time.ts';
import { closeAccessRequest, updateAccessReview } from '#store/access-requests.ts';
import { accessContent } from './access-content.ts';
import type { Ctx } from './context.ts';
import { getOpenRequest, onAccess } from './on-access.ts';
import { personOf } from './on-referral.ts';

/** What was released, as it is sealed: the answer is made of it again and again, and is the same each time. */
export type AccessDocument = {
  readonly releasedAt: string;
  /** Whose content it is: whoever fetches it must reach every one. */
  readonly referralIds: readonly string[];
  readonly caseNumbers: readonly string[];
  readonly items: readonly Told[];
};

/** A person says of one item whether it is kept or blacked out, and why; said again, it counts as it was said last. */
export const reviewAccess = (
  asked: Ctx,
  { id, ...said }: { readonly id: string; readonly key: string; readonly keep: boolean; readonly reason: string },
): Promise<{ requestId: string }> =>
  onAccess(asked, id, async ({ ctx, tx, world }) => {
    const { request, key, review } = await getOpenRequest(ctx, tx, id);
    const { items } = await accessContent(ctx, tx, world, id);
    const by = { by: personOf(ctx).personId, at: iso(ctx.now) };
    const sealed = ctx.deps.vault.seal(key, 'review', reviewItem(items, review, { ...said, ...by }));
    await updateAccessReview(tx, ctx.scope, { id: request.id, review: sealed });
    return { decision: null, answer: { requestId: request.id } };
  });

/**
 * The answer stands as it is now: sealed, with its digest in the journal. Nothing is sent. Throws ILLEGAL_TRANSITION while
 * a marked item is not looked at, also one that has come since.
 */
export const releaseAccess = (asked: Ctx, { id }: { readonly id: string }): Promise<{ requestId: string }> =>
  onAccess(asked, id, async ({ ctx, tx, referral, world }) => {
    const { vault } = ctx.deps;
    const { request, key, review } = await getOpenRequest(ctx, tx, id);
    const { items, referralIds } = await accessContent(ctx, tx, world, id);
    const told = toldOf(items, review);
    const caseNumbers = [...new Set(items.map(({ section }) => section.split(':')[0] ?? ''))];
    const document: AccessDocument = { releasedAt: iso(ctx.now), caseNumbers, referralIds, items: told };
    const sealed = vault.seal(key, 'document', document);
    await closeAccessRequest(tx, ctx.scope, { id: request.id, document: sealed, by: personOf(ctx).personId }, ctx.now);
    const digest = Buffer.from(vault.digest(JSON.stringify(document))).toString('hex');
    const kept = told.filter(({ text }) => text !== null).length;
    return {
      decision: release(referral, { kept, blacked: items.length - kept, digest }),
      answer: { requestId: request.id },
    };
  });
