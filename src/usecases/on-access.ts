import type { Review } from '#domain/access-items.ts';
import { noneOpen } from '#domain/access-request.ts';
import type { Role } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import type { World } from '#domain/world.ts';
import type { DataKey } from '#platform/vault.ts';
import { type AccessRequest, findAccessRequests } from '#store/access-requests.ts';
import type { Tx } from '#store/db.ts';
import { lockReferral } from '#store/referrals.ts';
import { actOnce, type Ctx, notBefore } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { getKey } from './open-records.ts';
import { recordDecision } from './record-decision.ts';
import { worldOf } from './world.ts';

export const ACCESS = 'child.answer-access';

export type AccessScene = {
  readonly ctx: Ctx;
  readonly tx: Tx;
  readonly referral: Referral;
  readonly world: World;
  readonly role: Role | 'system';
};

/** The open request of a case with what was said of its items; null when there is none. */
export const openRequest = async (
  ctx: Ctx,
  tx: Tx,
  referralId: string,
): Promise<{ readonly request: AccessRequest; readonly key: DataKey; readonly review: Review } | null> => {
  const request = (await findAccessRequests(tx, ctx.scope, referralId)).find(({ state }) => state === 'open');
  if (!request) return null;
  const key = await getKey(ctx, tx, 'access-request', request.id);
  return { request, key, review: ctx.deps.vault.open(key, 'review', request.review) as Review };
};

/** Throws ILLEGAL_TRANSITION. */
export const getOpenRequest = async (ctx: Ctx, tx: Tx, referralId: string) => {
  const open = await openRequest(ctx, tx, referralId);
  if (!open) throw noneOpen();
  return open;
};

/**
 * An act on the request for access of a case, whatever the case has come to: locked, asked of the policy, journalled where
 * it decides something. Idempotent by key. Throws NOT_FOUND, OUT_OF_SCOPE.
 */
export const onAccess = <R extends Record<string, unknown>>(
  ctx: Ctx,
  id: string,
  act: (scene: AccessScene) => Promise<{ readonly decision: Decision | null; readonly answer: R }>,
): Promise<R> =>
  actOnce(ctx, async (tx) => {
    const referral = await lockReferral(tx, ctx.scope, id);
    const role = demand(ctx.actor, ACCESS, subjectOf(referral));
    const world = await worldOf(ctx, tx, referral);
    const at = notBefore(ctx, referral);
    const { decision, answer } = await act({ ctx: at, tx, referral, world, role });
    if (decision) await recordDecision(at, tx, world, referral, decision, role);
    return answer;
  });
