import type { Act } from '#domain/lifecycle.ts';
import type { Role } from '#domain/organisation.ts';
import type { Action } from '#domain/policy.ts';
import type { Status } from '#domain/referral.ts';

/**
 * What a person is to the referral. `responsible`: at the unit that routing named while another owns provisionally;
 * `other`: at a unit that has nothing to do with it. The last four are named persons, whatever their role.
 */
export const SIDES = [
  'owner',
  'responsible',
  'assessor',
  'notifier',
  'sender',
  'receiver',
  'party',
  'raiser',
  'other',
  'speaker',
  'decider',
  'coordinator',
  'reassessor',
] as const;
export type Side = (typeof SIDES)[number];

export type Row = {
  /** What the policy calls it; null: a rule's own act, which no person has. */
  readonly action: Action | null;
  readonly in: readonly Status[];
  /** Side → roles on that side; a side that is not listed is refused. */
  readonly by: Readonly<Partial<Record<Side, readonly Role[] | 'all'>>>;
};

const OPEN = ['received', 'acknowledged', 'examining', 'decided'] as const;
const TAKEN = ['acknowledged', 'examining', 'decided'] as const;
const MEASURES = ['examining', 'decided'] as const;

const handlers = ['caseworker', 'intake', 'duty-officer', 'professional-coordinator', 'team-leader'] as const;
const leaders = ['area-manager', 'centre-director'] as const;
const deciders = ['intake', 'professional-coordinator', 'team-leader'] as const;
const answering = ['team-leader', 'area-manager'] as const;
const second = ['professional-coordinator', 'team-leader', 'area-manager'] as const;
const writers = ['notifier', 'school-social-worker', 'institution-leader'] as const;
const staff = [...handlers, ...leaders] as const;

/** The reviewed table: state × act × role × side. Everything that is not here is refused. */
export const MATRIX = {
  acknowledge: { action: 'referral.acknowledge', in: ['received'], by: { owner: handlers } },
  assign: { action: 'referral.assign', in: TAKEN, by: { owner: handlers } },
  'stay-on': { action: 'referral.stay-on', in: OPEN, by: { owner: handlers } },
  'add-evidence': { action: 'referral.add-evidence', in: OPEN, by: { owner: handlers, assessor: handlers } },
  'identify-child': { action: 'referral.identify-child', in: OPEN, by: { owner: handlers, assessor: handlers } },
  'mark-in-error': { action: 'referral.mark-in-error', in: ['received', 'acknowledged'], by: { owner: deciders } },
  'correct-child': { action: 'referral.correct-child', in: OPEN, by: { owner: deciders } },
  'merge-children': { action: 'referral.merge-children', in: [...OPEN, 'closed'], by: { owner: deciders } },
  'link-sibling': { action: 'referral.link-sibling', in: [...OPEN, 'closed'], by: { owner: deciders } },
  'undo-link': { action: 'referral.undo-link', in: [...OPEN, 'closed'], by: { owner: deciders } },
  'complete-reassessment': {
    action: 'referral.complete-reassessment',
    in: OPEN,
    by: { owner: handlers, reassessor: 'all' },
  },
  'name-reassessor': { action: 'referral.name-reassessor', in: OPEN, by: { owner: handlers } },
  'return-ownership': { action: null, in: OPEN, by: {} },
  'review-at-closing': { action: null, in: OPEN, by: {} },

  assess: { action: 'referral.assess', in: ['received', 'acknowledged'], by: { owner: handlers, assessor: handlers } },
  'change-priority': {
    action: 'referral.change-priority',
    in: OPEN,
    by: { owner: ['team-leader'], assessor: ['team-leader'] },
  },
  decide: { action: 'referral.decide', in: TAKEN, by: { owner: handlers } },
  'finish-examination': { action: 'referral.finish-examination', in: ['examining'], by: { owner: handlers } },
  'start-measure': { action: 'referral.start-measure', in: MEASURES, by: { owner: handlers } },
  'change-measure': { action: 'referral.change-measure', in: MEASURES, by: { owner: handlers } },
  'end-measure': { action: 'referral.end-measure', in: MEASURES, by: { owner: handlers } },
  'follow-up': { action: 'referral.follow-up', in: MEASURES, by: { owner: handlers } },
  'give-feedback': { action: 'referral.give-feedback', in: [...TAKEN, 'closed'], by: { owner: handlers } },
  'withhold-feedback': { action: 'referral.withhold-feedback', in: [...TAKEN, 'closed'], by: { owner: handlers } },
  'approve-withholding': { action: 'referral.approve-withholding', in: [...TAKEN, 'closed'], by: { owner: second } },
  'refuse-withholding': { action: 'referral.refuse-withholding', in: [...TAKEN, 'closed'], by: { owner: second } },
  'lift-withholding': {
    action: 'referral.lift-withholding',
    in: [...TAKEN, 'closed'],
    by: { owner: [...handlers, 'area-manager'] },
  },
  'ask-for-more': { action: 'referral.ask-for-more', in: TAKEN, by: { owner: handlers } },
  'withdraw-request': { action: 'referral.withdraw-request', in: OPEN, by: { owner: handlers } },
  'answer-request': { action: 'referral.answer-request', in: OPEN, by: { notifier: writers } },
  'check-basis': { action: 'referral.check-basis', in: [...OPEN, 'closed'], by: { owner: handlers } },
  'suspect-notifier': { action: 'referral.suspect-notifier', in: [...OPEN, 'closed'], by: { owner: handlers } },
  'clear-notifier': { action: 'referral.clear-notifier', in: [...OPEN, 'closed'], by: { owner: handlers } },
  'note-parents': { action: 'referral.note-parents', in: OPEN, by: { owner: handlers, assessor: handlers } },
  'leave-parents-untold': {
    action: 'referral.leave-parents-untold',
    in: OPEN,
    by: { owner: handlers, assessor: handlers },
  },
  'begin-hearing': { action: 'referral.begin-hearing', in: TAKEN, by: { owner: handlers } },
  'end-hearing': { action: 'referral.end-hearing', in: OPEN, by: { owner: handlers } },
  'hold-parents': { action: 'referral.hold-parents', in: OPEN, by: { owner: handlers, assessor: handlers } },
  'release-parents': { action: 'referral.release-parents', in: OPEN, by: { owner: second } },
  'deliver-feedback': { action: 'referral.deliver-feedback', in: [...OPEN, 'closed'], by: { owner: handlers } },
  'pause-clock': { action: 'referral.pause-clock', in: [...OPEN, 'closed'], by: { owner: handlers } },
  'resume-clock': { action: 'referral.resume-clock', in: [...OPEN, 'closed'], by: { owner: handlers } },
  'end-pause': { action: null, in: [...OPEN, 'closed'], by: {} },
  'explain-overdue': {
    action: 'referral.explain-overdue',
    in: [...OPEN, 'closed'],
    by: { owner: handlers, assessor: handlers },
  },
  'answer-explanation': {
    action: 'referral.answer-explanation',
    in: [...OPEN, 'closed'],
    by: { owner: answering, assessor: answering },
  },
  'deliver-receipt': { action: 'referral.deliver-receipt', in: [...OPEN, 'closed'], by: { owner: handlers } },
  'declare-conflict': {
    action: 'referral.declare-conflict',
    in: [...OPEN, 'closed'],
    by: {
      owner: staff,
      responsible: staff,
      assessor: staff,
      sender: staff,
      receiver: staff,
      party: staff,
      reassessor: 'all',
      speaker: 'all',
      decider: 'all',
    },
  },
  'name-conflict': { action: 'referral.name-conflict', in: [...OPEN, 'closed'], by: { owner: staff } },
  'lift-conflict': {
    action: 'referral.lift-conflict',
    in: [...OPEN, 'closed'],
    by: { owner: ['team-leader', ...leaders] },
  },
  restrict: {
    action: 'referral.restrict',
    in: [...OPEN, 'closed'],
    by: { owner: ['team-leader', ...leaders] },
  },
  'lift-restriction': {
    action: 'referral.lift-restriction',
    in: [...OPEN, 'closed'],
    by: { owner: ['team-leader', ...leaders] },
  },
  close: { action: 'referral.close', in: ['decided'], by: { owner: handlers } },
  reopen: { action: 'referral.reopen', in: ['closed'], by: { owner: deciders } },

  'propose-handover': { action: 'handover.propose', in: OPEN, by: { owner: handlers } },
  'accept-handover': { action: 'handover.accept', in: OPEN, by: { receiver: handlers } },
  'decline-handover': { action: 'handover.decline', in: OPEN, by: { receiver: handlers } },
  'withdraw-handover': { action: 'handover.withdraw', in: OPEN, by: { owner: handlers, sender: handlers } },
  'check-return': { action: null, in: OPEN, by: {} },
  'raise-dispute': { action: 'dispute.raise', in: OPEN, by: { party: staff } },
  claim: { action: 'dispute.claim', in: OPEN, by: { party: staff, speaker: 'all' } },
  'propose-settlement': {
    action: 'dispute.propose-settlement',
    in: OPEN,
    by: { speaker: 'all', coordinator: 'all' },
  },
  agree: { action: 'dispute.agree', in: OPEN, by: { speaker: 'all' } },
  'call-meeting': {
    action: 'dispute.call-meeting',
    in: OPEN,
    by: { speaker: 'all', coordinator: 'all', decider: 'all' },
  },
  'cancel-meeting': {
    action: 'dispute.cancel-meeting',
    in: OPEN,
    by: { speaker: 'all', coordinator: 'all', decider: 'all' },
  },
  'record-minutes': {
    action: 'dispute.record-minutes',
    in: OPEN,
    by: { speaker: 'all', coordinator: 'all', decider: 'all' },
  },
  'climb-early': { action: 'dispute.climb-early', in: OPEN, by: { speaker: 'all' } },
  'decide-dispute': { action: 'dispute.decide', in: OPEN, by: { decider: 'all' } },
  dissent: { action: 'dispute.dissent', in: [...OPEN, 'closed'], by: { decider: 'all' } },
  'withdraw-dispute': { action: 'dispute.withdraw', in: OPEN, by: { raiser: staff } },
  'advance-dispute': { action: 'dispute.advance', in: OPEN, by: {} },
  escalate: { action: 'dispute.escalate', in: OPEN, by: {} },
} as const satisfies Record<Act, Row>;
