import { requestWords } from '#domain/asking.ts';
import { toldInPlaceOf } from '#domain/left-notifier.ts';
import { departmentOf } from '#domain/notifier-view.ts';
import { demand } from '#domain/policy.ts';
import type { Question } from '#domain/questions.ts';
import type { Referral } from '#domain/referral.ts';
import { templateAt } from '#domain/rulebook.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { inTransaction } from '#store/db.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/** Whom to call, and in which words: never the unit, whose name may tell too much. */
export const askingFacts = (ctx: Pick<Ctx, 'now'>, referral: Referral, world: World) => {
  const { name: da, nameEn: en, phone } = departmentOf(world.organisation, referral.ownerUnit);
  return { contact: { department: { da, en }, phone }, template: templateAt(world.rulebook, ctx.now) };
};

/** Who is told: the notifier, or whoever leads their institution once they have left; null: somebody without a login. */
export const recipientOf = ({ now }: Pick<Ctx, 'now'>, { senderPersonId }: Referral, { organisation }: World) =>
  senderPersonId === null ? null : (toldInPlaceOf(senderPersonId, organisation, localDay(now))?.title ?? null);

/** Exactly what the notifier would be asked, and who that is; nothing is sent. */
export const previewRequest = (ctx: Ctx, input: { readonly id: string; readonly questions: readonly Question[] }) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, input.id);
    demand(ctx.actor, 'referral.ask-for-more', subjectOf(referral));
    const world = await currentWorld(ctx, tx);
    const { contact, template } = askingFacts(ctx, referral, world);
    return {
      told: requestWords(input.questions, contact, template),
      recipient: recipientOf(ctx, referral, world),
    };
  });
