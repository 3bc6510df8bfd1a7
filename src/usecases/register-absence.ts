import { demandAbsence, type NewAbsence } from '#domain/absence.ts';
import { refuseField } from '#domain/field-errors.ts';
import { demand } from '#domain/policy.ts';
import { localDay } from '#domain/time.ts';
import { insertAbsence } from '#store/absences.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/**
 * A person says when they are away and who answers meanwhile; a leader says it for their people. Alarms and the list of
 * cases follow from the first day to the last, both whole. Throws OUT_OF_SCOPE, INVALID.
 */
export const registerAbsence = (ctx: Ctx, absence: NewAbsence): Promise<{ id: number }> =>
  actOnce(ctx, async (tx) => {
    const { organisation } = await currentWorld(ctx, tx);
    const person = organisation.people.get(absence.personId);
    demand(ctx.actor, 'absence.register', { authorId: absence.personId, unitId: person?.unit ?? null });
    if (!person) return refuseField('personId', 'unknown-choice');
    demandAbsence(absence, person, organisation, localDay(ctx.now));
    return { id: await insertAbsence(tx, ctx.scope, absence, personOf(ctx).personId) };
  });
