import { DomainError, type Reason } from '#domain/errors.ts';
import type { Role } from '#domain/organisation.ts';
import { grantingRole } from '#domain/policy.ts';
import { PURPOSES } from '#domain/read-purposes.ts';
import { iso } from '#domain/time.ts';
import { inTransaction } from '#store/db.ts';
import { findLookups } from '#store/read-log.ts';
import { findReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { subjectOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

const NEWEST = 200;

/** Title and unit as they are now; null where the organisation no longer knows them. */
export type ShownLookup = {
  readonly id: string;
  readonly at: string;
  readonly who: string | null;
  readonly unit: string | null;
  readonly role: Role;
  readonly purpose: Reason;
};

/**
 * *Hvem har set sagen?*: who was shown the case, when and why, newest first, for the leaders of whoever has it. Looking here
 * is a look-up like the others and is among them the next time. Throws NOT_FOUND.
 */
export const tellWhoLooked = (
  ctx: Ctx,
  id: string,
): Promise<{ readonly count: number; readonly lookups: readonly ShownLookup[] }> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await findReferral(tx, ctx.scope, id);
    const role = referral && grantingRole(ctx.actor, 'referral.read-lookups', subjectOf(referral));
    if (!referral || !role) throw new DomainError('NOT_FOUND');
    const { people, units } = (await currentWorld(ctx, tx)).organisation;
    const { count, lookups } = await findLookups(tx, ctx.scope, id, NEWEST);
    await logRead(ctx, tx, role, 'lookups', { referralIds: [id], childIds: [referral.childId] });
    return {
      count,
      lookups: lookups.map(({ at, personId, unitId, purpose, ...rest }) => ({
        at: iso(at),
        who: people.get(personId)?.title ?? null,
        unit: units.get(unitId)?.name ?? null,
        purpose: PURPOSES[purpose],
        ...rest,
      })),
    };
  });
