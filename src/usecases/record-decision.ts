import type { World } from '#domain/intake.ts';
import type { Fact } from '#domain/journal.ts';
import type { Role } from '#domain/organisation.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import { nextDue } from '#domain/referral-due.ts';
import type { Tx } from '#store/db.ts';
import { endClocks } from '#store/deadlines.ts';
import { insertRecords } from '#store/records.ts';
import { moveOwnership, updateReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { dataKey } from './open-records.ts';
import { chainRows, clockRow, mailRows, outboxRow, timerRow } from './rows.ts';

/** Seals with the referral's own data key, which is made at the first sealed event; under the referral's row lock. */
const sealer = async (ctx: Ctx, tx: Tx, referralId: string, facts: readonly Fact[]) => {
  if (facts.every((f) => f.sealed === undefined)) return () => new Uint8Array();
  const key = await dataKey(ctx, tx, 'referral', referralId);
  return (slot: string, value: unknown) => ctx.deps.vault.seal(key, slot, value);
};

/**
 * Writes a decision on a locked referral: next state by compare-and-set, facts into the chain, clocks begun and ended,
 * mails into the outbox, all in the caller's transaction. Answers the new state version. Throws STALE.
 */
export const recordDecision = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  referral: Referral,
  decision: Decision,
  role: Role | 'system',
): Promise<{ stateVersion: number; seq: number }> => {
  const { patch, facts, move, start = [], timers = [], end = [], mails = [] } = decision;
  const seal = await sealer(ctx, tx, referral.id, facts);
  const chain = chainRows(ctx, referral.id, referral, facts, role, seal);
  const ended = new Set(end.map((e) => e.kind));
  const running = [...referral.clocks.filter((c) => !ended.has(c.kind)), ...start];
  // A logged reminder or a delivered receipt must not make the page stale that a person is reading.
  const raise = Object.keys(patch).length > 0 || move !== undefined;
  // The referral itself comes last: once it has moved to another unit, this scope may not reach it any more.
  if (move) {
    const { unit: unitId, ...rest } = move;
    await moveOwnership(
      tx,
      ctx.scope,
      { id: ctx.deps.newId(ctx.now), referralId: referral.id, unitId, ...rest },
      ctx.now,
    );
  }
  for (const as of ['met', 'lapsed'] as const) {
    const kinds = end.filter((e) => e.as === as).map((e) => e.kind);
    if (kinds.length > 0) {
      await endClocks(tx, ctx.scope, {
        referralId: referral.id,
        kinds,
        as,
        bySeq: chain.head.eventCount,
        at: ctx.now,
      });
    }
  }
  await updateReferral(tx, ctx.scope, {
    id: referral.id,
    expectedVersion: referral.stateVersion,
    raise,
    patch,
    nextDueAt: nextDue(running),
    at: ctx.now,
    ...chain.head,
  });
  const about = { referralId: referral.id, notificationId: referral.notificationId, language: 'da' as const };
  const mail = mails.map((m) => mailRows(ctx, world, about, m));
  await insertRecords(tx, ctx.scope, {
    events: chain.rows,
    deadlines: [
      ...start.map((c) => clockRow(ctx, world, referral.id, c)),
      ...timers.map((t) => timerRow(ctx, referral.id, t)),
    ],
    outbound: mail.map((m) => m.outbound),
    outbox: [...mail.map((m) => m.outbox), outboxRow(ctx, changed(ctx, referral, decision))],
  });
  return { stateVersion: referral.stateVersion + (raise ? 1 : 0), seq: chain.head.eventCount };
};

/** Open pages of everybody concerned look again; they are told the unit that acted, no more. */
const changed = (ctx: Ctx, before: Referral, { patch, move }: Decision) => {
  const units = [before.ownerUnit, before.responsibleUnit, before.assessmentUnit, patch.assessmentUnit, move?.unit];
  return {
    name: 'referral.changed' as const,
    payload: {
      referralId: before.id,
      by: ctx.actor.kind === 'person' ? ctx.actor.unitId : 'system',
      units: [...new Set(units.filter((u) => u != null))],
      persons: before.senderPersonId ? [before.senderPersonId] : [],
    },
  };
};
