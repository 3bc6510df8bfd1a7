import type { Referral } from '#domain/referral.ts';
import { partFor, type UnitPlan } from '#domain/unit-plan.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { findAddressSources } from '#store/unit-work.ts';
import type { Ctx } from './context.ts';
import { openRecords, type SealedChild, type SealedNotification } from './open-records.ts';

/** As the notification has it; of an inquiry the child's record. Null where none is known, or it was destroyed. */
const postalCodes = async (ctx: Ctx, tx: Tx, ids: readonly string[]): Promise<Map<string, string | null>> => {
  const sources = await findAddressSources(tx, ctx.scope, ids);
  const sent = sources.flatMap(({ notificationId: id, notificationSealed: sealed }) =>
    id && sealed ? [{ id, sealed }] : [],
  );
  const said = sources.flatMap(({ notificationId, childId: id, childSealed: sealed }) =>
    notificationId ? [] : [{ id, sealed }],
  );
  const notifications = await openRecords(ctx, tx, 'notification', sent);
  const children = await openRecords(ctx, tx, 'child', said);
  return new Map(
    sources.map(({ referralId, notificationId, childPosition, childId }) => {
      const form = (notifications.get(notificationId ?? '') as SealedNotification | undefined)?.form;
      const child = notificationId ? form?.children[childPosition] : (children.get(childId) as SealedChild | undefined);
      return [referralId, child?.address?.postalCode ?? null];
    }),
  );
};

/**
 * Which part of a split unit each of these referrals goes to by its rule; null where it names none. Nobody reads the
 * addresses, and nothing but the part comes out, so that no reading is logged.
 */
export const splitParts = async (
  ctx: Ctx,
  tx: Tx,
  referrals: readonly Pick<Referral, 'id' | 'childAge'>[],
  split: NonNullable<UnitPlan['split']>,
  { organisation }: World,
): Promise<Map<string, string | null>> => {
  const ids = referrals.map(({ id }) => id);
  const codes = split.by === 'area' ? await postalCodes(ctx, tx, ids) : new Map<string, string | null>();
  return new Map(
    referrals.map(({ id, childAge }) => [
      id,
      partFor(split, { postalCode: codes.get(id) ?? null, age: childAge }, organisation),
    ]),
  );
};
