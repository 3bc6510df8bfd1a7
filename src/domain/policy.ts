import { DomainError } from './errors.ts';
import type { Role } from './organisation.ts';
import type { Actor } from './scope.ts';

/** What a person must be to the subject for a grant to count. */
export type Relation = 'case-side' | 'owner' | 'assessor' | 'notifier' | 'author' | 'institution' | 'own-unit' | 'any';

/** Facts about the subject that the policy looks at; ids only. */
export type Subject = {
  readonly ownerUnit?: string | null;
  readonly responsibleUnit?: string | null;
  readonly assessmentUnit?: string | null;
  readonly senderPersonId?: string | null;
  readonly authorId?: string | null;
  readonly unitId?: string | null;
};

type Grant = { readonly roles: readonly Role[] | 'all'; readonly as: readonly Relation[] };

const WRITERS = ['notifier', 'school-social-worker', 'institution-leader'] as const;
const HANDLERS = ['caseworker', 'intake', 'duty-officer', 'professional-coordinator', 'team-leader'] as const;
const LEADERS = ['area-manager', 'centre-director'] as const;

/** The whole policy: action → who may, in which relation to the subject. What is not listed is refused. */
export const POLICY = {
  'session.read': [{ roles: 'all', as: ['any'] }],
  'organisation.read': [{ roles: 'all', as: ['any'] }],
  'draft.write': [{ roles: WRITERS, as: ['author', 'institution'] }],
  'draft.read': [{ roles: WRITERS, as: ['author', 'institution'] }],
  'notification.submit': [{ roles: WRITERS, as: ['any'] }],
  'notification.register': [{ roles: ['intake', 'caseworker', 'duty-officer'], as: ['any'] }],
  'notification.add': [
    { roles: WRITERS, as: ['notifier'] },
    { roles: HANDLERS, as: ['case-side'] },
  ],
  'notification.list-own': [{ roles: WRITERS, as: ['any'] }],
  'referral.responsible': [
    { roles: WRITERS, as: ['notifier'] },
    { roles: [...HANDLERS, ...LEADERS], as: ['case-side'] },
  ],
  'referral.list': [{ roles: [...HANDLERS, ...LEADERS], as: ['any'] }],
  'referral.read': [{ roles: [...HANDLERS, ...LEADERS], as: ['case-side'] }],
  'referral.acknowledge': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.assign': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.stay-on': [{ roles: HANDLERS, as: ['owner'] }],
  'referral.add-evidence': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.identify-child': [{ roles: HANDLERS, as: ['owner', 'assessor'] }],
  'referral.mark-in-error': [{ roles: ['intake', 'professional-coordinator', 'team-leader'], as: ['owner'] }],
  'message.deliver': [],
  'clock.act': [],
  'organisation.import': [],
  'cases.import': [],
  'journal.verify': [],
} as const satisfies Record<string, readonly Grant[]>;

export type Action = keyof typeof POLICY;

const related = (as: Relation, personId: string, covers: readonly string[], s: Subject): boolean => {
  const inside = (unit: string | null | undefined): boolean => unit != null && covers.includes(unit);
  switch (as) {
    case 'any':
      return true;
    case 'owner':
      return inside(s.ownerUnit);
    case 'assessor':
      return inside(s.assessmentUnit);
    case 'case-side':
      return inside(s.ownerUnit) || inside(s.responsibleUnit) || inside(s.assessmentUnit);
    case 'notifier':
      return s.senderPersonId === personId;
    case 'author':
      return s.authorId === personId;
    case 'institution':
    case 'own-unit':
      return inside(s.unitId);
  }
};

/** The first of the actor's roles that grants the action, or null. The system may do everything it is built to do. */
export const grantingRole = (actor: Actor, action: Action, subject: Subject = {}): Role | 'system' | null => {
  if (actor.kind === 'system') return 'system';
  const grants: readonly Grant[] = POLICY[action];
  for (const held of actor.roles) {
    const fits = grants.some(
      (g) =>
        (g.roles === 'all' || g.roles.includes(held.role)) &&
        g.as.some((as) => related(as, actor.personId, held.covers, subject)),
    );
    if (fits) return held.role;
  }
  return null;
};

/**
 * Units of those roles that the action is granted to: how far a list of it reaches. Who handles referrals in one unit
 * and audits another sees the first one's list only.
 */
export const unitsGranting = (actor: Actor, action: Action): readonly string[] => {
  const grants: readonly Grant[] = POLICY[action];
  const granted = (role: Role): boolean => grants.some((g) => g.roles === 'all' || g.roles.includes(role));
  return actor.kind === 'system' ? [] : actor.roles.filter((held) => granted(held.role)).flatMap((held) => held.covers);
};

export const can = (actor: Actor, action: Action, subject: Subject = {}): boolean =>
  grantingRole(actor, action, subject) !== null;

/** Opens every use case. Throws OUT_OF_SCOPE, which answers like something that is not there. */
export const demand = (actor: Actor, action: Action, subject: Subject = {}): Role | 'system' => {
  const role = grantingRole(actor, action, subject);
  if (role === null) throw new DomainError('OUT_OF_SCOPE');
  return role;
};
