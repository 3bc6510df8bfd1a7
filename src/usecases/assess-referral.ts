import { changeDisputePriority } from '#domain/advance-dispute.ts';
import { assess } from '#domain/assessment.ts';
import type { EvidenceKind } from '#domain/evidence.ts';
import { refuseField } from '#domain/field-errors.ts';
import { type Instant, isAfter } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

export type Assessment = Target & {
  readonly acute: boolean;
  readonly reason: string;
  readonly evidence: EvidenceKind;
  readonly occurredAt?: Instant;
};

/** The 24-hour assessment: is acute action needed? Its evidence meets the clock. */
export const assessReferral = (asked: Ctx, input: Assessment): Promise<Recorded> =>
  onReferral(asked, 'assess', 'referral.assess', input, ({ ctx, referral, open, world }) => {
    if (input.occurredAt && isAfter(input.occurredAt, ctx.now)) refuseField('occurredAt', 'future');
    return changeDisputePriority(referral, assess(referral, input, world, ctx.now), open, world, ctx.now);
  });
