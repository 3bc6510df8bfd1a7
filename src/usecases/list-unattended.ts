import { handlersAt } from '#domain/colleagues.ts';
import { demand } from '#domain/policy.ts';
import { isThere } from '#domain/recipients.ts';
import { NEVER } from '#domain/referral-due.ts';
import { iso, localDay } from '#domain/time.ts';
import { answersFor, maybeGone, whyGone } from '#domain/unattended.ts';
import { findHeldBy } from '#store/unattended.ts';
import { type Ctx, scopeFor } from './context.ts';
import { currentWorld } from './world.ts';

type Titled = { readonly id: string; readonly title: string };

/** More than anybody looks through; what is due first is among them. */
const MOST = 500;

/**
 * Open cases whose person is away, has left or works elsewhere now, with who answers meanwhile and who could take them.
 * Holds no personal data of the child, so reading it is not logged.
 */
export const listUnattended = async (ctx: Ctx) => {
  demand(ctx.actor, 'referral.list');
  const { organisation } = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const scope = scopeFor(ctx, 'referral.list');
  const held = await findHeldBy(ctx.deps.db, scope, maybeGone(organisation, day), MOST);
  const items = held.flatMap(({ handlerId, ownerUnit, nextDueAt, ...row }) => {
    const why = whyGone(handlerId, ownerUnit, organisation, day);
    if (why === null) return [];
    const answers = answersFor(handlerId, why, organisation, day);
    return [
      {
        ...row,
        unit: { id: ownerUnit, name: organisation.units.get(ownerUnit)?.name ?? ownerUnit },
        handler: { id: handlerId, title: organisation.people.get(handlerId)?.title ?? handlerId },
        why,
        answers: answers && { id: answers.id, title: answers.title, phone: answers.phone },
        nextDueAt: nextDueAt.equals(NEVER) ? null : iso(nextDueAt),
      },
    ];
  });
  const units = [...new Set(items.map(({ unit }) => unit.id))];
  return {
    items,
    /** Who could take them, by unit: those who are there today. */
    colleagues: Object.fromEntries(
      units.map((unit): [string, Titled[]] => [
        unit,
        handlersAt(organisation, unit, day)
          .filter(({ id }) => isThere(id, organisation, day))
          .map(({ id, title }) => ({ id, title })),
      ]),
    ),
  };
};
