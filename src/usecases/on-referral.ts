import { concernedUnits } from '#domain/dispute.ts';
import { DomainError } from '#domain/errors.ts';
import { ladderSteps } from '#domain/ladder.ts';
import { climbedMeanwhile } from '#domain/ladder-step.ts';
import { type Act, demandLegal, illegal } from '#domain/lifecycle.ts';
import { type Dispute, type Handover, type OpenMatters, openDispute } from '#domain/ownership.ts';
import { type Action, can, demand } from '#domain/policy.ts';
import type { Subject } from '#domain/policy-relations.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import type { Actor } from '#domain/scope.ts';
import { coordinators, decidersOf, followersOf, speakersOf } from '#domain/speakers.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { findEndedMatters, findOpenMatters } from '#store/matters.ts';
import { lockReferral } from '#store/referrals.ts';
import { actOnce, type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld, worldOf } from './world.ts';

export const subjectOf = (r: Referral): Subject => ({
  referralId: r.id,
  ownerUnit: r.ownerUnit,
  responsibleUnit: r.responsibleUnit,
  assessmentUnit: r.assessmentUnit,
  senderPersonId: r.senderPersonId,
  reassessor: r.reassessor,
});

/** Who has a say in a hand-over or a dispute, open or ended. */
export const sidesOf = (
  ctx: Pick<Ctx, 'now'>,
  { handover, dispute }: { readonly handover: Pick<Handover, 'from' | 'to'> | null; readonly dispute: Dispute | null },
  { organisation }: World,
): Subject => {
  const day = localDay(ctx.now);
  return {
    senderUnit: handover?.from ?? null,
    receiverUnit: handover?.to ?? null,
    partyUnits: dispute ? dispute.parties.map(({ unit }) => unit) : [],
    raisedBy: dispute?.raisedBy ?? null,
    speakers: dispute ? speakersOf(dispute, organisation, day) : [],
    deciders: dispute ? decidersOf(dispute, organisation, day) : [],
    coordinators: dispute ? coordinators(organisation, day) : [],
    followers: dispute ? followersOf(dispute, organisation, day) : [],
  };
};

/** The same with everybody who has a say in what is open about its ownership. */
export const matterOf = (ctx: Ctx, referral: Referral, open: OpenMatters, world: World): Subject => {
  const dispute = openDispute(open);
  const sides = sidesOf(ctx, { handover: open.handover, dispute }, world);
  return { ...subjectOf(referral), ...sides, ...(dispute ? {} : { partyUnits: concernedUnits(referral, open) }) };
};

/** Whoever was a side of what somebody else has ended meanwhile is told so; to all others it is not there. */
const tellEnded = async (ctx: Ctx, tx: Tx, action: Action, id: string): Promise<void> => {
  const ended = await findEndedMatters(tx, ctx.scope, id);
  if (!ended.handover && !ended.dispute) return;
  if (!can(ctx.actor, action, sidesOf(ctx, ended, await currentWorld(ctx, tx)))) return;
  throw illegal(
    'En anden har allerede besvaret eller afsluttet det.',
    'Somebody else has answered or ended it already.',
  );
};

/** Whoever had a say at the step that the dispute has left meanwhile is told so. */
const tellClimbed = async (ctx: Ctx, tx: Tx, action: Action, id: string): Promise<void> => {
  const { dispute } = await findOpenMatters(tx, ctx.scope, id);
  if (!dispute) return;
  const world = await currentWorld(ctx, tx);
  const left = ladderSteps(world.organisation, dispute.acute).filter(({ step }) => step < dispute.step);
  const had = left.some(({ step }) =>
    can(ctx.actor, action, sidesOf(ctx, { handover: null, dispute: { ...dispute, step } }, world)),
  );
  if (had) throw climbedMeanwhile();
};

const CLOSED_TO: ReadonlySet<string> = new Set(['NOT_FOUND', 'OUT_OF_SCOPE']);

/** Throws STALE when the page that the person looked at is not what stands now. */
const demandFresh = (referral: Referral, seen: number | undefined): void => {
  if (seen === undefined || seen === referral.stateVersion) return;
  throw new DomainError('STALE', {
    da: 'Henvendelsen er ændret, siden siden blev vist.',
    en: 'The referral has changed since the page was shown.',
  });
};

export type Target = { readonly id: string; readonly stateVersion?: number };
/** What an act decides on: the locked referral, what is open about it, and a `ctx` no earlier than its history. */
export type Scene = {
  readonly ctx: Ctx;
  readonly referral: Referral;
  readonly open: OpenMatters;
  readonly world: World;
  readonly tx: Tx;
};
export type Recorded = { readonly id: string; readonly stateVersion: number; readonly seq: number };

/** As the case stands under its lock: whoever was named a moment ago finds it as little as at their next request. */
export const withBars = (actor: Actor, { id, barred }: Referral): Actor =>
  actor.kind === 'person' && barred.includes(actor.personId)
    ? { ...actor, barredFrom: [...(actor.barredFrom ?? []), id] }
    : actor;

/** The locked referral and the role that grants the act. Throws NOT_FOUND, OUT_OF_SCOPE. */
const admitted = async (ctx: Ctx, tx: Tx, action: Action, id: string) => {
  const referral = await lockReferral(tx, ctx.scope, id);
  const open = await findOpenMatters(tx, ctx.scope, referral.id);
  const world = await worldOf(ctx, tx, referral);
  const actor = withBars(ctx.actor, referral);
  return { referral, open, world, role: demand(actor, action, matterOf(ctx, referral, open, world)) };
};

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
  decide: (scene: Scene) => Promise<Decision & { answer?: Extra }> | (Decision & { answer?: Extra }),
): Promise<Recorded & Extra> =>
  actOnce(ctx, async (tx) => {
    const { referral, open, world, role } = await admitted(ctx, tx, action, target.id).catch(async (error: unknown) => {
      if (error instanceof DomainError && CLOSED_TO.has(error.code)) {
        await tellEnded(ctx, tx, action, target.id);
        await tellClimbed(ctx, tx, action, target.id);
      }
      throw error;
    });
    demandLegal(act, referral.status);
    demandFresh(referral, target.stateVersion);
    const at = notBefore(ctx, referral);
    const { answer, ...decision } = await decide({ ctx: at, referral, open, world, tx });
    const recorded = await recordDecision(at, tx, world, referral, decision, role);
    return { id: referral.id, ...recorded, ...(answer as Extra) };
  });

/** The person who acts; the system has no such acts. Throws OUT_OF_SCOPE. */
export const personOf = ({ actor }: Ctx): { readonly personId: string } => {
  if (actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
  return actor;
};
