import type { Act } from '#domain/lifecycle.ts';
import { type Instant, instant, isBefore } from '#domain/time.ts';
import { MATTER_ACTS } from './acts.ts';
import { SENDER } from './arriving.ts';
import {
  decidersNow,
  disputeOf,
  HANDLERS,
  handoverOf,
  MENDERS,
  type Row,
  runs,
  type Scene,
  speakersOf,
  staffOf,
} from './scene.ts';
import { WORK_ACTS } from './work-acts.ts';

export const PERSONS_ACTS = { ...MATTER_ACTS, ...WORK_ACTS };
export type PersonsAct = keyof typeof PERSONS_ACTS;
/** What nobody does: the system does it at a due instant. */
export const SYSTEMS_ACTS = [
  'return-ownership',
  'review-at-closing',
  'end-pause',
  'check-return',
  'advance-dispute',
  'escalate',
] as const satisfies readonly Act[];

const isOpen = ({ status }: Row): boolean => status !== 'closed';
const isTaken = (row: Row): boolean => isOpen(row) && row.status !== 'received';
const running = ({ measures }: Row): boolean => measures.some(({ state }) => state === 'running');
const asked = ({ requests }: Row): boolean => requests.some(({ closedAt }) => closedAt === null);
const feedback = ({ feedbacks }: Row, state: string): boolean => feedbacks.some((one) => one.state === state);
const inDispute = (row: Row): boolean => disputeOf(row)?.kind === 'dispute';
/** A meeting of the present step that has no minutes yet, and whether it lies ahead. */
const meetingIn = (row: Row, now: Instant): 'ahead' | 'past' | null => {
  const { meeting: called, step } = disputeOf(row) ?? {};
  const one = called as { at: string; held: boolean; step: number } | null | undefined;
  if (!one || one.held) return null;
  if (isBefore(instant(one.at), now)) return 'past';
  return one.step === step ? 'ahead' : null;
};
const late = ({ deadlines }: Row): boolean =>
  deadlines.some(({ kind, dueAt, endedAt }) => kind === 'assess-24h' && dueAt < (endedAt ?? new Date(8e14)));

type Looking = Pick<Scene, 'row' | 'chance' | 'organisation' | 'chart' | 'now'>;

/** How likely each act is to make sense now; only a guess, what is allowed is the product's to say. */
const WEIGHTS: Readonly<Record<PersonsAct, (row: Row, looking: Looking) => number | boolean>> = {
  acknowledge: (row) => row.status === 'received' && (row.acute ? 20 : 9),
  assess: (row) =>
    row.assessedAt === null && row.matter === 'notification' && isOpen(row) && (row.status === 'received' ? 1.5 : 6),
  'change-priority': (row) => isOpen(row) && (row.acute ? 2 : 0.15),
  'propose-handover': (row) => isOpen(row) && !inDispute(row) && handoverOf(row) === null && 8,
  'accept-handover': (row) => handoverOf(row) !== null && 4,
  'decline-handover': (row) => handoverOf(row)?.state === 'proposed' && 4,
  'withdraw-handover': (row) => handoverOf(row) !== null && 0.7,
  'raise-dispute': (row) => isOpen(row) && !inDispute(row) && 1.2,
  claim: (row) => inDispute(row) && 1,
  'propose-settlement': (row) => inDispute(row) && 2,
  agree: (row) => disputeOf(row)?.proposal != null && 5,
  'climb-early': (row) => inDispute(row) && 3,
  'call-meeting': (row) => inDispute(row) && (disputeOf(row)?.step ?? 0) > 2 && 4,
  'cancel-meeting': (row, { now }) => meetingIn(row, now) === 'ahead' && 6,
  'record-minutes': (row, { now }) => meetingIn(row, now) === 'past' && 6,
  'decide-dispute': (row, looking) => (disputeOf(row)?.step ?? 0) > 1 && (decidersNow(looking).length > 1 ? 6 : 1.5),
  // Of one's own decision nobody dissents.
  dissent: (row, looking) => row.disputes.at(-1)?.state === 'settled' && decidersNow(looking).length > 1 && 6,
  'withdraw-dispute': (row) => disputeOf(row)?.raisedBy != null && 2,
  'pause-clock': (row) => isOpen(row) && 1.5,
  'resume-clock': (row) => runs(row, 'pause-end') !== null && 3,
  'mark-in-error': (row) => (row.status === 'received' || row.status === 'acknowledged') && 0.3,
  'correct-child': (row) => isOpen(row) && 0.4,
  assign: (row) => isTaken(row) && 0.5,
  'stay-on': (row) => runs(row, 'closing') !== null && 0.7,
  'add-evidence': (row) => isOpen(row) && 0.4,
  'identify-child': (row) => isOpen(row) && 0.4,
  'merge-children': () => 0.3,
  'link-sibling': () => 0.3,
  'undo-link': () => 0.3,
  'declare-conflict': () => 0.2,
  'name-conflict': () => 0.2,
  'lift-conflict': () => 0.2,
  restrict: () => 0.1,
  'lift-restriction': () => 0.1,
  'complete-reassessment': (row) => runs(row, 'reassess') !== null && 4,
  'name-reassessor': (row) => runs(row, 'reassess') !== null && 4,
  decide: (row) => isTaken(row) && row.assessedAt !== null && row.decision === null && 8,
  'finish-examination': (row) => row.examination !== null && 2,
  'start-measure': (row) => row.decision !== null && isOpen(row) && 6,
  'change-measure': (row) => running(row) && 4,
  'end-measure': (row) => running(row) && 2,
  'follow-up': (row) => running(row) && 4,
  'give-feedback': (row) => runs(row, 'feedback') !== null && 3,
  'withhold-feedback': (row) => runs(row, 'feedback') !== null && 5,
  'approve-withholding': (row) => feedback(row, 'awaiting-approval') && 6,
  'refuse-withholding': (row) => feedback(row, 'awaiting-approval') && 4,
  'lift-withholding': (row) => feedback(row, 'withheld') && 12,
  'ask-for-more': (row) => isTaken(row) && !asked(row) && 1,
  'withdraw-request': (row) => asked(row) && 2,
  'answer-request': (row) => asked(row) && 3,
  'suspect-notifier': () => 0.3,
  'clear-notifier': () => 0.3,
  'check-basis': (row) => row.matter === 'notification' && 0.5,
  'deliver-receipt': ({ letters }) => letters.some(({ kind }) => kind === 'receipt') && 5,
  'deliver-feedback': ({ letters }) => letters.some(({ kind }) => kind === 'feedback') && 5,
  'note-parents': (row) => isOpen(row) && 0.2,
  'leave-parents-untold': (row) => isOpen(row) && 0.2,
  'begin-hearing': (row) => isTaken(row) && 0.2,
  'end-hearing': (row) => runs(row, 'partshoring') !== null && 1,
  'hold-parents': (row) => isOpen(row) && 0.2,
  'release-parents': (row) => isOpen(row) && 0.2,
  'explain-overdue': (row) => late(row) && 0.5,
  'answer-explanation': ({ deadlines }) => deadlines.some(({ explained }) => explained === 'given') && 2,
  close: (row) => row.status === 'decided' && 1.5,
  reopen: (row) => row.status === 'closed' && 2,
};

const ALL = Object.keys(WEIGHTS) as PersonsAct[];

export type Done = ReadonlyMap<PersonsAct, number>;
/** How much likelier what nobody has done yet. */
const SEEK = 25;

/** Mostly what makes sense, what has been done seldom before others, now and then anything. */
export const likelyAct = (looking: Looking, done: Done): PersonsAct => {
  const { row, chance } = looking;
  if (chance.next() < 0.08) return chance.pick(ALL) ?? 'acknowledge';
  const rare = (act: PersonsAct): number => 1 + SEEK / (1 + (done.get(act) ?? 0));
  const weighed = ALL.map((act) => [act, Number(WEIGHTS[act](row, looking)) * rare(act)] as const);
  let left = chance.next() * weighed.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [act, weight] of weighed) {
    left -= weight;
    if (left < 0) return act;
  }
  return 'add-evidence';
};

/** Who would be the one to do it. */
const typical = (act: PersonsAct, looking: Looking): readonly string[] => {
  const { row, organisation, now } = looking;
  const staff = (units: readonly (string | null | undefined)[], roles = HANDLERS): string[] =>
    staffOf(
      organisation,
      now,
      units.filter((unit) => unit != null),
      roles,
    );
  const handover = handoverOf(row);
  switch (act) {
    case 'accept-handover':
    case 'decline-handover':
      return staff([handover?.toUnitId]);
    case 'withdraw-handover':
      return staff([handover?.fromUnitId, row.ownerUnitId]);
    case 'raise-dispute':
      return staff([row.ownerUnitId, row.responsibleUnitId, handover?.toUnitId]);
    case 'claim':
      return staff(disputeOf(row)?.partyUnitIds ?? []);
    case 'withdraw-dispute':
      return staff([disputeOf(row)?.raisedBy]);
    case 'propose-settlement':
    case 'agree':
    case 'climb-early':
      return speakersOf(looking);
    case 'call-meeting':
    case 'cancel-meeting':
    case 'record-minutes':
      return [...speakersOf(looking), ...decidersNow(looking)];
    case 'decide-dispute':
    case 'dissent':
      return decidersNow(looking);
    case 'assess':
    case 'explain-overdue':
      return staff([row.assessmentUnitId ?? row.ownerUnitId]);
    case 'change-priority':
    case 'lift-conflict':
    case 'restrict':
    case 'lift-restriction':
    case 'answer-explanation':
      return staff([row.ownerUnitId], ['team-leader']);
    case 'mark-in-error':
    case 'correct-child':
    case 'merge-children':
    case 'link-sibling':
    case 'undo-link':
    case 'reopen':
      return staff([row.ownerUnitId], MENDERS);
    case 'approve-withholding':
    case 'refuse-withholding':
    case 'release-parents':
      return staff([row.ownerUnitId], ['professional-coordinator', 'team-leader']);
    case 'answer-request':
      return [SENDER];
    case 'complete-reassessment':
      return [...(row.reassessorId ? [row.reassessorId] : []), ...staff([row.ownerUnitId])];
    default:
      return staff([row.ownerUnitId]);
  }
};

/** Mostly who would do it, else anybody of the municipality. */
export const likelyPerson = (act: PersonsAct, looking: Looking): string => {
  const { chance, organisation } = looking;
  const found = chance.next() < 0.88 ? chance.pick(typical(act, looking)) : undefined;
  return found ?? chance.pick([...organisation.people.keys()]) ?? '';
};
