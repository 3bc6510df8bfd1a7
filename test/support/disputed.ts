import { advanceDispute } from '#domain/advance-dispute.ts';
import { raiseDispute } from '#domain/dispute.ts';
import type { Referral } from '#domain/referral.ts';
import { instant } from '#domain/time.ts';
import { applied, type Matter, matterOf, openOf } from './matter.ts';
import { assessedReferral, world } from './referral.ts';

/** Nørrebro says on Monday 2 November 2026 that it is another's (`d1`). */
export const disputed = (
  referral: Referral = assessedReferral(),
  raised = '2026-11-02T10:00:00+01:00',
  whose = 'bch-modtagelsen',
): Matter => {
  const matter = matterOf(referral);
  const input = { id: 'd1', unit: referral.ownerUnit, whose, basis: '§ 1', reason: 'x' };
  return applied(matter, raiseDispute(referral, openOf(matter), input, world, instant(raised)), instant(raised));
};

/** Climbs at each step's own end, as the sweep does. */
export const steppedTo = (step: number, matter: Matter): Matter => {
  const { dispute } = openOf(matter);
  if (!dispute || dispute.step >= step) return matter;
  const at = dispute.stepEndsAt;
  return steppedTo(step, applied(matter, advanceDispute(openOf(matter), world, at), at));
};
