import { demand } from '#domain/policy.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { lockReferral } from '#store/referrals.ts';
import { findRestrictedReferrals } from '#store/restrictions.ts';
import { type Ctx, notBefore } from './context.ts';
import { neededAfter } from './name-needed.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

const NOTHING = { patch: {}, facts: [] } as const;

/**
 * Every open restricted case keeps its people, whatever came in, changed its unit, or whoever went away or off duty since:
 * where somebody is missing, they are named as after every act. Idempotent. Answers how many cases were widened.
 */
export const keepNamed = async (asked: Ctx): Promise<number> => {
  const role = demand(asked.actor, 'child.review');
  const { db, log } = asked.deps;
  const ids = await findRestrictedReferrals(db, asked.scope);
  const keep = (id: string): Promise<boolean> =>
    inTransaction(db, async (tx) => {
      const referral = await lockReferral(tx, asked.scope, id);
      const ctx = notBefore(asked, referral);
      if ((await neededAfter(ctx, tx, referral, NOTHING)).length === 0) return false;
      await recordDecision(ctx, tx, await currentWorld(ctx, tx), referral, NOTHING, role);
      return true;
    });
  // One case that cannot be looked at must not keep the others from their people.
  const widened = await inOrder(ids, (id) =>
    keep(id).catch((error: unknown) => {
      log.error('sweep.case-failed', { referralId: id }, error);
      return false;
    }),
  );
  return widened.filter(Boolean).length;
};
