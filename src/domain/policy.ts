import type { Outsider } from './door.ts';
import { DomainError } from './errors.ts';
import type { Role } from './organisation.ts';
import { type Relation, related, type Subject } from './policy-relations.ts';
import type { Actor, HeldRole } from './scope.ts';

type Grant = {
  readonly roles: readonly Role[] | 'all';
  readonly as: readonly Relation[];
  /** Without a login. */
  readonly outsiders?: readonly Outsider[];
};

/** Of the door: whoever comes there comes without a role. */
const outside = (...outsiders: readonly Outsider[]) => [{ roles: [], as: [], outsiders }] as const;

const WRITERS = ['notifier', 'school-social-worker', 'institution-leader'] as const;
export const HANDLERS = ['caseworker', 'intake', 'duty-officer', 'professional-coordinator', 'team-leader'] as const;
export const LEADERS = ['area-manager', 'centre-director'] as const;
/** Who may be given a task: everybody but those who write notifications. */
const TASKED = [...HANDLERS, ...LEADERS, 'director', 'buf-sof-coordinator', 'administrator'] as const;
/** Who reads figures about what stands between units. */
const COUNTING = ['team-leader', ...LEADERS, 'director', 'buf-sof-coordinator'] as const;
/** Who may say which child a referral is about. */
const MENDERS = ['intake', 'professional-coordinator', 'team-leader'] as const;
/** The responsibility matrix is law and organisation at once: whoever settles disputes keeps it, too. */
const MATRIX_KEEPERS = ['administrator', 'buf-sof-coordinator'] as const;
/** Who may be the second person behind a withheld feedback, and release what parents may learn. */
const APPROVERS = ['professional-coordinator', 'team-leader', 'area-manager'] as const;

/** The whole policy: action → who may, in which relation to the subject. What is not listed is refused. */
export const POLICY = {
  'session.read': [{ roles: 'all', as: ['any'] }],
  'session.end': [
    { roles: 'all', as: ['author'] },
    { roles: ['administrator'], as: ['any'] },
  ],
  'organisation.read': [{ roles: 'all', as: ['any'] }],
  'door.look': outside('visitor'),
  'door.request-code': outside('visitor'),
  'door.submit': outside('professional', 'municipality', 'citizen'),
  'door.submit-anonymously': outside('anonymous'),
  'door.return': outside('visitor'),
  'door.read': outside('returning'),
  'draft.write': [{ roles: WRITERS, as: ['author', 'institution'] }],
  'draft.read': [{ roles: WRITERS, as: ['author', 'institution'] }],
  'notification.submit': [{ roles: WRITERS, as: ['any'] }],
  'notification.register': [{ roles: ['intake', 'caseworker', 'duty-officer'], as: ['any'] }],
  'notification.add': [
    { roles: WRITERS, as: ['notifier'] },
    { roles: ['institution-leader'], as: ['in-place'] },
    { roles: HANDLERS, as: ['case-side'] },
  ],
  'referral.answer-request': [
    { roles: WRITERS, as: ['notifier'] },
    { roles: ['institution-leader'], as: ['in-place'] },
  ],
  'notification.prove': [{ roles: WRITERS, as: ['notifier'] }],
  'notification.list-own': [{ roles: WRITERS, as: ['any'] }],
  'notification.list-institution': [{ roles: ['institution-leader'], as: ['any'] }],
  'referral.responsible': [
    { roles: WRITERS, as: ['notifier'] },
    { roles: [...HANDLERS, ...LEADERS], as: ['case-side'] },
    { roles: 'all', as: ['reassessor'] },
  ],
  'referral.list': [{ roles: [...HANDLERS, ...LEADERS], as: ['any'] }],
  'referral.read': [
    { roles: [...HANDLERS, ...LEADERS], as: ['case-side', 'emergency'] },
    { roles: 'all', as: ['reassessor'] },
  ],
  // A child in danger whose case is somebody else's: each time is asked about.
  'referral.open-in-emergency': [{ roles: [...HANDLERS, ...LEADERS], as: ['any'] }],
  // Whoever must go there. Leaders above, re-assessors and whoever is only responsible have no errand at the door.
  'referral.show-address': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  // Who looked is about colleagues: their leaders see it, whoever stands in for a re-assessor does not.
  'referral.read-lookups': [{ roles: ['professional-coordinator', 'team-leader', ...LEADERS], as: ['case-side'] }],
  // All about a child, also what others said: for who leads the unit, as who looked is.
  'child.answer-access': [{ roles: ['professional-coordinator', 'team-leader', ...LEADERS], as: ['owner'] }],
  'referral.acknowledge': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.assign': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.stay-on': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.add-evidence': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.identify-child': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.mark-in-error': [{ roles: MENDERS, as: ['owner'] }],
  'referral.correct-child': [{ roles: MENDERS, as: ['owner'] }],
  'referral.merge-children': [{ roles: MENDERS, as: ['owner'] }],
  'referral.link-sibling': [{ roles: MENDERS, as: ['owner'] }],
  'referral.undo-link': [{ roles: MENDERS, as: ['owner'] }],
  // Who of them never handled the child's case, its history says.
  'referral.complete-reassessment': [
    { roles: HANDLERS, as: ['owner'] },
    { roles: 'all', as: ['reassessor'] },
  ],
  'referral.name-reassessor': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.assess': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.change-priority': [{ roles: ['team-leader'], as: ['owner', 'assessor'] }],
  'referral.decide': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.finish-examination': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.start-measure': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.change-measure': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.end-measure': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.follow-up': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.give-feedback': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.withhold-feedback': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.approve-withholding': [{ roles: APPROVERS, as: ['owner'] }],
  'referral.refuse-withholding': [{ roles: APPROVERS, as: ['owner'] }],
  'referral.lift-withholding': [{ roles: [...HANDLERS, 'area-manager'], as: ['owner'] }],
  'referral.check-basis': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.suspect-notifier': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.clear-notifier': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.note-parents': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.leave-parents-untold': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.begin-hearing': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.end-hearing': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.hold-parents': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.release-parents': [{ roles: APPROVERS, as: ['owner'] }],
  'referral.deliver-feedback': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.ask-for-more': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.withdraw-request': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.pause-clock': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.resume-clock': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.explain-overdue': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.answer-explanation': [{ roles: ['team-leader', 'area-manager'], as: ['owner', 'assessor'] }],
  'referral.deliver-receipt': [{ roles: HANDLERS, as: ['owner'] }],
  // Whoever has any part in it may say that they are related to the child; lifting it is never up to themselves.
  'referral.declare-conflict': [
    { roles: [...HANDLERS, ...LEADERS], as: ['case-side', 'sender', 'receiver', 'party', 'emergency'] },
    { roles: 'all', as: ['reassessor', 'speaker', 'decider', 'follower'] },
  ],
  'referral.name-conflict': [{ roles: [...HANDLERS, ...LEADERS], as: ['owner'] }],
  'referral.lift-conflict': [{ roles: ['team-leader', ...LEADERS], as: ['owner'] }],
  // An employee's child: whose cases are there for named people only.
  'referral.restrict': [{ roles: ['team-leader', ...LEADERS], as: ['owner'] }],
  'referral.lift-restriction': [{ roles: ['team-leader', ...LEADERS], as: ['owner'] }],
  'referral.close': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.reopen': [{ roles: MENDERS, as: ['owner'] }],
  'inquiry.register': [{ roles: [...HANDLERS, 'school-social-worker'], as: ['any'] }],
  'inquiry.list-own': [{ roles: [...HANDLERS, 'school-social-worker'], as: ['any'] }],
  'handover.list': [{ roles: [...HANDLERS, ...LEADERS], as: ['any'] }],
  'handover.propose': [{ roles: HANDLERS, as: ['owner'] }],
  'handover.accept': [{ roles: HANDLERS, as: ['receiver'] }],
  'handover.decline': [{ roles: HANDLERS, as: ['receiver'] }],
  'handover.withdraw': [{ roles: HANDLERS, as: ['owner', 'sender'] }],
  'dispute.list': [{ roles: [...HANDLERS, ...LEADERS, 'buf-sof-coordinator', 'director'], as: ['any'] }],
  'dispute.read': [
    { roles: [...HANDLERS, ...LEADERS], as: ['party', 'owner', 'sender', 'receiver'] },
    { roles: 'all', as: ['speaker', 'decider', 'follower'] },
  ],
  'figures.read': [{ roles: COUNTING, as: ['any'] }],
  'figures.cases': [{ roles: ['team-leader', ...LEADERS], as: ['any'] }],
  'dispute.raise': [{ roles: [...HANDLERS, ...LEADERS], as: ['party'] }],
  'dispute.claim': [
    { roles: [...HANDLERS, ...LEADERS], as: ['party'] },
    { roles: 'all', as: ['speaker'] },
  ],
  'dispute.propose-settlement': [{ roles: 'all', as: ['coordinator', 'speaker'] }],
  'dispute.agree': [{ roles: 'all', as: ['speaker'] }],
  'dispute.call-meeting': [{ roles: 'all', as: ['coordinator', 'speaker', 'decider'] }],
  'dispute.cancel-meeting': [{ roles: 'all', as: ['coordinator', 'speaker', 'decider'] }],
  'dispute.record-minutes': [{ roles: 'all', as: ['coordinator', 'speaker', 'decider'] }],
  'dispute.climb-early': [{ roles: 'all', as: ['speaker'] }],
  'dispute.decide': [{ roles: 'all', as: ['decider'] }],
  'dispute.dissent': [{ roles: 'all', as: ['decider'] }],
  'dispute.withdraw': [{ roles: [...HANDLERS, ...LEADERS], as: ['raiser'] }],
  'absence.register': [
    { roles: 'all', as: ['author'] },
    { roles: [...LEADERS, 'team-leader', 'institution-leader'], as: ['own-unit'] },
  ],
  'absence.end': [
    { roles: 'all', as: ['author'] },
    { roles: [...LEADERS, 'team-leader', 'institution-leader'], as: ['own-unit'] },
  ],
  'setup.read': [{ roles: ['administrator'], as: ['any'] }],
  'setup.propose': [{ roles: ['administrator'], as: ['any'] }],
  'setup.decide': [{ roles: ['administrator'], as: ['any'] }],
  'setup.change-rota': [{ roles: ['administrator'], as: ['any'] }],
  'matrix.read': [{ roles: TASKED, as: ['any'] }],
  'matrix.propose': [{ roles: MATRIX_KEEPERS, as: ['any'] }],
  'matrix.decide': [{ roles: MATRIX_KEEPERS, as: ['any'] }],
  'precedent.read': [{ roles: TASKED, as: ['any'] }],
  'precedent.write': [{ roles: ['buf-sof-coordinator'], as: ['any'] }],
  'dispute.advance': [],
  'dispute.escalate': [],
  'task.list': [{ roles: TASKED, as: ['any'] }],
  'task.list-unit': [{ roles: [...HANDLERS, ...LEADERS], as: ['any'] }],
  'task.reading': [{ roles: TASKED, as: ['named'] }],
  'task.finish': [
    { roles: TASKED, as: ['named'] },
    { roles: [...HANDLERS, ...LEADERS], as: ['own-unit'] },
  ],
  'letter.list': [{ roles: HANDLERS, as: ['any'] }],
  'letter.read': [{ roles: HANDLERS, as: ['owner'] }],
  'machine.manage': [{ roles: ['administrator'], as: ['any'] }],
  // Who did what and who looked, with staff by pseudonym; never what is in a case.
  'audit.open': [{ roles: ['auditor'], as: ['any'] }],
  'audit.read': [{ roles: ['auditor'], as: ['author'] }],
  'audit.unmask': [{ roles: ['auditor'], as: ['author'] }],
  'message.list': [{ roles: ['administrator'], as: ['any'] }],
  'message.resend': [{ roles: ['administrator'], as: ['any'] }],
  'message.report': [{ roles: ['administrator'], as: ['any'] }],
  'message.deliver': [],
  'clock.act': [],
  'child.review': [],
  'file.scan': [],
  'unit.follow': [],
  'organisation.import': [],
  'cases.import': [],
  'keys.rotate': [],
  'records.export': [],
  'journal.seal': [],
  'journal.verify': [{ roles: ['auditor'], as: ['any'] }],
} as const satisfies Record<string, readonly Grant[]>;

export type Action = keyof typeof POLICY;

/** Whoever is related to the child is still told what every notifier is told of what they sent themselves. */
const AS_NOTIFIER: ReadonlySet<Relation> = new Set(['notifier', 'in-place']);

/**
 * The first of the actor's roles that grants the action, or null. The system may do everything it is built to do. Who comes
 * to the door holds no role and acts as a notifier.
 */
export const grantingRole = (actor: Actor, action: Action, subject: Subject = {}): Role | 'system' | null => {
  if (actor.kind === 'system') return 'system';
  const grants: readonly Grant[] = POLICY[action];
  if (actor.kind === 'outsider') return grants.some((g) => g.outsiders?.includes(actor.as)) ? 'notifier' : null;
  const barred = subject.referralId !== undefined && actor.barredFrom?.includes(subject.referralId) === true;
  for (const held of actor.roles) {
    const fits = grants.some(
      (g) =>
        (g.roles === 'all' || g.roles.includes(held.role)) &&
        g.as.some((as) => (!barred || AS_NOTIFIER.has(as)) && related(as, actor, held.covers, subject)),
    );
    if (fits) return held.role;
  }
  return null;
};

const heldFor = (actor: Actor, action: Action): readonly HeldRole[] => {
  const grants: readonly Grant[] = POLICY[action];
  const granted = (role: Role): boolean => grants.some((g) => g.roles === 'all' || g.roles.includes(role));
  return actor.kind === 'person' ? actor.roles.filter((held) => granted(held.role)) : [];
};

/**
 * Units of those roles that the action is granted to: how far a list of it reaches. Who handles referrals in one unit
 * and audits another sees the first one's list only.
 */
export const unitsGranting = (actor: Actor, action: Action): readonly string[] =>
  heldFor(actor, action).flatMap((held) => held.covers);

/** Units in whose disputes those roles have a say, or which they follow. */
export const unitsServing = (actor: Actor, action: Action): readonly string[] =>
  heldFor(actor, action).flatMap((held) => held.serves ?? held.covers);

export const can = (actor: Actor, action: Action, subject: Subject = {}): boolean =>
  grantingRole(actor, action, subject) !== null;

/** Opens every use case. Throws OUT_OF_SCOPE, which answers like something that is not there. */
export const demand = (actor: Actor, action: Action, subject: Subject = {}): Role | 'system' => {
  const role = grantingRole(actor, action, subject);
  if (role === null) throw new DomainError('OUT_OF_SCOPE');
  return role;
};
