import { parseCpr } from '#domain/cpr.ts';
import { openInEmergency as decide, emergencyEnds } from '#domain/emergency.ts';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Role } from '#domain/organisation.ts';
import { can, demand } from '#domain/policy.ts';
import type { Purpose } from '#domain/read-purposes.ts';
import type { Referral } from '#domain/referral.ts';
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

/** Null for one that was closed to them, or destroyed, while its lock was waited for. */
const locked = async (ctx: Ctx, tx: Tx, { personId }: PersonActor, id: string): Promise<Referral | null> => {
  const referral = await lockReferral(tx, ctx.scope, id).catch((error: unknown) => {
    if (error instanceof DomainError) return null;
    throw error;
  });
  return referral?.barred.includes(personId) ? null : referral;
};

const openOne = async (reader: Ctx, tx: Tx, actor: PersonActor, role: Role, referral: Referral, reason: string) => {
  const ctx = notBefore(reader, referral);
  const row = { referralId: referral.id, openedAt: ctx.now, endsAt: emergencyEnds(ctx.now) };
  await insertEmergency(tx, ctx.scope, { id: ctx.deps.newId(ctx.now), ...row });
  const { personId, unitId } = actor;
  const decision = decide(referral, { personId, unitId, reason }, ctx.now);
  await recordDecision(ctx, tx, await worldOf(ctx, tx, referral), referral, decision, role);
};

/**
 * *Åbn i nød*: a child's cases, by its whole CPR or one's case number, whoever has them, for an hour. The units that have
 * them are told, and whoever leads the asker is asked to ask why, also where nothing was found: that, too, tells of a
 * child. Whom a case is closed to, by kinship or for not being named, finds nothing. Idempotent by the request's key.
 * Throws INVALID without a reason.
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
    const own = found.filter(({ reached }) => reached);
    // All locks first, in the order of the ids: what is recorded of one may wait for what others hold of the next.
    const foreign = await inOrder(
      found.filter(({ reached }) => !reached),
      async (hit) => {
        const reader = inEmergency(ctx, actor, hit.id);
        return { hit, reader, referral: await locked(reader, tx, actor, hit.id) };
      },
    );
    const opened = foreign.flatMap(({ referral, ...one }) => (referral ? [{ ...one, referral }] : []));
    await inOrder(opened, ({ reader, referral }) => openOne(reader, tx, actor, role, referral, reason));
    const log = (purpose: Purpose, hits: typeof found) => {
      const childIds = [...new Set(hits.map(({ childId }) => childId))];
      return logRead(ctx, tx, role, purpose, { referralIds: hits.map(({ id }) => id), childIds });
    };
    const hits = opened.map(({ hit }) => hit);
    const none = own.length === 0 && hits.length === 0;
    if (own.length > 0) await log('search', own);
    if (hits.length > 0 || none) {
      await log(none ? 'emergency-sought' : 'emergency', hits);
      await raiseUnusual(ctx, tx, await currentWorld(ctx, tx), actor, 'emergency', { each: ctx.deps.newId(ctx.now) });
    }
    return [...own, ...hits].map(({ id, caseNumber }) => cut('hit', null, { id, caseNumber }));
  });
