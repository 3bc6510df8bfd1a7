import { substitutesFor } from '#domain/absence.ts';
import { can, demand } from '#domain/policy.ts';
import { localDay } from '#domain/time.ts';
import { findAbsences } from '#store/absences.ts';
import type { Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/** Whose absence one may register, oneself first: when each is away, and who can stand in. */
export const listAbsences = async (ctx: Ctx) => {
  const { personId } = personOf(ctx);
  demand(ctx.actor, 'absence.register', { authorId: personId });
  const { organisation } = await currentWorld(ctx);
  const { people } = organisation;
  const today = localDay(ctx.now);
  const mine = [...people.values()]
    .filter((one) => can(ctx.actor, 'absence.register', { authorId: one.id, unitId: one.unit }))
    .toSorted((a, b) => Number(b.id === personId) - Number(a.id === personId));
  const absences = await findAbsences(
    ctx.deps.db,
    ctx.scope,
    mine.map(({ id }) => id),
    today,
  );
  return mine.map((person) => ({
    id: person.id,
    title: person.title,
    self: person.id === personId,
    substitutes: substitutesFor(person, organisation, today).map(({ id, title }) => ({ id, title })),
    absences: absences
      .filter((one) => one.personId === person.id)
      .map((one) => ({
        id: one.id,
        from: one.from.toString(),
        lastDay: one.until?.subtract({ days: 1 }).toString() ?? null,
        substitute: one.substitute ? (people.get(one.substitute)?.title ?? one.substitute) : null,
      })),
  }));
};
