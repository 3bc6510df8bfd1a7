import { moveTo } from '#domain/acknowledge.ts';
import { childFacts } from '#domain/child-facts.ts';
import { combine } from '#domain/combine.ts';
import { parseCpr } from '#domain/cpr.ts';
import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { namedBy } from '#domain/ownership.ts';
import type { Decision } from '#domain/referral.ts';
import { route } from '#domain/routing.ts';
import { years } from '#domain/routing-facts.ts';
import { dropOpenMatters } from '#domain/settlement.ts';
import { keptTrace } from '#domain/trace-words.ts';
import { findRecord } from '#store/child-links.ts';
import { findKnownChildren, insertChild, pointReferralAtChild } from '#store/children.ts';
import type { Tx } from '#store/db.ts';
import { barPeople, refuseToLeaveNobody } from './bar-people.ts';
import { getChild, lockWithIndex } from './child-record.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Scene, type Target } from './on-referral.ts';
import { dataKey, openNotification, routingOf } from './open-records.ts';
import { reassessmentAnew } from './reassessment-anew.ts';
import { routingFacts } from './submission-rows.ts';
import { tellOfChildren } from './tell-of-children.ts';

export type Correction = Target & {
  /** Null: it is not known whose child it is. */
  readonly cpr: string | null;
  readonly name: string;
  readonly reason: string;
  /** Who is responsible is decided again by what is right; else nothing of the ownership changes. */
  readonly routeAgain: boolean;
};

const readCpr = (ctx: Ctx, cpr: string | null): { digits: string; index: Uint8Array } | null => {
  if (cpr === null) return null;
  const parsed = parseCpr(cpr, { training: ctx.deps.training });
  if ('error' in parsed) return refuseField('cpr', parsed.error);
  return { digits: parsed.digits, index: ctx.deps.vault.index('cpr', parsed.digits) };
};

const asSent = async (ctx: Ctx, tx: Tx, { notificationId, childPosition }: Scene['referral']) => {
  if (notificationId === null) return null;
  const { content } = await openNotification(ctx, tx, notificationId);
  return content?.form.children[childPosition] ?? null;
};

/** Routed by the right child: what the notifier said of the place, and what is known of this CPR. */
const rerouted = async ({ ctx, tx, referral, open, world }: Scene, age: number | null, index: Uint8Array | null) => {
  const [known] = index ? await findKnownChildren(tx, ctx.scope, [index]) : [];
  const facts = known ? routingFacts(known) : null;
  const say = { known: facts, need: referral.need, elsewhere: false };
  const input = await routingOf(ctx, tx, referral, say);
  const routed = route({ ...input, child: { ...input.child, age } }, world.organisation);
  const data = { unit: routed.unit, rule: routed.rule, trace: keptTrace(routed.trace), known: facts };
  const fact = { kind: 'routed-again', data };
  const stays = routed.unit === referral.responsibleUnit || namedBy(open.history) !== 'routing';
  if (stays) return { patch: {}, facts: [fact] } satisfies Decision;
  const moved = moveTo(referral, routed.unit, 'corrected', fact, world, ctx.now);
  return combine(moved, dropOpenMatters(open, world, ctx.now));
};

/**
 * The referral was about another child than it stands at, as after a slip in a CPR that somebody else has: it goes to
 * the right child's record, recorded already or new. The notification stays as sent, the journal keeps both.
 * Throws INVALID, ILLEGAL_TRANSITION when it is the same child.
 */
export const correctChild = (asked: Ctx, input: Correction): Promise<Recorded & { childId: string }> =>
  onReferral(asked, 'correct-child', 'referral.correct-child', input, async (scene) => {
    const { ctx, referral, world, tx } = scene;
    const cpr = readCpr(ctx, input.cpr);
    const from = referral.childId;
    const recorded = await lockWithIndex(ctx, tx, from, cpr?.index ?? null);
    const was = await getChild(ctx, tx, from);
    const found = cpr ? await findRecord(tx, ctx.scope, { cprIndex: cpr.index }) : null;
    if (found?.id === was.id) throw illegal('Det er allerede det barn.', 'It is that child already.');
    const sent = await asSent(ctx, tx, referral);
    const protectedAddress = sent?.protectedAddress ?? false;
    const childId = recorded ?? ctx.deps.newId(ctx.now);
    if (recorded === null) {
      const key = await dataKey(ctx, tx, 'child', childId);
      const sealed = ctx.deps.vault.seal(key, 'content', {
        name: input.name,
        ...(cpr ? { cpr: cpr.digits } : {}),
        address: sent?.address ?? null,
      });
      const record = { id: childId, identity: cpr ? 'known' : 'unknown', protectedAddress, sealed, stateVersion: 0 };
      await insertChild(tx, ctx.scope, { ...record, cprIndex: cpr?.index ?? null, referralId: referral.id }, ctx.now);
    }
    const point = () => pointReferralAtChild(tx, ctx.scope, referral.id, { childId, protectedAddress });
    await barPeople(ctx, tx, { childIds: [from, childId] }, point, refuseToLeaveNobody);
    await tellOfChildren(ctx, tx, [{ referralId: referral.id, told: 'reassessment', subjectId: null }]);
    const about = {
      identity: cpr ? ('known' as const) : ('unknown' as const),
      ...(cpr ? { cpr: cpr.digits } : {}),
      ageEstimate: sent?.ageEstimate ?? null,
      institution: null,
    };
    const age = years(childFacts(about, referral.receivedAt).age);
    const corrected: Decision = {
      patch: { childAge: age },
      facts: [{ kind: 'child-corrected', data: { from, childId }, sealed: { text: input.reason } }],
    };
    const anew = await reassessmentAnew(ctx, tx, referral, world);
    const again = input.routeAgain
      ? await rerouted({ ...scene, referral: { ...referral, childId } }, age, cpr?.index ?? null)
      : { patch: {}, facts: [] };
    return { ...combine(combine(corrected, anew), again), answer: { childId } };
  });
