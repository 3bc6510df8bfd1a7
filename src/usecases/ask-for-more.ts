import { askForMore as decide } from '#domain/asking.ts';
import type { Reason } from '#domain/errors.ts';
import type { Question } from '#domain/questions.ts';
import { askingFacts } from './asking.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/** Asks the notifier to tell more, exactly as previewed. Throws STALE when the words have changed since. */
export const askForMore = (
  asked: Ctx,
  input: Target & { readonly questions: readonly Question[]; readonly previewed: readonly Reason[] },
): Promise<Recorded & { requestId: string }> =>
  onReferral(asked, 'ask-for-more', 'referral.ask-for-more', input, ({ ctx, referral, world }) => {
    const requestId = ctx.deps.newId(ctx.now);
    const at = { world, by: personOf(ctx).personId, now: ctx.now };
    const decision = decide(referral, { ...input, requestId }, askingFacts(ctx, referral, world), at);
    return { ...decision, answer: { requestId } };
  });
