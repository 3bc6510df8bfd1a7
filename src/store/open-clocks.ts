import { DomainError } from '#domain/errors.ts';
import type { OpenClock } from '#domain/recalculation.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, fromDateOrNull, type Tx, toDate, toRows } from './db.ts';
import { administers } from './scope.ts';

type OpenRow = Omit<OpenClock, 'receivedAt' | 'startedAt' | 'dueAt' | 'acuteSince'> & {
  receivedAt: Date;
  startedAt: Date;
  dueAt: Date;
  acuteSince: Date | null;
  eventCount: number;
  headHash: Uint8Array;
};
export type OpenClockRow = OpenClock & { readonly eventCount: number; readonly headHash: Uint8Array };

const openOf = ({ receivedAt, startedAt, dueAt, acuteSince, ...row }: OpenRow): OpenClockRow => ({
  ...row,
  receivedAt: fromDate(receivedAt),
  startedAt: fromDate(startedAt),
  dueAt: fromDate(dueAt),
  acuteSince: fromDateOrNull(acuteSince),
});

/**
 * Every clock that runs, in every unit: its number, kind and times, nothing of the case. Locks the referrals in the order
 * of their ids when asked, so that no act changes them meanwhile.
 */
export const findOpenClocks = async (tx: Tx, scope: Scope, lock: boolean): Promise<OpenClockRow[]> => {
  if (!administers(scope)) return [];
  if (lock) {
    await tx.$executeRaw`
      select id from referral where id in (select referral_id from deadline where state = 'running') order by id for update`;
  }
  const rows = await tx.$queryRaw<OpenRow[]>`
    select d.id::text as id, r.id::text as "referralId", r.case_number as "caseNumber", d.kind,
      case when d.kind = 'assess-24h' then coalesce(r.assessment_unit_id, r.owner_unit_id)
        when d.kind in ('handover', 'return-check') then coalesce(h.to_unit_id, r.owner_unit_id) else r.owner_unit_id end as unit,
      r.owner_unit_id as "ownerUnit", r.responsible_unit_id as "responsibleUnit", r.received_at as "receivedAt",
      d.started_at as "startedAt", d.due_at as "dueAt", d.acute, became.at as "acuteSince", d.derivation,
      r.event_count as "eventCount", r.head_hash as "headHash"
    from deadline d join referral r on r.id = d.referral_id
    left join handover h on d.kind in ('handover', 'return-check') and h.id = d.subject_id
    left join lateral (
      select max(e.registered_at) as at from case_event e
      where d.acute and e.referral_id = r.id and e.registered_at >= d.started_at
        and e.kind = 'priority-changed' and (e.data ->> 'acute')::boolean) became on true
    where d.state = 'running' order by d.id`;
  return rows.map(openOf);
};

export type MovedReferral = { readonly id: string; readonly eventCount: number; readonly headHash: Uint8Array };

/**
 * New due instants for clocks that run, and the heads of the chains that tell of it; the referrals' next duty follows
 * (`timers`: kinds that are nobody's duty), and open pages have become stale. Answers how many clocks moved. Throws
 * OUT_OF_SCOPE.
 */
export const moveClocks = async (
  tx: Tx,
  scope: Scope,
  moved: {
    readonly rows: readonly Readonly<Record<string, unknown>>[];
    readonly referrals: readonly MovedReferral[];
    readonly notDuties: readonly string[];
    readonly at: Instant;
  },
): Promise<number> => {
  if (!administers(scope)) throw new DomainError('OUT_OF_SCOPE');
  const count = await tx.$executeRaw`
    update deadline d set due_at = x.due_at, derivation = x.derivation, next_alarm_at = x.next_alarm_at, next_stage = x.next_stage
    from jsonb_populate_recordset(null::deadline, ${JSON.stringify(toRows(moved.rows))}::jsonb) x
    where d.id = x.id and d.state = 'running'`;
  await tx.$executeRaw`
    update referral r set event_count = h.event_count, head_hash = h.head_hash, state_version = r.state_version + 1,
      changed_at = greatest(r.changed_at, ${toDate(moved.at)}),
      next_due_at = coalesce((select min(d.due_at) from deadline d where d.referral_id = r.id and d.state = 'running'
        and d.kind <> all(${moved.notDuties}::text[])), r.next_due_at)
    from jsonb_to_recordset(${JSON.stringify(toRows(moved.referrals))}::jsonb) as h(id uuid, event_count int, head_hash bytea)
    where r.id = h.id`;
  return count;
};
