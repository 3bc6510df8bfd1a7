import type { PauseChange } from '#domain/referral.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { reachesReferral, reachesReferralInvolved } from './scope.ts';

/** Begins or ends a pause of a clock whose referral is locked; ending one that has ended changes nothing. */
export const writePause = async (tx: Tx, scope: Scope, change: PauseChange): Promise<number> => {
  if (change.change === 'end') {
    return tx.$executeRaw`
      update deadline_pause p set ended_at = ${toDate(change.endedAt)} from deadline d join referral r on r.id = d.referral_id
      where p.deadline_id = ${change.deadlineId}::uuid and p.ended_at is null and d.id = p.deadline_id
        and ${reachesReferralInvolved(scope)}`;
  }
  const { id, deadlineId, reason, personId, startedAt, endsAt } = change;
  return tx.$executeRaw`
    insert into deadline_pause (id, deadline_id, reason, person_id, started_at, ends_at)
    select ${id}::uuid, d.id, ${reason}, ${personId}, ${toDate(startedAt)}, ${toDate(endsAt)}
    from deadline d join referral r on r.id = d.referral_id
    where d.id = ${deadlineId}::uuid and ${reachesReferralInvolved(scope)}`;
};

export type PauseRow = { deadlineId: string; reason: string; personId: string; endsAt: Instant };

/** The pauses that last, of one referral. */
export const findOpenPauses = async (tx: Tx, scope: Scope, referralId: string): Promise<PauseRow[]> => {
  const rows = await tx.$queryRaw<(Omit<PauseRow, 'endsAt'> & { endsAt: Date })[]>`
    select p.deadline_id::text as "deadlineId", p.reason, p.person_id as "personId", p.ends_at as "endsAt"
    from deadline_pause p join deadline d on d.id = p.deadline_id join referral r on r.id = d.referral_id
    where r.id = ${referralId}::uuid and p.ended_at is null and ${reachesReferral(scope)}`;
  return rows.map((row) => ({ ...row, endsAt: fromDate(row.endsAt) }));
};
