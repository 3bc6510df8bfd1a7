import { randomUUID } from 'node:crypto';
import type { LegalBasis } from '#domain/codes.ts';
import type { ErrorCode } from '#domain/errors.ts';
import { EVIDENCE_CODES } from '#domain/evidence.ts';
import type { Role } from '#domain/organisation.ts';

/** What an act is tried on. */
export type Target = {
  readonly referralId: string;
  readonly caseNumber: string;
  readonly notificationId: string;
  readonly draftId: string;
  readonly letterId: string;
  readonly taskId: string;
  readonly requestId: string;
  readonly changeId: string;
  /** A referral whose dispute between Nørrebro and Bispebjerg was taken back. */
  readonly endedId: string;
  readonly matrixChangeId: string;
  readonly unitChangeId: string;
  readonly personChangeId: string;
  /** Of the auditor of Nørrebro's unit. */
  readonly auditId: string;
  readonly destructionId: string;
  /** Of a dispute that has ended, the same for all. */
  readonly disputeId: string;
  /** As whom somebody comes to the door; nobody in particular for those who are logged in. */
  readonly outsider?: LegalBasis;
};

/** Whoever has the role in the unit. */
export const idOf = (role: Role, unit: string): string => `${role}-in-${unit}`;

/**
 * What is tried, per procedure, or per procedure and variant (`drafts.save new`). Acts name a version or an instant that
 * is refused after the policy was asked, so that trying changes nothing: `refusal` is how. `holds`: is the target in the
 * answer of a list?
 */
export type Trial = {
  readonly input?: (target: Target) => unknown;
  readonly refusal?: ErrorCode | readonly ErrorCode[];
  readonly holds?: (data: unknown, target: Target) => boolean;
  readonly afresh?: true;
};

const NOT_THE_VERSION = 99;
const FUTURE = '2099-01-01T00:00:00Z';
const PAST = '2026-11-03T09:00:00Z';

const lists =
  (key: 'id' | 'notificationId' | 'referralId', of: (target: Target) => string) =>
  (data: unknown, target: Target): boolean => {
    const list = Array.isArray(data) ? data : (data as { items: unknown[] }).items;
    return list.some((item) => (item as Record<string, unknown>)[key] === of(target));
  };
const listsReferral = lists('id', (target) => target.referralId);
const listsChange = lists('id', (target) => target.changeId);
const ofChange = (more: Record<string, unknown> = {}): Trial => ({
  input: ({ changeId }) => ({ id: changeId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal: 'STALE',
});
const ofMatrixChange = (more: Record<string, unknown> = {}): Trial => ({
  input: ({ matrixChangeId }) => ({ id: matrixChangeId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal: 'STALE',
});
const ofUnitChange = (more: Record<string, unknown> = {}): Trial => ({
  input: ({ unitChangeId }) => ({ id: unitChangeId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal: 'STALE',
});
const ofPersonChange = (more: Record<string, unknown> = {}): Trial => ({
  input: ({ personChangeId }) => ({ id: personChangeId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal: 'STALE',
});
const ofDestruction = (more: Record<string, unknown> = {}): Trial => ({
  input: ({ destructionId }) => ({ id: destructionId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal: 'STALE',
});
const act = (more: Record<string, unknown> = {}, refusal: ErrorCode | readonly ErrorCode[] = 'STALE'): Trial => ({
  input: ({ referralId }) => ({ id: referralId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal,
});
/** An act that the state of some of the targets does not allow, which is said before the version is compared. */
const later = (more: Record<string, unknown> = {}): Trial => act(more, ['STALE', 'ILLEGAL_TRANSITION']);
const reason = { reason: 'Kort' };
const kind = { type: 'practical-support', plannedMonths: null, ...reason };
/** Somebody of the unit that owns it. */
const BUSY = { personId: idOf('caseworker', 'bbu-norrebro') };
/** Whose logins are looked at; nobody who tries is this person. */
const OTHERS = 'intake-bbu-valby';
const NOBODYS = '01a00000-0000-7000-8000-000000000001';
const measure = { measureId: NOBODYS };
const said = { unit: 'bbu-norrebro', whose: 'bbu-bispebjerg', basis: '§ 9', ...reason };
/** Whose token is nobody's is told so, and whoever asks may ask. */
const byLink = (more: Record<string, unknown>): Trial => ({
  input: () => ({ token: 'nobodys', ...more }),
  refusal: 'NOT_FOUND',
});
const ofAudit = ({ auditId }: Target) => ({ id: auditId, caseNumber: null, who: null });
const one = ({ referralId }: Target) => ({ id: referralId });

export const TRIALS: Readonly<Record<string, Trial>> = {
  'session.me': {},
  'session.logout': { afresh: true },
  'session.list': { input: () => ({ personId: OTHERS }) },
  'session.end': { input: () => ({ personId: OTHERS, id: NOBODYS }) },
  'session.endAll': { input: () => ({ personId: OTHERS }) },
  'organisation.forForm': {},
  'organisation.colleagues': { input: ({ referralId }) => ({ referralId }) },
  'door.choices': {},
  'door.requestCode': { input: () => ({ email: `${randomUUID()}@klinik.example`, language: 'da' }) },
  'door.submit': {
    input: ({ outsider = 'professional' }) => ({ notification: { notifier: { basis: outsider } }, confirmation: null }),
    refusal: 'INVALID',
  },
  'door.submitAnonymously': {
    input: ({ outsider = 'anonymous' }) => ({ notification: { notifier: { basis: outsider } } }),
    refusal: 'INVALID',
  },
  'door.requestLinkCode': byLink({ language: 'da' }),
  'door.openLink': byLink({ confirmation: { id: NOBODYS, code: '000000' } }),
  'door.renewLink': byLink({}),
  'drafts.list': { holds: lists('id', (target) => target.draftId) },
  'drafts.get': { input: ({ draftId }) => ({ id: draftId }) },
  'drafts.save': {
    input: ({ draftId }) => ({ id: draftId, stateVersion: NOT_THE_VERSION, form: {} }),
    refusal: 'STALE',
  },
  'drafts.save new': { input: () => ({ form: {} }) },
  'drafts.send': { input: ({ draftId }) => ({ id: draftId, stateVersion: NOT_THE_VERSION }), refusal: 'INVALID' },
  'access.read': { input: ({ referralId }) => ({ id: referralId }) },
  // None is open there: the policy is asked before that is found.
  'access.begin': {
    input: ({ referralId }) => ({ id: referralId, receivedOn: '2099-01-01', reason: 'x' }),
    refusal: 'INVALID',
  },
  'access.prolong': { input: ({ referralId }) => ({ id: referralId, reason: 'x' }), refusal: 'ILLEGAL_TRANSITION' },
  'access.review': {
    input: ({ referralId }) => ({ id: referralId, key: 'x', keep: true, reason: 'x' }),
    refusal: 'ILLEGAL_TRANSITION',
  },
  'access.release': { input: ({ referralId }) => ({ id: referralId }), refusal: 'ILLEGAL_TRANSITION' },
  'access.withdraw': { input: ({ referralId }) => ({ id: referralId, reason: 'x' }), refusal: 'ILLEGAL_TRANSITION' },
  'access.fetch': {
    input: ({ referralId }) => ({ id: referralId, requestId: NOBODYS }),
    refusal: 'ILLEGAL_TRANSITION',
  },
  'files.ofDraft': { input: ({ draftId }) => ({ draftId }) },
  'files.ofNotification': { input: ({ notificationId }) => ({ notificationId }) },
  // Of a file that is gone it answers as of one that went: nothing changes.
  'files.remove': { input: ({ draftId }) => ({ draftId, id: NOBODYS }) },
  'notifications.submit': { input: () => ({}), refusal: 'INVALID' },
  'notifications.register': {
    input: () => ({ channel: 'phone', receivedAt: FUTURE, notification: {} }),
    refusal: 'INVALID',
  },
  'notifications.mine': { input: () => ({}), holds: lists('notificationId', (target) => target.notificationId) },
  'notifications.institution': { holds: (data) => (data as { counts: { sent: number } }).counts.sent > 0 },
  'notifications.ofInstitution': {
    input: () => ({}),
    holds: lists('notificationId', (target) => target.notificationId),
  },
  'notifications.add': { input: ({ notificationId }) => ({ notificationId, text: 'Mere' }) },
  'notifications.proof': { input: ({ notificationId }) => ({ notificationId, language: 'da' }) },
  'notifications.answer': {
    input: ({ requestId }) => ({ requestId, text: 'Mere' }),
    refusal: 'ILLEGAL_TRANSITION',
  },
  'referrals.counts': { holds: (data) => (data as { all: number }).all > 0 },
  'referrals.worklist': { input: () => ({}), holds: listsReferral },
  'referrals.names': { input: ({ referralId }) => ({ ids: [referralId] }), holds: listsReferral },
  'referrals.search': { input: ({ caseNumber }) => ({ text: caseNumber }), holds: listsReferral },
  // One that finds nothing: what it opens, the others would find open.
  'referrals.openInEmergency': { input: () => ({ text: 'BIN-0000-00000', reason: 'Kort' }) },
  'referrals.address': { input: one },
  'referrals.get': { input: one },
  'referrals.responsible': { input: one },
  'referrals.ownerThen': { input: (target) => ({ ...one(target), at: PAST }) },
  'referrals.lookups': { input: one },
  'referrals.acknowledge': later({ known: { unit: null, disability: false, elsewhere: false }, need: null }),
  'referrals.assign': later({ personId: 'nobody' }),
  'referrals.unattended': {},
  'referrals.assignMany': {
    input: ({ referralId }) => ({ ids: [referralId], personId: 'nobody' }),
    refusal: ['INVALID', 'ILLEGAL_TRANSITION'],
  },
  'referrals.stayOn': act(),
  'referrals.addEvidence': {
    input: (target) => ({ ...one(target), kind: 'phone-call', occurredAt: FUTURE, text: 'Talt' }),
    refusal: 'INVALID',
  },
  'referrals.identifyChild': act({ cpr: '0141144000', name: 'Barn' }),
  'referrals.markInError': act({ reason: 'Fejl' }),
  'work.registerInquiry': { input: () => ({}), refusal: 'INVALID' },
  'work.ownInquiries': { input: () => undefined },
  'work.assess': act({ acute: false, evidence: EVIDENCE_CODES[0], occurredAt: PAST, ...reason }),
  'work.changePriority': act({ acute: false, ...reason }),
  'work.decide': later({ outcome: 'preventive', ...reason }),
  'work.finishExamination': later({ conclusion: 'Kort', preliminaryAssessment: null }),
  'work.startMeasure': later(kind),
  'work.changeMeasure': later({ ...measure, ...kind }),
  'work.endMeasure': later({ ...measure, ...reason }),
  'work.followUp': later({ ...measure, evidence: EVIDENCE_CODES[0], conclusion: 'Kort', nextMonths: null }),
  'work.previewFeedback': {
    input: (target) => ({ ...one(target), material: false, choices: [] }),
    refusal: 'ILLEGAL_TRANSITION',
  },
  'work.giveFeedback': later({ material: null, choices: [], channel: 'site', previewed: [] }),
  'work.withholdFeedback': later(reason),
  'work.approveWithholding': later({ feedbackId: NOBODYS }),
  'work.refuseWithholding': later({ feedbackId: NOBODYS, ...reason }),
  'work.liftWithholding': later({ feedbackId: NOBODYS, ...reason }),
  'work.previewRequest': { input: (target) => ({ ...one(target), questions: [] }) },
  'work.askForMore': later({ questions: ['call-me'], previewed: [] }),
  'work.withdrawRequest': later({ requestId: NOBODYS, ...reason }),
  'work.checkBasis': later({ as: 'citizen', ...reason }),
  'work.suspectNotifier': act(reason),
  'work.clearNotifier': act(reason),
  'parents.note': act({ what: 'told', how: 'visit', occurredAt: PAST, whom: 'Mor', text: 'Kort' }),
  'parents.leaveUntold': act({ why: 'other', ...reason }),
  'parents.beginHearing': later(reason),
  'parents.endHearing': later(reason),
  'parents.hold': act(reason),
  'parents.release': later({ whom: 'Mor', ...reason }),
  'work.pauseClock': act({ clockId: NOBODYS, reason: 'family', until: FUTURE }),
  'work.resumeClock': act({ clockId: NOBODYS }),
  'work.explainOverdue': act({ clockId: NOBODYS, text: 'Kort' }),
  'work.answerExplanation': act({ clockId: NOBODYS, accepted: true, text: 'Kort' }),
  'work.unexplained': { holds: lists('referralId', (target) => target.referralId) },
  'absences.list': {},
  'absences.register': {
    input: () => ({ ...BUSY, from: '2026-01-01', lastDay: null, substitute: null }),
    refusal: 'INVALID',
  },
  'absences.end': { input: () => ({ id: 999_999 }) },
  'referrals.clocks': { input: one },
  'work.close': later(reason),
  'work.reopen': later(reason),
  'handovers.list': { input: () => ({}), holds: lists('referralId', (target) => target.referralId) },
  'children.preview': { input: (target) => ({ ...one(target), other: '2026-999999' }), refusal: 'INVALID' },
  'children.merge': act({ other: NOBODYS, from: NOBODYS, into: NOBODYS, ...reason }),
  'children.linkSibling': act({ sibling: NOBODYS, ...reason }),
  'children.undoLink': act({ linkId: NOBODYS, ...reason }),
  'children.correct': act({ cpr: null, name: 'Barn', routeAgain: false, ...reason }),
  'conflicts.declare': act(reason),
  'conflicts.nameable': { input: ({ referralId }) => ({ referralId }) },
  'conflicts.name': act({ personId: 'nobody', ...reason }),
  'conflicts.lift': act({ personId: 'nobody', ...reason }),
  'restrictions.choices': { input: ({ referralId }) => ({ referralId }) },
  'restrictions.restrict': act({ named: ['nobody'], ...reason }),
  'restrictions.lift': act(reason),
  'children.reassessors': { input: ({ referralId }) => ({ referralId }) },
  'children.nameReassessor': act({ personId: 'nobody' }),
  'children.reassess': act({
    conclusion: 'measure-enough',
    evidence: EVIDENCE_CODES[0],
    occurredAt: PAST,
    ...reason,
  }),
  'handovers.propose': act({ to: 'bbu-valby', ...reason }),
  'handovers.accept': act(),
  'handovers.decline': act({ instead: 'bbu-valby', basis: '§ 9', ...reason }),
  'handovers.withdraw': act(reason),
  'disputes.callMeeting': act({ at: FUTURE, agenda: 'Kort' }),
  'disputes.cancelMeeting': act(reason),
  'disputes.recordMinutes': act({ minutes: 'Kort' }),
  'disputes.climbEarly': act({ step: 1, ...reason }),
  'disputes.dissent': { input: ({ endedId }) => ({ id: endedId, ...reason }), refusal: 'ILLEGAL_TRANSITION' },
  'disputes.board': { input: () => ({}), holds: lists('referralId', (target) => target.referralId) },
  'figures.read': { input: () => ({}) },
  'figures.sending': {
    input: () => ({}),
    holds: (data) => (data as { departments: unknown[] }).departments.length > 0,
  },
  'figures.cases': {
    input: () => ({ figure: 'unacknowledged', unit: 'bbu-norrebro' }),
    holds: (data, target) => listsReferral((data as { cases: unknown[] }).cases, target),
  },
  'tasks.list': { input: () => ({}), holds: lists('id', (target) => target.taskId) },
  'tasks.reading': { input: ({ taskId }) => ({ id: taskId }) },
  'tasks.finish': { input: ({ taskId }) => ({ id: taskId, outcome: 'posted' }), refusal: 'INVALID' },
  'letters.list': { input: () => ({}), holds: lists('id', (target) => target.letterId) },
  'letters.get': { input: ({ letterId }) => ({ id: letterId }) },
  'letters.send': {
    input: ({ letterId }) => ({ id: letterId, way: 'posted', occurredAt: FUTURE, spokenTo: null }),
    refusal: 'INVALID',
  },
  'messages.list': { input: () => ({}), holds: (data) => (data as { items: unknown[] }).items.length > 0 },
  'messages.counts': {},
  'messages.lastOutage': {},
  'messages.resend': { input: () => ({ id: NOBODYS }), refusal: 'ILLEGAL_TRANSITION' },
  'messages.resendAll': { input: () => ({ state: 'failed' }), refusal: 'ILLEGAL_TRANSITION' },
  'messages.report': { input: () => ({ id: NOBODYS }), refusal: 'ILLEGAL_TRANSITION' },
  'disputes.get': { input: one },
  'disputes.raise': act(said),
  'disputes.claim': act(said),
  'disputes.propose': act({ owner: 'bbu-valby', ...reason }),
  'disputes.agree': act({ owner: 'bbu-valby' }),
  'disputes.decide': act({ owner: 'bbu-valby', basis: '§ 9', ...reason }),
  'disputes.withdraw': act(reason),
  'setup.regulations': {},
  'setup.rota': {},
  'setup.changes': { holds: (data, target) => listsChange((data as { changes: unknown[] }).changes, target) },
  'setup.change': { input: ({ changeId }) => ({ id: changeId }) },
  'setup.propose': { input: () => ({ change: {}, note: 'Kort' }), refusal: 'INVALID' },
  'setup.confirm': ofChange({ digest: '0'.repeat(64) }),
  'setup.reject': ofChange(reason),
  'setup.withdraw': { ...ofChange(), refusal: 'ILLEGAL_TRANSITION' },
  'units.all': {},
  'units.change': { input: ({ unitChangeId }) => ({ id: unitChangeId }) },
  'units.propose': { input: () => ({ change: {}, note: 'Kort' }), refusal: 'INVALID' },
  'units.confirm': ofUnitChange({ digest: '0'.repeat(64) }),
  'units.reject': ofUnitChange(reason),
  'units.withdraw': { ...ofUnitChange(), refusal: 'ILLEGAL_TRANSITION' },
  'people.all': { input: () => ({ on: null }) },
  'people.change': { input: ({ personChangeId }) => ({ id: personChangeId }) },
  'people.propose': { input: () => ({ change: {}, note: 'Kort' }), refusal: 'INVALID' },
  'people.confirm': ofPersonChange({ digest: '0'.repeat(64) }),
  'people.reject': ofPersonChange(reason),
  'people.withdraw': { ...ofPersonChange(), refusal: 'ILLEGAL_TRANSITION' },
  'destructions.all': {},
  'destructions.change': { input: ({ destructionId }) => ({ id: destructionId }) },
  'destructions.propose': { input: () => ({ change: {}, note: 'Kort' }), refusal: 'INVALID' },
  'destructions.confirm': ofDestruction({ digest: '0'.repeat(64) }),
  'destructions.reject': ofDestruction(reason),
  'destructions.withdraw': { ...ofDestruction(), refusal: 'ILLEGAL_TRANSITION' },
  'setup.addShift': {
    input: () => ({ unit: 'bbu', person: 'nobody', from: PAST, until: FUTURE, phone: null }),
    refusal: 'INVALID',
  },
  'setup.removeShift': { input: () => ({ id: NOBODYS }), refusal: 'ILLEGAL_TRANSITION' },
  'machines.list': {},
  'machines.create': {
    input: () => ({ name: 'Kort', unit: 'nowhere', scopes: ['figures'], days: 1 }),
    refusal: 'INVALID',
  },
  'machines.rotate': { input: () => ({ id: NOBODYS, days: 1 }), refusal: 'ILLEGAL_TRANSITION' },
  'machines.end': { input: () => ({ id: NOBODYS }), refusal: 'ILLEGAL_TRANSITION' },
  'audits.list': { holds: lists('id', (t) => t.auditId) },
  'audits.open': { input: () => ({ purpose: 'Kort' }) },
  'audits.reads': { input: ofAudit },
  'audits.acts': { input: ofAudit },
  'audits.setup': { input: ofAudit },
  'audits.unmask': { input: ({ auditId }) => ({ id: auditId, who: 'M-0000-0000', ...reason }), refusal: 'INVALID' },
  'audits.anchors': {},
  'audits.verify': {},
  'matrix.rows': {},
  'matrix.changes': { holds: (data, target) => lists('id', (t) => t.matrixChangeId)(data, target) },
  'matrix.change': { input: ({ matrixChangeId }) => ({ id: matrixChangeId }) },
  'matrix.propose': { input: () => ({ change: {}, note: 'Kort' }), refusal: 'INVALID' },
  'matrix.confirm': ofMatrixChange({ digest: '0'.repeat(64) }),
  'matrix.reject': ofMatrixChange(reason),
  'matrix.withdraw': { ...ofMatrixChange(), refusal: 'ILLEGAL_TRANSITION' },
  'precedents.search': { input: () => ({}) },
  'precedents.unwritten': {
    holds: (data, target) => (data as { disputeId: string }[])[0]?.disputeId === target.disputeId,
  },
  'precedents.ofDispute': { input: one },
  'precedents.write': {
    input: ({ disputeId }) => ({ disputeId, stateVersion: NOT_THE_VERSION, precedent: {} }),
    refusal: 'INVALID',
  },
};
