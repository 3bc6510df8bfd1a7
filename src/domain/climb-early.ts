import { climbed } from './advance-dispute.ts';
import { combine } from './combine.ts';
import { DomainError } from './errors.ts';
import { climbedMeanwhile, stepAfter } from './ladder-step.ts';
import { illegal } from './lifecycle.ts';
import type { OpenMatters } from './ownership.ts';
import type { Decision } from './referral.ts';
import { demandDispute } from './settlement.ts';
import { partiesBoundBy, toldOnSides } from './speakers.ts';
import { type Instant, localDay } from './time.ts';
import type { World } from './world.ts';

/**
 * Whoever speaks for a party takes the dispute up a step before its time, with a reason: the next step begins there and
 * then, with its whole time. Raised Mon 2026-11-02 10:00, climbed Tue 3rd 10:00 → step 2 ends Fri 6th 23:59:59. Those of
 * the step that is left are told too. `step` is the one that was seen: two who climb at once climb one step. Throws
 * OUT_OF_SCOPE for somebody who speaks for no party, STALE, ILLEGAL_TRANSITION at the last step and for silence.
 */
export const climbEarly = (
  open: OpenMatters,
  input: { readonly step: number; readonly personId: string; readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  const dispute = demandDispute(open);
  const { step, personId, reason } = input;
  const day = localDay(now);
  const parties = partiesBoundBy(personId, dispute, world.organisation, day);
  if (parties.length === 0) throw new DomainError('OUT_OF_SCOPE');
  if (step !== dispute.step) throw climbedMeanwhile();
  const next = stepAfter(dispute, now, world);
  if (!next) throw illegal('Det er det sidste trin.', 'This is the last step.');
  const left = toldOnSides(dispute, world.organisation, day).filter(
    (to) => !('person' in to) || to.person !== personId,
  );
  const data = { dispute: dispute.id, step, parties };
  const said: Decision = { patch: {}, facts: [{ kind: 'climbed-early', data, sealed: { text: reason } }] };
  return combine(
    said,
    climbed(dispute, { ...next, outage: null }, { template: 'climbed-early', also: left }, world, now),
  );
};
