import { parseCpr } from '#domain/cpr.ts';
import { openInEmergency as decide, emergencyEnds } from '#domain/emergency.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Role } from '#domain/organisation.ts';
import { can, demand } from '#domain/policy.ts';
import { type PersonActor, readingInEmergency } from '#domain/scope.ts';
import { cut } from '#domain/sees-what.ts';
import { iso } from '#domain/time.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { findEmergencyEnd, findForEmergency, insertEmergency } from '#store/emergencies.ts';
import { lockReferral } from '#store/referrals.ts';
import { actOnce, type Ctx, notBefore } from './context.ts';
import { logRead } from './log-read.ts';
import { recordDecision } from './record-decision.ts';
import { raiseUnusual } from './unusual-reading.ts';
import { currentWorld, worldOf } from './world.ts';

type Asked = { readonly text: string; readonly reason: string };
type Hit = { readonly id: string; readonly caseNumber: string };

const inEmergency = (ctx: Ctx, actor: PersonActor, id: string): Ctx => ({
  ...ctx,
  actor: { ...actor, emergencyIn: id },
  scope: readingInEmergency(ctx.scope, id),
});

/**
 * Whoever opened the case in an emergency reads it until that has run out; for everybody else, and for whoever reads it
 * anyhow, nothing changes.
 */
export const asReader = async (ctx: Ctx, tx: Tx, id: string): Promise<{ ctx: Ctx; emergencyUntil: string | null }> => {
  const { actor } = ctx;
  const may = actor.kind === 'person' && can(actor, 'referral.open-in-emergency');
  const until = may ? await findEmergencyEnd(tx, ctx.scope, id, ctx.now) : null;
  return may && until
    ? { ctx: inEmergency(ctx, actor, id), emergencyUntil: iso(until) }
    : { ctx, emergencyUntil: null };
};

const openOne = async (asked: Ctx, tx: Tx, actor: PersonActor, role: Role, id: string, reason: string) => {
  const reader = inEmergency(asked, actor, id);
  const referral = await lockReferral(tx, reader.scope, id);
  const ctx = notBefore(reader, referral);
  const row = { id: ctx.deps.newId(ctx.now), referralId: id, openedAt: ctx.now, endsAt: emergencyEnds(ctx.now) };
  await insertEmergency(tx, ctx.scope, row);
  const { personId, unitId } = actor;
  const decision = decide(referral, { personId, unitId, reason }, ctx.now);
  await recordDecision(ctx, tx, await worldOf(ctx, tx, referral), referral, decision, role);
};

/**
 * *Åbn i nød*: a child's cases, by its whole CPR or one's case number, whoever has them, for an hour. The units that have
 * them are told, and whoever leads the asker is asked to ask why, also where nothing was found: that, too, tells of a
 * child. Whoever is related to the child finds nothing. Idempotent by the request's key. Throws INVALID without a reason.
 */
export const openInEmergency = (ctx: Ctx, { text, reason }: Asked): Promise<Hit[]> =>
  actOnce(ctx, async (tx) => {
    const role = demand(ctx.actor, 'referral.open-in-emergency');
    const { actor } = ctx;
    if (actor.kind !== 'person' || role === 'system') return [];
    if (!reason.trim()) refuseField('reason', 'required');
    const cpr = parseCpr(text, { training: ctx.deps.training });
    const cprIndex = 'error' in cpr ? null : ctx.deps.vault.index('cpr', cpr.digits);
    const found = await findForEmergency(tx, ctx.scope, { caseNumber: text.trim(), cprIndex });
    const foreign = found.filter(({ reached }) => !reached);
    await inOrder(foreign, ({ id }) => openOne(ctx, tx, actor, role, id, reason));
    const seen = { referralIds: found.map(({ id }) => id), childIds: [...new Set(found.map((one) => one.childId))] };
    await logRead(ctx, tx, role, 'emergency', seen);
    if (foreign.length > 0 || found.length === 0) {
      await raiseUnusual(ctx, tx, await currentWorld(ctx, tx), actor, 'emergency', { each: ctx.deps.newId(ctx.now) });
    }
    return found.map(({ id, caseNumber }) => cut('hit', null, { id, caseNumber }));
  });
