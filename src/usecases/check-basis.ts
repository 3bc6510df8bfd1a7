import { type CheckedBasis, checkBasis as decide } from '#domain/notifier-basis.ts';
import { findBasis } from '#store/notifications.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';
import { outboxRow } from './rows.ts';

/** Confirms or corrects what the notifier of a notification is; it holds for all of its children. Nobody is told. */
export const checkBasis = (
  asked: Ctx,
  input: Target & { readonly as: CheckedBasis; readonly reason: string },
): Promise<Recorded> =>
  onReferral(asked, 'check-basis', 'referral.check-basis', input, async ({ ctx, referral, tx }) => {
    const { basis } = await findBasis(tx, ctx.scope, referral.id);
    const login = referral.senderPersonId !== null;
    const decision = decide(referral, { was: basis, is: input.as, login, reason: input.reason });
    if (basis !== input.as && referral.notificationId) {
      const corrected = { name: 'basis.corrected', payload: { notificationId: referral.notificationId } } as const;
      const outbox = [outboxRow(ctx, corrected)];
      await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
    }
    return decision;
  });
