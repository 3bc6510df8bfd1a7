import { type Act, isLegal } from './lifecycle.ts';
import type { Examination, Outcome } from './outcomes.ts';
import { type OpenMatters, openDispute } from './ownership.ts';
import { can } from './policy.ts';
import type { Subject } from './policy-relations.ts';
import type { Referral, Status } from './referral.ts';
import type { Actor } from './scope.ts';

const PLAIN = ['acknowledge', 'assign', 'stay-on', 'add-evidence', 'identify-child', 'mark-in-error'] as const;

/** Acts of the work itself, each with what must stand beyond the status for it to make sense. */
const WORK = {
  assess: (work) => work.matter === 'notification' && !work.assessed,
  'change-priority': () => true,
  decide: (work) => work.matter === 'inquiry' || work.assessed,
  'finish-examination': () => true,
  'start-measure': (work) => work.decision !== null && work.decision !== 'nothing',
  'change-measure': (work) => work.runningMeasures > 0,
  'end-measure': (work) => work.runningMeasures > 0,
  'follow-up': (work) => work.runningMeasures > 0,
  'give-feedback': (work) => work.unanswered > 0 && !work.unchecked,
  'withhold-feedback': (work) => work.unanswered > 0,
  'approve-withholding': (work) => work.awaitingApproval > 0,
  'refuse-withholding': (work) => work.awaitingApproval > 0,
  'lift-withholding': (work) => work.awaitingApproval + work.withheld > 0,
  'ask-for-more': (work) => work.mayBeAsked && work.openRequests === 0,
  'withdraw-request': (work) => work.openRequests > 0,
  'check-basis': (work) => work.notifier !== null && !work.notifier.login,
  'suspect-notifier': (work) => work.notifier !== null && !work.notifier.suspected,
  'clear-notifier': (work) => work.notifier?.suspected === true,
  'note-parents': (work) => !work.parentsHeld,
  'leave-parents-untold': () => true,
  'begin-hearing': (work) => !work.parentsHeld && !work.hearing,
  'end-hearing': (work) => work.hearing,
  'hold-parents': (work) => !work.parentsHeld,
  'release-parents': (work) => work.parentsHeld,
  'deliver-feedback': (work) => work.undelivered > 0,
  'complete-reassessment': (work) => work.mayReassess,
  'name-reassessor': (work) => work.mustBeReassessed,
  close: (work) =>
    work.openRequests === 0 &&
    !work.hearing &&
    !work.mustBeReassessed &&
    work.runningMeasures === 0 &&
    work.examination === null,
  reopen: () => true,
  'declare-conflict': () => true,
  'name-conflict': () => true,
  'lift-conflict': (work) => work.barred > 0,
  restrict: () => true,
  'lift-restriction': (work) => work.restricted,
  'merge-children': () => true,
  'link-sibling': () => true,
  'undo-link': (work) => work.links > 0,
  'correct-child': () => true,
} as const satisfies Partial<Record<Act, (work: Work) => boolean>>;

export type WorkAct = keyof typeof WORK;
export type OfferedAct = (typeof PLAIN)[number] | 'add-to-notification';

/**
 * `unanswered`: feedback duties not yet under way; `undelivered`: given, not known to have arrived; `awaitingApproval`:
 * feedback that somebody wants withheld; `withheld`: that two people stand behind.
 */
export type Work = {
  readonly matter: Referral['matter'];
  readonly assessed: boolean;
  readonly decision: Outcome | null;
  readonly examination: Examination | null;
  readonly runningMeasures: number;
  readonly unanswered: number;
  readonly undelivered: number;
  readonly awaitingApproval: number;
  readonly withheld: number;
  /** The notifier has a login to answer by. */
  readonly mayBeAsked: boolean;
  readonly openRequests: number;
  /** Of a notification that somebody signed. */
  readonly notifier: { readonly suspected: boolean; readonly login: boolean } | null;
  /** Came to the door as one who is owed feedback, and nobody has looked whether that is so. */
  readonly unchecked: boolean;
  /** Nothing may reach the parents before it is released. */
  readonly parentsHeld: boolean;
  /** A hearing of the parties runs. */
  readonly hearing: boolean;
  readonly mustBeReassessed: boolean;
  /** It is due, and this person has never handled the child's case. */
  readonly mayReassess: boolean;
  /** What binds the child's records together and to its siblings, and can be undone. */
  readonly links: number;
  /** People who are related to the child. */
  readonly barred: number;
  /** Its child's cases are there for named people only. */
  readonly restricted: boolean;
};

/** What this person may do now with this referral: what the policy grants and the state allows. */
export const offeredActs = (
  actor: Actor,
  subject: Subject,
  state: { readonly status: Status; readonly childIdentity: string; readonly hasNotification: boolean },
): OfferedAct[] => {
  const acts = PLAIN.filter((act) => isLegal(act, state.status) && can(actor, `referral.${act}`, subject));
  const offered: OfferedAct[] = acts.filter((act) => act !== 'identify-child' || state.childIdentity !== 'known');
  if (state.hasNotification && can(actor, 'notification.add', subject)) offered.push('add-to-notification');
  return offered;
};

/** The same for the work itself: assessment, decision, measures, feedback, closing. */
export const offeredWork = (actor: Actor, subject: Subject, status: Status, work: Work): WorkAct[] =>
  (Object.keys(WORK) as WorkAct[]).filter(
    (act) => WORK[act](work) && isLegal(act, status) && can(actor, `referral.${act}`, subject),
  );

export type OfferedMatter = 'propose-handover' | 'raise-dispute';

/** What may be begun about whose the work is; answering what is open is offered on the dispute's own page. */
export const offeredMatters = (actor: Actor, subject: Subject, status: Status, open: OpenMatters): OfferedMatter[] => {
  const offered: OfferedMatter[] = [];
  const quiet = open.handover?.state !== 'proposed' && openDispute(open)?.kind !== 'dispute';
  if (quiet && isLegal('propose-handover', status) && can(actor, 'handover.propose', subject)) {
    offered.push('propose-handover');
  }
  if (
    openDispute(open)?.kind !== 'dispute' &&
    isLegal('raise-dispute', status) &&
    can(actor, 'dispute.raise', subject)
  ) {
    offered.push('raise-dispute');
  }
  return offered;
};
