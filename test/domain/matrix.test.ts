import { describe, expect, test } from 'vitest';
import { assess } from '#domain/assessment.ts';
import { close, reopen } from '#domain/case-ending.ts';
import { decide } from '#domain/decisions.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { finishExamination } from '#domain/examination.ts';
import { feedbackFor } from '#domain/feedback.ts';
import {
  approveWithholding,
  deliverFeedback,
  type FeedbackFacts,
  giveFeedback,
  refuseWithholding,
  withholdFeedback,
} from '#domain/feedback-acts.ts';
import type { Feedback, FeedbackState } from '#domain/feedback-record.ts';
import { sendLetter } from '#domain/letters.ts';
import { ACTS, type Act, isLegal } from '#domain/lifecycle.ts';
import type { Measure } from '#domain/measure.ts';
import { changeMeasure, endMeasure, followUp, startMeasure } from '#domain/measures.ts';
import { checkBasis } from '#domain/notifier-basis.ts';
import { ROLES, type Role } from '#domain/organisation.ts';
import {
  beginHearing,
  endHearing,
  holdParents,
  leaveParentsUntold,
  noteParents,
  releaseParents,
} from '#domain/parents.ts';
import { can, POLICY } from '#domain/policy.ts';
import type { Subject } from '#domain/policy-relations.ts';
import { changePriority } from '#domain/priority.ts';
import { type Referral, STATUSES } from '#domain/referral.ts';
import { feedbackPolicyAt, templateAt } from '#domain/rulebook.ts';
import type { Actor } from '#domain/scope.ts';
import { assessedReferral, makeReferral, RECEIVED, refusal, runningClock, world } from '#test/support/referral.ts';
import { MATRIX, type Row, SIDES, type Side } from './matrix-table.ts';

const acts = Object.keys(ACTS) as Act[];
const rows: Readonly<Record<Act, Row>> = MATRIX;

/** Each side is a unit, or a person, of its own, so that a grant to the wrong side shows. */
const subject: Subject = {
  ownerUnit: 'owner',
  responsibleUnit: 'responsible',
  assessmentUnit: 'assessor',
  senderPersonId: 'notifier',
  senderUnit: 'sender',
  receiverUnit: 'receiver',
  partyUnits: ['party'],
  raisedBy: 'raiser',
  speakers: ['speaker'],
  deciders: ['decider'],
  coordinators: ['coordinator'],
  reassessor: 'reassessor',
};

const PERSONAL: ReadonlySet<Side> = new Set(['notifier', 'speaker', 'decider', 'coordinator', 'reassessor']);

const actorOn = (side: Side, role: Role): Actor => {
  const unit = PERSONAL.has(side) ? 'other' : side;
  return {
    kind: 'person',
    personId: PERSONAL.has(side) ? side : 'somebody',
    unitId: unit,
    department: 'SOF',
    roles: [{ role, unit, covers: [unit] }],
  };
};

const listed = ({ in: states, by }: Row): string[] =>
  states.flatMap((status) =>
    SIDES.flatMap((side) => {
      const roles = by[side] ?? [];
      return (roles === 'all' ? ROLES : roles).map((role) => `${status} ${side} ${role}`);
    }),
  );

const allowed = (act: Act, { action }: Row): string[] =>
  STATUSES.flatMap((status) =>
    SIDES.flatMap((side) =>
      ROLES.filter((role) => action && isLegal(act, status) && can(actorOn(side, role), action, subject)).map(
        (role) => `${status} ${side} ${role}`,
      ),
    ),
  );

test.each(acts)('%s: exactly what the table lists, nothing else', (act) => {
  expect(allowed(act, rows[act]).sort()).toEqual(listed(rows[act]).sort());
  expect(STATUSES.filter((status) => isLegal(act, status)).sort()).toEqual([...rows[act].in].sort());
});

test('every action on a referral, a hand-over or a dispute is an act of the table or a reading', () => {
  const readings = [
    'referral.responsible',
    'referral.list',
    'referral.read',
    'referral.read-lookups',
    'referral.show-address',
    'referral.open-in-emergency',
    'handover.list',
    'dispute.list',
    'dispute.read',
  ];
  const changing = Object.keys(POLICY).filter((name) => /^(referral|handover|dispute)\./.test(name));
  const tabled = acts.flatMap((act) => rows[act].action ?? []);
  expect(changing.sort()).toEqual([...readings, ...tabled].sort());
});

test('the acts of rules alone have no action that could be granted', () => {
  for (const act of acts.filter((one) => rows[one].action === null)) {
    expect(Object.keys(POLICY)).not.toContain(`referral.${act}`);
  }
});

const at = RECEIVED.add({ hours: 1 });
const measure: Measure = {
  id: 'm',
  referralId: 'r',
  type: 'respite',
  plannedMonths: null,
  state: 'running',
  startedAt: RECEIVED,
  endedAt: null,
  followUps: 0,
};
const facts: FeedbackFacts = {
  basis: 'professional',
  receivedAt: RECEIVED,
  contact: { department: { da: 'x', en: 'x' }, phone: '1' },
  stage: { decisions: [{ outcome: 'preventive', at: RECEIVED }], measures: [] },
  policy: feedbackPolicyAt(RULEBOOK, RECEIVED),
  template: templateAt(RULEBOOK, RECEIVED),
  measureTypes: RULEBOOK.codes.measures,
  pending: [],
};
const { told } = feedbackFor({ ...facts, material: false, withheld: false, choices: [] });
const feedback = (state: FeedbackState): Feedback => ({
  id: 'f',
  referralId: 'r',
  tier: 1,
  state,
  channel: 'site',
  answers: ['d'],
  template: 'feedback-1',
  givenBy: 'first',
  givenAt: RECEIVED,
  approvedBy: null,
  toSuspect: false,
  deliveredAt: null,
});
const first = { personId: 'first' };
const next = { personId: 'second' };

/** The rules themselves, each tried on an otherwise fitting referral in every state. */
const RULES: Readonly<Partial<Record<Act, (r: Referral) => unknown>>> = {
  assess: (r) => assess(r, { acute: false, reason: 'x', evidence: 'other' }, world, at),
  'change-priority': (r) => changePriority(r, { acute: true, reason: 'x' }, world, at),
  decide: (r) => {
    const facts = { basis: 'professional', suspectedViolence: false } as const;
    return decide(
      { ...r, examination: null },
      { decisionId: 'd', outcome: 'preventive', reason: 'x' },
      facts,
      world,
      at,
    );
  },
  'finish-examination': (r) => finishExamination(r, { conclusion: 'x', preliminaryAssessment: null }, [], world, at),
  'start-measure': (r) => {
    const plan = { measureId: 'm', type: 'respite', plannedMonths: null, reason: 'x' } as const;
    return startMeasure(r, plan, 'professional', world, at);
  },
  'change-measure': (r) => changeMeasure(r, measure, { type: 'respite', plannedMonths: 3, reason: 'x' }, world, at),
  'end-measure': (r) => endMeasure(r, measure, 'x', at),
  'follow-up': (r) => followUp(r, measure, { evidence: 'visit', conclusion: 'x', nextMonths: null }, world, at),
  'give-feedback': (r) => {
    const giving = { feedbackId: 'f', material: null, choices: [], channel: 'site', previewed: told } as const;
    return giveFeedback(r, giving, facts, first, at);
  },
  'withhold-feedback': (r) => withholdFeedback(r, { feedbackId: 'f', reason: 'x' }, facts, first, at),
  'approve-withholding': (r) => {
    const { told } = feedbackFor({ ...facts, material: false, withheld: true, choices: [] });
    return approveWithholding(r, feedback('awaiting-approval'), told, facts, next);
  },
  'refuse-withholding': (r) => refuseWithholding(r, feedback('awaiting-approval'), 'x', next),
  'deliver-feedback': (r) => deliverFeedback(r, feedback('given'), 'opened', at),
  'deliver-receipt': (r) => {
    const letter = { id: 'l', kind: 'receipt', feedbackId: null, reason: 'full', state: 'open' } as const;
    return sendLetter(r, letter, null, { way: 'posted', occurredAt: at, spokenTo: null });
  },
  'check-basis': (r) => checkBasis(r, { was: 'professional', is: 'citizen', login: false, reason: 'x' }),
  'note-parents': (r) => noteParents(r, { what: 'told', how: 'visit', occurredAt: at, whom: 'x', text: 'x' }, [], at),
  'leave-parents-untold': (r) => leaveParentsUntold(r, { why: 'other', reason: 'x' }),
  'begin-hearing': (r) => beginHearing(r, 'x', [], world, at),
  'end-hearing': (r) => endHearing({ ...r, clocks: [runningClock('partshoring', RECEIVED)] }, 'x'),
  'hold-parents': (r) => holdParents(r, 'x', []),
  'release-parents': (r) => releaseParents(r, { whom: 'x', reason: 'x' }, ['violence']),
  close: (r) => close(r, 'x', { runningMeasures: 0, openHandovers: 0, openDisputes: 0 }, at),
  reopen: (r) => reopen(r, { reason: 'x', receiptOwed: false }, world, at),
};

describe.each(Object.keys(RULES) as Act[])('the rule of %s', (act) => {
  test.each(STATUSES)('in %s', (status) => {
    const owed = { decision: 'preventive', clocks: [runningClock('feedback', RECEIVED, { subjectId: 'd' })] } as const;
    const referral =
      act === 'assess'
        ? makeReferral({ status })
        : assessedReferral({ status, ...owed, examination: status === 'examining' ? 'limited' : null });
    const expected = rows[act].in.includes(status) ? 'allowed' : 'ILLEGAL_TRANSITION';
    expect(refusal(() => RULES[act]?.(referral))).toBe(expected);
  });
});
