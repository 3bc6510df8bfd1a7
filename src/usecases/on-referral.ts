import { DomainError } from '#domain/errors.ts';
import type { World } from '#domain/intake.ts';
import { type Act, demandLegal } from '#domain/lifecycle.ts';
import { type Action, demand, type Subject } from '#domain/policy.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import type { Tx } from '#store/db.ts';
import { lockReferral } from '#store/referrals.ts';
import { actOnce, type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

export const subjectOf = (r: Referral): Subject => ({
  ownerUnit: r.ownerUnit,
  responsibleUnit: r.responsibleUnit,
  assessmentUnit: r.assessmentUnit,
  senderPersonId: r.senderPersonId,
});

/** Throws STALE when the page that the person looked at is not what stands now. */
const demandFresh = (referral: Referral, seen: number | undefined): void => {
  if (seen === undefined || seen === referral.stateVersion) return;
  throw new DomainError('STALE', {
    da: 'Henvendelsen er ændret, siden siden blev vist.',
    en: 'The referral has changed since the page was shown.',
  });
};

export type Target = { readonly id: string; readonly stateVersion?: number };
/** What an act decides on: the locked referral, the organisation, and a `ctx` whose `now` is no earlier than its history. */
export type Scene = { readonly ctx: Ctx; readonly referral: Referral; readonly world: World; readonly tx: Tx };
export type Recorded = { readonly id: string; readonly stateVersion: number; readonly seq: number };

/**
 * The shape of every act on a referral: lock it within scope, ask the policy, ask the lifecycle, compare the version
 * that was seen, decide, record. Idempotent by the request's key. Throws NOT_FOUND, OUT_OF_SCOPE,
 * ILLEGAL_TRANSITION, STALE.
 */
export const onReferral = <Extra extends Record<string, unknown> = Record<never, never>>(
  ctx: Ctx,
  act: Act,
  action: Action,
  target: Target,
  decide: (scene: Scene) => Promise<Decision & { answer?: Extra }>,
): Promise<Recorded & Extra> =>
  actOnce(ctx, async (tx) => {
    const referral = await lockReferral(tx, ctx.scope, target.id);
    const role = demand(ctx.actor, action, subjectOf(referral));
    demandLegal(act, referral.status);
    demandFresh(referral, target.stateVersion);
    const world = await currentWorld(ctx, tx);
    const at = notBefore(ctx, referral);
    const { answer, ...decision } = await decide({ ctx: at, referral, world, tx });
    const recorded = await recordDecision(at, tx, world, referral, decision, role);
    return { id: referral.id, ...recorded, ...(answer as Extra) };
  });
