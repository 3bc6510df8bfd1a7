import { acknowledge } from '#domain/acknowledge.ts';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';
import { routingOf } from './open-records.ts';

export type Acknowledgement = Target & {
  /** Is the child known? Confirmed or corrected against what the import said. */
  readonly known: { readonly unit: string | null; readonly disability: boolean; readonly elsewhere: boolean };
  readonly need: string | null;
};

/**
 * A named person of the owning unit takes the referral, and it is routed again by what they confirm. Meets the
 * acknowledgement clock, or moves ownership at once and starts the next unit's.
 */
export const acknowledgeReferral = (
  asked: Ctx,
  input: Acknowledgement,
): Promise<Recorded & { ownerUnit: string; moved: boolean }> =>
  onReferral(asked, 'acknowledge', 'referral.acknowledge', input, async ({ ctx, referral, world, tx }) => {
    if (ctx.actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    const { unit, disability, elsewhere } = input.known;
    if (unit !== null && !world.organisation.units.has(unit)) refuseField('known.unit', 'unknown-choice');
    if (input.need !== null && !world.organisation.matrix.some((row) => row.id === input.need)) {
      refuseField('need', 'unknown-choice');
    }
    const known = unit === null && !disability ? null : { unit, disability };
    const routing = await routingOf(ctx, tx, referral, { known, need: input.need, elsewhere });
    const { moved, ...decision } = acknowledge(referral, ctx.actor, routing, world, ctx.now);
    return { ...decision, answer: { ownerUnit: decision.move?.unit ?? referral.ownerUnit, moved } };
  });
