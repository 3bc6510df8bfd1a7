import { refuseField } from '#domain/field-errors.ts';
import { completeReassessment as complete, type Reassessing } from '#domain/reassessment.ts';
import { isAfter } from '#domain/time.ts';
import { findTouches } from '#store/reassessments.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';

/**
 * § 137: a child with a measure is assessed anew. Whoever ever handled the child's case, in any role, on any of its
 * referrals or records, is refused by its history, and told by what. Throws ILLEGAL_TRANSITION.
 */
export const completeReassessment = (asked: Ctx, input: Target & Reassessing): Promise<Recorded> =>
  onReferral(asked, 'complete-reassessment', 'referral.complete-reassessment', input, async ({ ctx, referral, tx }) => {
    if (input.occurredAt && isAfter(input.occurredAt, ctx.now)) refuseField('occurredAt', 'future');
    const { personId } = personOf(ctx);
    const touches = await findTouches(tx, ctx.scope, referral.id);
    return complete(
      referral,
      input,
      touches.find((one) => one.personId === personId),
    );
  });
