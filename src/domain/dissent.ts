import { DomainError } from './errors.ts';
import { illegal } from './lifecycle.ts';
import type { Dispute } from './ownership.ts';
import type { Decision } from './referral.ts';
import { coordinatorsOf, decidersOf } from './speakers.ts';
import { type Instant, localDay } from './time.ts';
import type { World } from './world.ts';

/** How a dispute or an escalation came out, as its journal has it. */
export type Ended = {
  readonly dispute: Dispute;
  /** Person id of who decided it; null when it ended in another way. */
  readonly decidedBy: string | null;
  /** Person ids of those who have recorded their dissent. */
  readonly dissenters: readonly string[];
};

/** May this person still say that they would have decided otherwise? The policy says who holds the deciding role. */
export const mayDissent = ({ decidedBy, dissenters }: Ended, personId: string): boolean =>
  decidedBy !== null && decidedBy !== personId && !dissenters.includes(personId);

/**
 * Another holder of the deciding role says, once, that they would have decided otherwise. The first decision stands and
 * nothing moves; who decided, the others who may decide, and the coordinators are told. Throws OUT_OF_SCOPE,
 * ILLEGAL_TRANSITION when nobody decided it or it was their own decision, DUPLICATE.
 */
export const dissent = (
  ended: Ended,
  input: { readonly personId: string; readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  const { dispute, decidedBy, dissenters } = ended;
  const { personId, reason } = input;
  const day = localDay(now);
  const deciders = decidersOf(dispute, world.organisation, day);
  if (!deciders.includes(personId)) throw new DomainError('OUT_OF_SCOPE');
  if (decidedBy === null) throw illegal('Der er ikke truffet afgørelse.', 'Nothing was decided.');
  if (decidedBy === personId) throw illegal('Det er din egen afgørelse.', 'It is your own decision.');
  if (dissenters.includes(personId)) {
    throw new DomainError('DUPLICATE', {
      da: 'Du har allerede skrevet, at du er uenig.',
      en: 'You have recorded your dissent already.',
    });
  }
  const told = new Set([decidedBy, ...deciders, ...coordinatorsOf(dispute, world.organisation, day)]);
  told.delete(personId);
  return {
    patch: {},
    facts: [{ kind: 'dissent-recorded', data: { dispute: dispute.id, step: dispute.step }, sealed: { text: reason } }],
    mails: [...told].map((person) => ({ template: 'dissent-recorded', to: { person }, exempt: dispute.acute })),
  };
};
