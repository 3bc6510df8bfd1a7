import { DomainError } from '#domain/errors.ts';
import type { Feedback, FeedbackChange } from '#domain/feedback-record.ts';
import type { Measure, MeasureChange } from '#domain/measure.ts';
import type { Scope } from '#domain/scope.ts';
import { fromDate, fromDateOrNull, type Tx, toPatch, toRow } from './db.ts';
import { reachesReferralInvolved } from './scope.ts';

type MeasureRow = Omit<Measure, 'startedAt' | 'endedAt'> & { startedAt: Date; endedAt: Date | null };

/** A referral's measures, oldest first. */
export const findMeasures = async (tx: Tx, scope: Scope, referralId: string): Promise<Measure[]> => {
  const rows = await tx.$queryRaw<MeasureRow[]>`
    select m.id::text as id, m.referral_id::text as "referralId", m.type, m.planned_months as "plannedMonths", m.state,
      m.started_at as "startedAt", m.ended_at as "endedAt", m.follow_ups as "followUps"
    from measure m join referral r on r.id = m.referral_id
    where m.referral_id = ${referralId}::uuid and ${reachesReferralInvolved(scope)} order by m.started_at, m.id`;
  return rows.map((r) => ({ ...r, startedAt: fromDate(r.startedAt), endedAt: fromDateOrNull(r.endedAt) }));
};

/** Throws STALE when the measure has changed since it was read. */
export const writeMeasure = async (tx: Tx, _scope: Scope, change: MeasureChange): Promise<void> => {
  if (change.change === 'insert') {
    const row = JSON.stringify(toRow(change.measure));
    await tx.$executeRaw`insert into measure select x.* from jsonb_populate_record(null::measure, ${row}::jsonb) x`;
    return;
  }
  const set = JSON.stringify(toPatch(change.set));
  const count = await tx.$executeRaw`
    update measure m set type = x.type, planned_months = x.planned_months, state = x.state, ended_at = x.ended_at,
      follow_ups = x.follow_ups
    from measure old, lateral jsonb_populate_record(old, ${set}::jsonb) x
    where m.id = ${change.id}::uuid and old.id = m.id and m.state = ${change.from.state}
      and m.follow_ups = ${change.from.followUps}`;
  if (count !== 1) throw new DomainError('STALE');
};

type FeedbackRow = Omit<Feedback, 'givenAt' | 'deliveredAt' | 'tier'> & {
  tier: string;
  givenAt: Date;
  deliveredAt: Date | null;
  told: Uint8Array;
};
export type StoredFeedback = Feedback & { readonly told: Uint8Array };

const TIERS: Readonly<Record<string, Feedback['tier']>> = { 0: 0, 1: 1, 2: 2, withheld: 'withheld' };

/** What was given or withheld, oldest first; `told` is sealed under the referral's key. */
export const findFeedbacks = async (tx: Tx, scope: Scope, referralId: string): Promise<StoredFeedback[]> => {
  const rows = await tx.$queryRaw<FeedbackRow[]>`
    select f.id::text as id, f.referral_id::text as "referralId", f.tier, f.state, f.channel, f.answers::text[] as answers,
      f.template, f.told, f.given_by as "givenBy", f.given_at as "givenAt", f.approved_by as "approvedBy",
      f.to_suspect as "toSuspect", f.delivered_at as "deliveredAt"
    from feedback f join referral r on r.id = f.referral_id
    where f.referral_id = ${referralId}::uuid and ${reachesReferralInvolved(scope)} order by f.given_at, f.id`;
  return rows.map((r) => ({
    ...r,
    tier: TIERS[r.tier] ?? 0,
    givenAt: fromDate(r.givenAt),
    deliveredAt: fromDateOrNull(r.deliveredAt),
  }));
};

/** `told` comes sealed. Throws STALE when the feedback's state has changed since it was read. */
export const writeFeedback = async (
  tx: Tx,
  _scope: Scope,
  change: FeedbackChange,
  seal: (slot: string, value: unknown) => Uint8Array,
): Promise<void> => {
  if (change.change === 'insert') {
    const { feedback, told } = change;
    const sealed = seal(`feedback:${feedback.id}`, told);
    const row = JSON.stringify(toRow({ ...feedback, tier: String(feedback.tier), told: sealed }));
    await tx.$executeRaw`insert into feedback select x.* from jsonb_populate_record(null::feedback, ${row}::jsonb) x`;
    return;
  }
  const set = JSON.stringify(toPatch(change.set));
  const count = await tx.$executeRaw`
    update feedback f set state = x.state, approved_by = x.approved_by, delivered_at = x.delivered_at
    from feedback old, lateral jsonb_populate_record(old, ${set}::jsonb) x
    where f.id = ${change.id}::uuid and old.id = f.id and f.state = ${change.from}`;
  if (count !== 1) throw new DomainError('STALE');
};
