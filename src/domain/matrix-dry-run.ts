import type { MatrixRow, Organisation } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import { type RoutingInput, route } from './routing.ts';
import type { LocalDay } from './time.ts';

/** A referral that has come, with the facts that routed it: no name, no CPR, no street. */
export type PastReferral = {
  readonly id: string;
  readonly caseNumber: string;
  readonly facts: RoutingInput;
  /** Where it was routed first, and who is responsible for it now. */
  readonly first: string;
  readonly now: string;
};

export type Rerouted = Omit<PastReferral, 'facts'> & {
  readonly at: RoutingInput['at'];
  readonly matter: RoutingInput['matter'];
  /** By the matrix as it is, and by the one that is proposed. */
  readonly from: string;
  readonly to: string;
};

/** The rows of a day as if they had always stood. */
const always = (matrix: readonly MatrixRow[], on: LocalDay): readonly MatrixRow[] =>
  matrix.filter((row) => isValid(row.validity, on)).map((row) => ({ ...row, validity: { from: null, until: null } }));

/**
 * Which of the past referrals would have gone elsewhere, had the proposed matrix stood in their time instead of the
 * present one; both sides go by the same facts, so that nothing but the change makes a difference. `on` is the day on
 * which the change begins.
 */
export const rerouted = (
  past: readonly PastReferral[],
  organisation: Organisation,
  proposed: readonly MatrixRow[],
  on: LocalDay,
): readonly Rerouted[] => {
  const before = { ...organisation, matrix: always(organisation.matrix, on) };
  const after = { ...organisation, matrix: always(proposed, on) };
  return past.flatMap(({ facts, ...referral }): Rerouted[] => {
    const [from, to] = [route(facts, before).unit, route(facts, after).unit];
    return from === to ? [] : [{ ...referral, at: facts.at, matter: facts.matter, from, to }];
  });
};
