import { withoutBarred } from '#domain/conflict.ts';
import { dissent } from '#domain/dissent.ts';
import { DomainError } from '#domain/errors.ts';
import { demandLegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { localDay } from '#domain/time.ts';
import { findEndedMatters } from '#store/matters.ts';
import { insertRecords } from '#store/records.ts';
import { lockEndedReferral, setHeads } from '#store/referrals.ts';
import { actOnce, type Ctx, notBefore } from './context.ts';
import { personOf, sidesOf, withBars } from './on-referral.ts';
import { dataKey } from './open-records.ts';
import { endedDispute } from './read-outcome.ts';
import { chainRows, mailRows, outboxRow } from './rows.ts';
import { currentWorld } from './world.ts';

/**
 * Another holder of the deciding role says that they would have decided otherwise. It adds to the record of the last
 * dispute that has ended and changes nothing, so that no page goes stale by it and two may do so at once. Throws
 * NOT_FOUND, OUT_OF_SCOPE, ILLEGAL_TRANSITION, DUPLICATE.
 */
export const recordDissent = (
  asked: Ctx,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<{ readonly id: string; readonly seq: number }> =>
  actOnce(asked, async (tx) => {
    const referral = await lockEndedReferral(tx, asked.scope, id);
    const ctx = notBefore(asked, referral);
    const world = withoutBarred(await currentWorld(ctx, tx), referral.barred, localDay(ctx.now));
    const { dispute } = await findEndedMatters(tx, ctx.scope, id);
    if (!dispute) throw new DomainError('NOT_FOUND');
    const sides = { referralId: id, ...sidesOf(ctx, { handover: null, dispute }, world) };
    const role = demand(withBars(ctx.actor, referral), 'dispute.dissent', sides);
    demandLegal('dissent', referral.status);
    const ended = await endedDispute(ctx, tx, dispute);
    const { facts, mails = [] } = dissent(ended, { ...personOf(ctx), reason }, world, ctx.now);
    const key = await dataKey(ctx, tx, 'referral', id);
    const chain = chainRows(ctx, id, referral, facts, role, (slot, value) => ctx.deps.vault.seal(key, slot, value));
    await setHeads(tx, ctx.scope, [{ id, ...chain.head }], ctx.now);
    const about = { referralId: id, notificationId: referral.notificationId, language: 'da' } as const;
    const mail = mails.map((one) => mailRows(ctx, world, about, one));
    const units = dispute.parties.map(({ unit }) => unit);
    const persons = mails.flatMap(({ to }) => ('person' in to ? [to.person] : []));
    const by = ctx.actor.kind === 'person' ? ctx.actor.unitId : 'system';
    const changed = outboxRow(ctx, { name: 'referral.changed', payload: { referralId: id, by, units, persons } });
    await insertRecords(tx, ctx.scope, {
      events: chain.rows,
      deadlines: [],
      outbound: mail.map(({ outbound }) => outbound),
      outbox: [...mail.map(({ outbox }) => outbox), changed],
    });
    return { id, seq: chain.head.eventCount };
  });
