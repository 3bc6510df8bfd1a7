import type { Reason } from '#domain/errors.ts';
import { howOf, mustBeReassessed } from '#domain/reassessment.ts';
import type { Referral } from '#domain/referral.ts';
import { iso } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findLinks, findShownRecord } from '#store/child-links.ts';
import { findChild } from '#store/children.ts';
import type { Tx } from '#store/db.ts';
import { findReferralsOfChild, findReferralsOfSiblings } from '#store/families.ts';
import { findTouches } from '#store/reassessments.ts';
import { type Ctx, scopeFor } from './context.ts';
import { familyLine } from './family-line.ts';
import { openRecords, type SealedChild } from './open-records.ts';

/**
 * The child as its page shows it: an unknown one is known by what it was merged with; where it lives says its own record
 * only, so that no unit learns an address from another's.
 */
export const shownChild = async (ctx: Ctx, tx: Tx, referral: Referral) => {
  const own = await findChild(tx, ctx.scope, referral.childId);
  const child = await findShownRecord(tx, ctx.scope, referral.id);
  const opened = await openRecords(
    ctx,
    tx,
    'child',
    [own, child].filter((one) => one !== null),
  );
  const [mine, best] = [own, child].map((one) => opened.get(one?.id ?? '') as SealedChild | undefined);
  return { child, record: { name: best?.name, cpr: best?.cpr, address: mine?.address } };
};

/** Why the reader may not make the re-assessment; null if they may. */
const hindranceOf = async ({ actor, scope }: Ctx, tx: Tx, { id }: Referral): Promise<Reason | null> => {
  const touches = await findTouches(tx, scope, id);
  const own = touches.find(({ personId }) => actor.kind === 'person' && actor.personId === personId);
  return own ? howOf(own) : null;
};

/** Whose else the child is: its other referrals, its siblings', what binds them together, and who re-assesses it. */
export const familyOf = async (ctx: Ctx, tx: Tx, referral: Referral, { organisation }: World) => {
  const { people } = organisation;
  const scope = scopeFor(ctx, 'referral.read');
  const line = (one: Parameters<typeof familyLine>[0]) => familyLine(one, organisation);
  const links = await findLinks(tx, scope, referral.id);
  const named = referral.reassessor ? people.get(referral.reassessor) : undefined;
  return {
    earlier: (await findReferralsOfChild(tx, scope, referral.id)).map(line),
    siblings: (await findReferralsOfSiblings(tx, scope, referral.id)).map(line),
    links: links.map(({ id, kind, madeAt, madeBy }) => ({
      id,
      kind,
      at: iso(madeAt),
      by: people.get(madeBy)?.title ?? madeBy,
    })),
    reassessment: mustBeReassessed(referral)
      ? {
          by: named ? { title: named.title, phone: named.phone } : null,
          hindrance: await hindranceOf(ctx, tx, referral),
        }
      : null,
  };
};
