import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { localDay } from '#domain/time.ts';
import { endAbsenceOn, findAbsence } from '#store/absences.ts';
import { actOnce, type Ctx } from './context.ts';
import { currentWorld } from './world.ts';

/** The person is there again from today. Throws NOT_FOUND, OUT_OF_SCOPE. */
export const endAbsence = (ctx: Ctx, input: { readonly id: number }): Promise<{ id: number }> =>
  actOnce(ctx, async (tx) => {
    const { organisation } = await currentWorld(ctx, tx);
    const absence = await findAbsence(tx, ctx.scope, input.id);
    if (!absence) throw new DomainError('NOT_FOUND');
    const unitId = organisation.people.get(absence.personId)?.unit ?? null;
    demand(ctx.actor, 'absence.end', { authorId: absence.personId, unitId });
    await endAbsenceOn(tx, ctx.scope, input.id, localDay(ctx.now));
    return { id: input.id };
  });
