import { instant } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import * as deadlines from '#store/deadlines.ts';
import * as explanations from '#store/explanations.ts';
import * as outages from '#store/outages.ts';
import * as pauses from '#store/pauses.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const id = '01a00000-0000-7000-8000-000000000001';
const ORGANISATION = 'who is away is part of the organisation, which is no secret; the use case asks who may change it';

const lawful = (s: Stored) => s.clock?.id ?? '';

const pauseClock = (tx: Tx, s: Stored): Promise<unknown> => tx.$executeRaw`
  insert into deadline_pause (id, deadline_id, reason, person_id, started_at, ends_at)
  values (${id}::uuid, ${lawful(s)}::uuid, 'family', 'somebody', '2026-11-03', '2026-11-04')`;

/** The functions of clocks: alarms, pauses, explanations, outages, absence. */
export const STORE_OF_CLOCKS: Readonly<Record<string, Closed | Open>> = {
  'deadlines.ts endClocks': {
    by: 'unit',
    call: (tx, scope, s) => {
      const end = [{ kind: 'acknowledge', as: 'lapsed' as const }];
      return deadlines.endClocks(tx, scope, s.referral.id, end, { seq: 4, at: s.now });
    },
  },
  'deadlines.ts findMetClocks': {
    by: 'unit',
    before: (tx, s) => tx.$executeRaw`update deadline set state = 'met', ended_at = started_at, ended_by_seq = 1,
      next_alarm_at = null, next_stage = null, kind = 'feedback', subject_id = ${id}::uuid where id = ${lawful(s)}::uuid`,
    call: (tx, scope, s) =>
      deadlines.findMetClocks(tx, scope, { referralId: s.referral.id, kind: 'feedback', subjectIds: [id] }),
  },
  'deadlines.ts retimeClocks': {
    by: 'unit',
    call: (tx, scope, { clock, referral, now }) => {
      const { id: clockId, derivation } = clock ?? {};
      const row = { id: clockId, dueAt: now, acute: true, derivation, nextAlarmAt: now, nextStage: 'end' };
      return deadlines.retimeClocks(tx, scope, referral.id, [row]);
    },
  },
  'deadlines.ts setClocksAcute': {
    by: 'unit',
    call: (tx, scope, s) => deadlines.setClocksAcute(tx, scope, s.referral.id, true),
  },
  'deadlines.ts lockDueClocks': { by: 'system', call: (tx, scope, s) => deadlines.lockDueClocks(tx, scope, s.now, 10) },
  'deadlines.ts nextAlarmAt': { by: 'system', call: (tx, scope) => deadlines.nextAlarmAt(tx, scope) },
  'deadlines.ts setNextAlarms': {
    by: 'system',
    call: (tx, scope, { clock }) => {
      const from = instant(clock?.nextAlarmAt?.toISOString() ?? '');
      return deadlines.setNextAlarms(tx, scope, [{ id: clock?.id ?? '', from, to: null, stage: null }]);
    },
  },
  'pauses.ts writePause': {
    by: 'unit',
    call: (tx, scope, s) =>
      pauses.writePause(tx, scope, {
        change: 'begin',
        id,
        deadlineId: lawful(s),
        reason: 'family',
        personId: 'somebody',
        startedAt: s.now,
        endsAt: s.now.add({ hours: 1 }),
      }),
  },
  'pauses.ts findOpenPauses': {
    by: 'unit',
    before: pauseClock,
    call: (tx, scope, s) => pauses.findOpenPauses(tx, scope, s.referral.id),
  },
  'explanations.ts getLawfulClock': {
    by: 'unit',
    call: (tx, scope, s) => explanations.getLawfulClock(tx, scope, s.referral.id, lawful(s)),
  },
  'explanations.ts setExplained': {
    by: 'unit',
    call: async (tx, scope, s) => {
      const [law] = await tx.deadline.findMany({ where: { referralId: s.referral.id, kind: 'assess-24h' } });
      const clock = { id: law?.id ?? '', explained: null };
      await explanations.setExplained(tx, scope, clock, { explained: 'given', by: 'somebody' });
    },
  },
  'explanations.ts findUnexplained': {
    by: 'unit',
    call: (tx, scope, s) => explanations.findUnexplained(tx, scope, s.now.add({ hours: 24 * 400 }), 10),
  },
  'outages.ts findHeartbeat': {
    by: 'system',
    before: (tx) => tx.$executeRaw`insert into sweep_heartbeat (beat_at) values ('2026-11-03')`,
    call: (tx, scope) => outages.findHeartbeat(tx, scope),
  },
  'outages.ts beatHeart': { by: 'system', call: (tx, scope, s) => outages.beatHeart(tx, scope, null, s.now) },
  'outages.ts countOverdue': {
    by: 'system',
    call: async (tx, scope, s) => {
      const { overdue } = await outages.countOverdue(tx, scope, s.now.add({ hours: 24 * 400 }));
      return overdue;
    },
  },
  'outages.ts insertOutage': {
    by: 'system',
    call: (tx, scope, { now }) =>
      outages.insertOutage(tx, scope, id, { from: now, until: now.add({ hours: 1 }), overdue: 1, oldest: now }),
  },
  'outages.ts findLastOutage': { open: 'numbers and instants of the whole, nothing of a case' },
  'absences.ts insertAbsence': { open: ORGANISATION },
  'absences.ts findAbsence': { open: ORGANISATION },
  'absences.ts endAbsenceOn': { open: ORGANISATION },
  'absences.ts findAbsences': { open: ORGANISATION },
};
