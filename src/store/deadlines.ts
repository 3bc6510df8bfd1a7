import type { Clock, DeadlineKind } from '#domain/deadlines.ts';
import type { Scope } from '#domain/scope.ts';
import { type Instant, isBefore } from '#domain/time.ts';
import { fromDate, fromDateOrNull, type Tx, toDate, toRows } from './db.ts';
import { reachesReferral, reachesReferralInvolved } from './scope.ts';

export type Ending = {
  readonly kind: string;
  readonly as: 'met' | 'lapsed';
  readonly subjectId?: string;
  readonly at?: Instant;
};

export type ClocksEnded = {
  readonly referralId: string;
  readonly ends: readonly Ending[];
  /** The case event that shows it, and when. */
  readonly seq: number;
  readonly at: Instant;
};

/**
 * Ends running clocks of many referrals: with a subject only that one's, else all of the kind. Idempotent: what has ended
 * stays. A pause ends with its clock, and so does the timer that would have ended it. What met it may have happened
 * before it was told.
 */
export const endClocksOf = async (tx: Tx, scope: Scope, list: readonly ClocksEnded[]): Promise<number> => {
  const rows = list.flatMap(({ referralId, ends, seq, at: told }) =>
    ends.map(({ kind, as, subjectId, at = told }) => ({
      referral_id: referralId,
      kind,
      as_state: as,
      subject_id: subjectId ?? null,
      at: (isBefore(at, told) ? at : told).toString(),
      told: told.toString(),
      seq,
    })),
  );
  if (rows.length === 0) return 0;
  const [done] = await tx.$queryRaw<{ n: number }[]>`
    with e as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e(referral_id uuid, kind text, as_state text, subject_id uuid, at timestamptz, told timestamptz, seq int)),
    ended as (update deadline d set state = e.as_state, ended_at = greatest(d.started_at, e.at), ended_by_seq = e.seq,
      next_alarm_at = null, next_stage = null
    from referral r, e
    where d.referral_id = e.referral_id and d.kind = e.kind and d.state = 'running'
      and (e.subject_id is null or d.subject_id = e.subject_id)
      and r.id = d.referral_id and ${reachesReferralInvolved(scope)}
    returning d.id, d.referral_id, d.ended_at, e.told, e.seq),
    timers as (update deadline t set state = 'lapsed', ended_at = ended.told, ended_by_seq = ended.seq,
      next_alarm_at = null, next_stage = null
      from ended where t.subject_id = ended.id and t.referral_id = ended.referral_id and t.kind = 'pause-end'
        and t.state = 'running'),
    pauses as (update deadline_pause p set ended_at = greatest(p.started_at, least(ended.ended_at, p.ends_at))
      from ended where p.deadline_id = ended.id and p.ended_at is null)
    select count(*)::int as n from ended`;
  return done?.n ?? 0;
};

/** The same of one referral. */
export const endClocks = (
  tx: Tx,
  scope: Scope,
  referralId: string,
  ends: readonly Ending[],
  by: { readonly seq: number; readonly at: Instant },
): Promise<number> => endClocksOf(tx, scope, [{ referralId, ends, ...by }]);

/** The last met clock of each of the subjects, as it was started. */
export const findMetClocks = async (
  tx: Tx,
  scope: Scope,
  q: { readonly referralId: string; readonly kind: DeadlineKind; readonly subjectIds: readonly string[] },
): Promise<(Clock & { readonly subjectId: string })[]> => {
  type Row = Pick<Clock, 'lawVersion' | 'derivation'> & { subjectId: string };
  const rows = await tx.$queryRaw<(Row & { startedAt: Date; dueAt: Date; secondaryAt: Date | null })[]>`
    select distinct on (d.subject_id) d.subject_id::text as "subjectId", d.started_at as "startedAt", d.due_at as "dueAt",
      d.secondary_at as "secondaryAt", d.law_version as "lawVersion", d.derivation
    from deadline d join referral r on r.id = d.referral_id
    where r.id = ${q.referralId}::uuid and d.kind = ${q.kind} and d.state = 'met'
      and d.subject_id = any(${q.subjectIds}::uuid[]) and ${reachesReferral(scope)}
    order by d.subject_id, d.ended_at desc, d.id desc`;
  return rows.map((row) => ({
    ...row,
    kind: q.kind,
    startedAt: fromDate(row.startedAt),
    dueAt: fromDate(row.dueAt),
    secondaryAt: fromDateOrNull(row.secondaryAt),
    period: row.derivation.period,
  }));
};

/** Gives running clocks another due instant and the derivation that explains it; they keep their start. */
export const retimeClocks = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<number> =>
  tx.$executeRaw`
    update deadline d set due_at = x.due_at, acute = x.acute, derivation = x.derivation,
      next_alarm_at = x.next_alarm_at, next_stage = x.next_stage
    from referral r, jsonb_populate_recordset(null::deadline, ${JSON.stringify(toRows(rows))}::jsonb) x
    where d.id = x.id and d.referral_id = ${referralId}::uuid and d.state = 'running'
      and r.id = d.referral_id and ${reachesReferralInvolved(scope)}`;

/** All that runs becomes acute or ordinary: quiet hours and receivers of alarms go by it. */
export const setClocksAcute = async (tx: Tx, scope: Scope, referralId: string, acute: boolean): Promise<number> =>
  tx.$executeRaw`
    update deadline d set acute = ${acute} from referral r
    where d.referral_id = ${referralId}::uuid and d.state = 'running'
      and r.id = d.referral_id and ${reachesReferralInvolved(scope)}`;

/** Stands as the next stage of what was handed over to be acted on, until that is done or its minute is over. */
export const ACTING = 'acting';

export type DueClock = {
  id: string;
  referralId: string;
  kind: string;
  subjectId: string | null;
  acute: boolean;
  startedAt: Instant;
  dueAt: Instant;
  alarmAt: Instant;
  stage: string;
  derivation: unknown;
  ownerUnit: string;
  assessmentUnit: string | null;
  /** Who is to answer, of the clock of a hand-over. */
  receiverUnit: string | null;
  handlerId: string | null;
  senderPersonId: string | null;
  notifierLanguage: 'da' | 'en' | null;
  /** Person ids of those for whom its referral is not there. */
  barred: string[];
  eventCount: number;
  headHash: Uint8Array;
};

type DueRow = Omit<DueClock, 'startedAt' | 'dueAt' | 'alarmAt'> & { startedAt: Date; dueAt: Date; alarmAt: Date };

/**
 * Locks what is due and its referral, in index order. What another sweep or a person's act holds is passed over, so
 * that the sweep waits for nobody and cannot deadlock with an act, which locks the referral first. What fell due after
 * something that is being acted on waits for that, so that after an outage a referral's clocks are met in their order.
 */
export const lockDueClocks = async (tx: Tx, scope: Scope, now: Instant, limit: number): Promise<DueClock[]> => {
  const rows = await tx.$queryRaw<DueRow[]>`
    select d.id::text as id, d.referral_id::text as "referralId", d.kind, d.subject_id::text as "subjectId", d.acute,
      d.started_at as "startedAt", d.due_at as "dueAt", d.next_alarm_at as "alarmAt", d.next_stage as stage, d.derivation, r.owner_unit_id as "ownerUnit",
      r.assessment_unit_id as "assessmentUnit", h.to_unit_id as "receiverUnit",
        coalesce(case d.kind when 'reassess' then r.reassessor_id end, r.handler_id, r.staying_person_id) as "handlerId",
      n.sender_person_id as "senderPersonId", n.language as "notifierLanguage", array(select barred_people(r.id)) as barred, r.event_count as "eventCount",
      r.head_hash as "headHash"
    from deadline d join referral r on r.id = d.referral_id
      left join handover h on d.kind = 'handover' and h.id = d.subject_id
      left join notification n on d.kind = 'request-for-more' and n.id = r.notification_id
    where d.state = 'running' and d.next_alarm_at is not null and d.next_alarm_at <= ${toDate(now)}
      and not exists (select from deadline a where a.referral_id = d.referral_id and a.state = 'running'
        and a.next_stage = ${ACTING} and a.next_alarm_at > ${toDate(now)} and a.due_at < d.next_alarm_at)
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
