import { acknowledge } from '#domain/acknowledge.ts';
import { combine } from '#domain/combine.ts';
import { acknowledgedAfterSilence } from '#domain/escalation.ts';
import { refuseField } from '#domain/field-errors.ts';
import { namedBy } from '#domain/ownership.ts';
import { dropOpenMatters } from '#domain/settlement.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';
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
  onReferral(asked, 'acknowledge', 'referral.acknowledge', input, async ({ ctx, referral, open, world, tx }) => {
    const { unit, disability, elsewhere } = input.known;
    if (unit !== null && !world.organisation.units.has(unit)) refuseField('known.unit', 'unknown-choice');
    if (input.need !== null && !world.organisation.matrix.some((row) => row.id === input.need)) {
      refuseField('need', 'unknown-choice');
    }
    const known = unit === null && !disability ? null : { unit, disability };
    const routing = await routingOf(ctx, tx, referral, { known, need: input.need, elsewhere });
    const by = namedBy(open.history);
    const { moved, ...taken } = acknowledge(referral, personOf(ctx), routing, world, ctx.now, by);
    // Taken: silence about it is over. Moved: what was open about its ownership has been overtaken.
    const ended = moved
      ? dropOpenMatters(open, world, ctx.now)
      : acknowledgedAfterSilence({ ...referral, ...taken.patch }, open, world, ctx.now);
    const decision = combine(taken, ended);
    const ownerUnit = decision.move?.unit ?? referral.ownerUnit;
    return { ...decision, answer: { ownerUnit, moved: ownerUnit !== referral.ownerUnit } };
  });
