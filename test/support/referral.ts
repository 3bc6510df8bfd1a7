import { startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import type { Decision, Referral, RunningClock } from '#domain/referral.ts';
import { calendarOf } from '#domain/regulations.ts';
import type { RuledKind } from '#domain/rulebook.ts';
import { instant, withOffset } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
export const world: World = { organisation, rulebook: RULEBOOK, calendar: calendarOf(organisation) };

/** Monday 2 November 2026, 09:00 in Copenhagen. */
export const RECEIVED = instant('2026-11-02T09:00:00+01:00');

/** A clock as the rules would have started it; ids tell the kind and the subject. */
export const runningClock = (
  kind: RuledKind,
  start = RECEIVED,
  { acute = false, subjectId = null }: { acute?: boolean; subjectId?: string | null } = {},
): RunningClock => {
  const { dueAt, startedAt } = startClock(
    kind,
    { start, receivedAt: RECEIVED, acute },
    RULEBOOK,
    calendarOf(organisation),
  );
  return { id: subjectId ? `${kind}:${subjectId}` : kind, kind, subjectId, acute, startedAt, dueAt };
};

/** An ordinary notification at Nørrebro, received Monday 09:00, not yet acknowledged. */
export const makeReferral = (overrides: Partial<Referral> = {}): Referral => ({
  id: 'r',
  caseNumber: '2026-0001',
  matter: 'notification',
  notificationId: 'n',
  childId: 'c',
  childPosition: 0,
  childAge: 7,
  status: 'received',
  acute: false,
  need: null,
  responsibleUnit: 'bbu-norrebro',
  ownerUnit: 'bbu-norrebro',
  provisionalRule: null,
  handlerId: null,
  assessmentUnit: null,
  stayingPerson: null,
  reassessor: null,
  senderPersonId: 'notifier-skole-norrebro',
  barred: [],
  restricted: null,
  notifierLanguage: 'da',
  receivedAt: RECEIVED,
  registeredAt: RECEIVED,
  acknowledgedAt: null,
  assessedAt: null,
  decision: null,
  examination: null,
  closedAt: null,
  changedAt: RECEIVED,
  stateVersion: 0,
  eventCount: 4,
  headHash: new Uint8Array(32),
  clocks: [
    runningClock('assess-24h'),
    runningClock('investigation'),
    runningClock('acknowledge'),
    { id: 'closing', kind: 'closing', subjectId: null, acute: false, startedAt: RECEIVED, dueAt: RECEIVED },
  ],
  ...overrides,
});

/** The same, taken by a caseworker and assessed on Monday. */
export const assessedReferral = (overrides: Partial<Referral> = {}): Referral =>
  makeReferral({
    status: 'acknowledged',
    handlerId: 'caseworker-bbu-norrebro',
    acknowledgedAt: RECEIVED,
    assessedAt: RECEIVED,
    clocks: [runningClock('investigation')],
    ...overrides,
  });

/** Clocks that a decision starts: kind, and subject if it has one → due instant in Copenhagen's offset. */
export const started = ({ start = [] }: Decision): Record<string, string> =>
  Object.fromEntries(start.map((c) => [c.subjectId ? `${c.kind}:${c.subjectId}` : c.kind, withOffset(c.dueAt)]));

export const ended = ({ end = [] }: Decision): string[] =>
  end.map((e) => `${e.subjectId ? `${e.kind}:${e.subjectId}` : e.kind} ${e.as}`);

/** Clocks that a decision moves: id → due instant in Copenhagen's offset. */
export const moved = ({ retime = [] }: Decision): Record<string, string> =>
  Object.fromEntries(retime.map((r) => [r.id, withOffset(r.dueAt)]));

/** The code and the refused fields of what an act throws. */
export const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    const { code, fields } = error as { code: string; fields: readonly { path: string; code: string }[] };
    return [code, ...fields.map((f) => `${f.path}:${f.code}`)].join(' ');
  }
  return 'allowed';
};
