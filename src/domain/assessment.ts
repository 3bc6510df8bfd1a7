import { combine } from './combine.ts';
import type { EvidenceKind } from './evidence.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import { changePriority } from './priority.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, iso } from './time.ts';
import type { World } from './world.ts';

/** `reason` is sealed. `occurredAt`: when the work was done, if earlier than its registration. */
export type Assessment = {
  readonly acute: boolean;
  readonly reason: string;
  readonly evidence: EvidenceKind;
  readonly occurredAt?: Instant;
};

/**
 * The 24-hour assessment: is acute action needed? Meets its clock, ends the assessment task, and says from now on
 * whether the referral is acute, which may move clocks and, while the unit is closed, ownership.
 */
export const assess = (referral: Referral, made: Assessment, world: World, now: Instant): Decision => {
  demandLegal('assess', referral.status);
  if (referral.matter === 'inquiry') {
    throw illegal('En forespørgsel har ingen 24-timers vurdering.', 'An inquiry has no 24-hour assessment.');
  }
  if (referral.assessedAt !== null) throw illegal('Den er allerede vurderet.', 'It has been assessed already.');
  const { acute, reason, evidence, occurredAt } = made;
  const assessed: Decision = {
    patch: { assessedAt: now, assessmentUnit: null },
    facts: [
      {
        kind: 'assessed',
        data: { acute, evidence, unit: referral.assessmentUnit ?? referral.ownerUnit },
        ...(occurredAt ? { occurredAt: iso(occurredAt) } : {}),
        sealed: { text: reason },
      },
    ],
    end: [{ kind: 'assess-24h', as: 'met' }],
  };
  if (acute === referral.acute) return assessed;
  const after = { ...referral, assessedAt: now, assessmentUnit: null };
  return combine(assessed, changePriority(after, { acute, reason }, world, now));
};
