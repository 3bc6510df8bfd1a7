import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { reachesReferral } from './scope.ts';

/** Ends running clocks of these kinds. Idempotent: what is not running stays as it is. */
export const endClocks = async (
  tx: Tx,
  scope: Scope,
  end: { referralId: string; kinds: readonly string[]; as: 'met' | 'lapsed'; bySeq: number; at: Instant },
): Promise<number> =>
  tx.$executeRaw`
    update deadline d set state = ${end.as}, ended_at = ${toDate(end.at)}, ended_by_seq = ${end.bySeq},
      next_alarm_at = null, next_stage = null
    from referral r
    where d.referral_id = ${end.referralId}::uuid and d.kind = any(${end.kinds}::text[]) and d.state = 'running'
      and r.id = d.referral_id and ${reachesReferral(scope)}`;

export type DueClock = {
  id: string;
  referralId: string;
  kind: string;
  acute: boolean;
  startedAt: Instant;
  dueAt: Instant;
  alarmAt: Instant;
  stage: string;
  derivation: unknown;
  ownerUnit: string;
  assessmentUnit: string | null;
  handlerId: string | null;
  eventCount: number;
  headHash: Uint8Array;
};

type DueRow = Omit<DueClock, 'startedAt' | 'dueAt' | 'alarmAt'> & { startedAt: Date; dueAt: Date; alarmAt: Date };

/**
 * Locks what is due and its referral, in index order. What another sweep or a person's act holds is passed over, so
 * that the sweep waits for nobody and cannot deadlock with an act, which locks the referral first.
 */
export const lockDueClocks = async (tx: Tx, scope: Scope, now: Instant, limit: number): Promise<DueClock[]> => {
  const rows = await tx.$queryRaw<DueRow[]>`
    select d.id::text as id, d.referral_id::text as "referralId", d.kind, d.acute, d.started_at as "startedAt",
      d.due_at as "dueAt", d.next_alarm_at as "alarmAt", d.next_stage as stage, d.derivation, r.owner_unit_id as "ownerUnit",
      r.assessment_unit_id as "assessmentUnit", coalesce(r.handler_id, r.staying_person_id) as "handlerId", r.event_count as "eventCount",
      r.head_hash as "headHash"
    from deadline d join referral r on r.id = d.referral_id
    where d.state = 'running' and d.next_alarm_at is not null and d.next_alarm_at <= ${toDate(now)}
      and ${scope.unitIds === 'all'}
    order by d.next_alarm_at limit ${limit} for update of d, r skip locked`;
  return rows.map((r) => ({
    ...r,
    startedAt: fromDate(r.startedAt),
    dueAt: fromDate(r.dueAt),
    alarmAt: fromDate(r.alarmAt),
  }));
};

/** The instant of the next alarm of all; the sweep sleeps no longer than until then. */
export const nextAlarmAt = async (tx: Tx, scope: Scope): Promise<Instant | null> => {
  const rows = await tx.$queryRaw<{ at: Date }[]>`
    select next_alarm_at as at from deadline
    where state = 'running' and next_alarm_at is not null and ${scope.unitIds === 'all'}
    order by next_alarm_at limit 1`;
  return rows[0] ? fromDate(rows[0].at) : null;
};

/** Compare-and-set on the alarm's own instant: a second sweep with the same row changes nothing. */
export const setNextAlarms = async (
  tx: Tx,
  scope: Scope,
  moves: readonly { id: string; from: Instant; to: Instant | null; stage: string | null }[],
): Promise<number> =>
  tx.$executeRaw`
    update deadline d set next_alarm_at = m.to_at, next_stage = m.stage
    from jsonb_to_recordset(${JSON.stringify(
      moves.map((m) => ({ id: m.id, from_at: m.from.toString(), to_at: m.to?.toString() ?? null, stage: m.stage })),
    )}::jsonb) as m(id uuid, from_at timestamptz, to_at timestamptz, stage text)
    where d.id = m.id and d.state = 'running' and d.next_alarm_at = m.from_at and ${scope.unitIds === 'all'}`;
