import { DomainError } from './errors.ts';
import type { Role } from './organisation.ts';
import { HANDLERS, LEADERS } from './policy.ts';
import { related, type Subject } from './policy-relations.ts';
import type { Actor } from './scope.ts';

/**
 * How somebody stands to a case when they are shown something of it. `responsible`: the unit that it was given to, while
 * another owns it for them; `emergency`: whoever opened it in one; `side`: the other side of a hand-over, the units, speakers and deciders of a dispute, and who
 * follows disputes. The last three are shown no case at all.
 */
export const VIEWERS = [
  'owner',
  'leader',
  'responsible',
  'assessor',
  'reassessor',
  'emergency',
  'side',
  'notifier',
  'auditor',
  'administrator',
  'barred',
] as const;
export type Viewer = (typeof VIEWERS)[number];

const IN_CASE = ['owner', 'leader', 'responsible', 'assessor', 'reassessor'] as const satisfies readonly Viewer[];
/** And whoever stands before the child, for as long as that lasts. */
const READS = [...IN_CASE, 'emergency'] as const satisfies readonly Viewer[];
/** Who keeps the case or answers for it; whoever assesses one night or gives a second opinion needs less. */
const KEEPS = ['owner', 'leader', 'responsible'] as const satisfies readonly Viewer[];

/** To whom a field is shown, and what stands there for the others. */
type Only = { readonly to: readonly Viewer[]; readonly else: null | false | readonly never[] };
/**
 * `seen`: by everybody who is shown the view; `asker`: by everybody, as it is for whoever asks (what they may do, what of
 * their own it touches); `masked`: null where the child's address is protected (decision 039).
 */
type Rule = 'seen' | 'asker' | 'masked' | Only;
type ViewRules = { readonly to: readonly Viewer[]; readonly fields: Readonly<Record<string, Rule>> };

const only = <const To extends readonly Viewer[], const Else extends Only['else']>(to: To, empty: Else) => ({
  to,
  else: empty,
});
const seen = <const Names extends readonly string[]>(...names: Names) =>
  Object.fromEntries(names.map((name) => [name, 'seen'])) as Readonly<Record<Names[number], 'seen'>>;
const asker = <const Names extends readonly string[]>(...names: Names) =>
  Object.fromEntries(names.map((name) => [name, 'asker'])) as Readonly<Record<Names[number], 'asker'>>;

/**
 * Who sees what of a case: each answer that tells of one, each of its fields. What has no row is shown to nobody. Where the
 * other side may know less of a field than the case's own (next deadline, protected words), its use case says so.
 */
export const SEES = {
  /** *Sag*: `referrals.get`. */
  case: {
    to: READS,
    fields: {
      ...seen('id', 'caseNumber', 'stateVersion', 'status', 'acute', 'need', 'matter', 'decision', 'examination'),
      ...seen('measures', 'open', 'channel', 'notificationId', 'receivedAt', 'registeredAt', 'owner', 'call'),
      ...seen('siblingsInNotification', 'inquiry', 'notification', 'additions', 'routing', 'known'),
      ...seen('notifierSuspected', 'parentsHold'),
      /** Whoever is let in must know that others are not. */
      ...seen('restrictedTo'),
      ...asker(
        'child',
        'maySeeLookups',
        'mayAnswerAccess',
        'clocks',
        'next',
        'acts',
        'earlier',
        'siblings',
        'reassessment',
        'timeline',
        'emergencyUntil',
      ),
      /** What the notifier is told and asked is the owner's to say and to answer for. */
      feedbacks: only(KEEPS, []),
      files: only(IN_CASE, []),
      requests: only(KEEPS, []),
      /** Records of the child that were found to be one, and by whom. */
      links: only(KEEPS, []),
      /** Colleagues who are related to the child: those who hand it on and lift it. */
      barred: only(['owner', 'leader'], []),
    },
  },
  /** *Indsigt*: `access.read`; of those who have the case only who leads its unit may ask (policy). */
  access: { to: ['owner', 'leader'], fields: { ...seen('caseNumber', 'ended'), ...asker('open') } },
  /** The child of *Sag*. */
  child: {
    to: READS,
    fields: {
      ...seen('name', 'cpr', 'identity', 'age', 'protectedAddress', 'institution'),
      address: 'masked',
      ...asker('mayShowAddress'),
    },
  },
  /** The owner card on *Sag* and on the page of a matter: `referrals.responsible`. */
  card: {
    to: [...READS, 'side'],
    fields: {
      ...seen('unit', 'department', 'responsibleUnit', 'since', 'handler', 'provisional'),
      /** That somebody else assesses it tells of the case. */
      assessment: only(READS, null),
      ...asker('next'),
    },
  },
  /** `referrals.responsible` to the notifier. */
  department: { to: ['notifier'], fields: seen('view', 'department', 'phone') },
  /** *Mine underretninger*: `notifications.mine`. */
  sent: {
    to: ['notifier'],
    fields: {
      ...seen('notificationId', 'childNames', 'inPlaceOf', 'answers', 'requests', 'receivedAt', 'department', 'phone'),
      ...seen('acute', 'callNow', 'receipt', 'feedback'),
    },
  },
  /** *Uenigheder*, a page: `disputes.get`. */
  matter: {
    to: [...IN_CASE, 'side'],
    fields: {
      ...seen('view', 'id', 'caseNumber', 'stateVersion', 'matter', 'handover', 'said', 'ended'),
      ...asker('owner', 'dispute', 'next', 'readsCase', 'acts', 'mayDeclareConflict'),
    },
  },
  /** The same once it has ended. */
  outcome: {
    to: ['side'],
    fields: {
      ...seen('view', 'id', 'caseNumber', 'owner', 'name', 'at', 'by', 'basis', 'dissent'),
      /** The reason for what one was a side of: of a hand-over its units', of a dispute everybody's in it. */
      ...asker('reason', 'mayDissent'),
    },
  },
  /** *Sagsliste*, a row: `referrals.worklist`. Who is only responsible finds it by searching. */
  row: {
    to: ['owner', 'leader', 'assessor', 'reassessor'],
    fields: {
      ...seen('id', 'caseNumber', 'status', 'acute', 'childAge', 'receivedAt', 'nextDueAt', 'nextDueKind'),
      ...seen('ownerUnit', 'responsibleUnit', 'provisionalRule', 'assessmentUnit', 'handler', 'need', 'channel'),
      ...seen('senderUnit', 'reasonCodes', 'gone', 'duty', 'call'),
      ...asker('standIn'),
    },
  },
  /** *Uenigheder*, a row: `disputes.board`. */
  boardRow: {
    to: [...IN_CASE, 'side'],
    fields: {
      ...seen('id', 'referralId', 'caseNumber', 'kind', 'awaited', 'acute', 'step', 'stepEndsAt', 'raisedAt'),
      ...seen('turns', 'concerns', 'owner', 'parties', 'proposal'),
      ...asker('decides'),
    },
  },
  /** *Overdraget til os*, a row: `handovers.list`. */
  offered: {
    to: ['side'],
    fields: seen('id', 'referralId', 'caseNumber', 'acute', 'from', 'to', 'proposedAt', 'dueAt'),
  },
  /** Found by a whole CPR or case number: `referrals.search`. */
  hit: { to: IN_CASE, fields: seen('id', 'caseNumber') },
  /** A name in a list, asked for by itself: `referrals.names`. */
  name: { to: IN_CASE, fields: seen('id', 'name', 'cpr') },
  /** Revision: `audits.acts`. */
  actLine: { to: ['auditor'], fields: seen('id', 'at', 'who', 'unit', 'role', 'caseNumber', 'name') },
  /** Revision: `audits.reads`. */
  readLine: { to: ['auditor'], fields: seen('id', 'at', 'who', 'unit', 'role', 'caseNumbers', 'purpose') },
} as const satisfies Readonly<Record<string, ViewRules>>;
export type View = keyof typeof SEES;
export type FieldOf<V extends View> = keyof (typeof SEES)[V]['fields'] & string;

const CONFLICTS: readonly Viewer[] = ['owner', 'leader'];
/** Lines of the journal that are not for everybody who is shown a case, as the fields above; those that are not here are. */
export const LINES: Readonly<Record<string, readonly Viewer[]>> = {
  'person-barred': CONFLICTS,
  'person-let-in': CONFLICTS,
  restricted: CONFLICTS,
  'restriction-widened': CONFLICTS,
  'restriction-lifted': CONFLICTS,
  'left-without-handler': CONFLICTS,
  // By its kind a task tells that a colleague is related to the child, or what their leader is asked about them.
  'task-raised': CONFLICTS,
  'task-passed': CONFLICTS,
  'emergency-opened': KEEPS,
  'children-merged': KEEPS,
  'children-unmerged': KEEPS,
  'access-requested': KEEPS,
  'access-prolonged': KEEPS,
  'access-withdrawn': KEEPS,
  'access-released': KEEPS,
  'more-asked-for': KEEPS,
  'more-answered': KEEPS,
  'request-withdrawn': KEEPS,
  'letter-sent': KEEPS,
  'feedback-given': KEEPS,
  'feedback-delivered': KEEPS,
  'feedback-taken-back': KEEPS,
  'withholding-proposed': KEEPS,
  'withholding-approved': KEEPS,
  'withholding-lifted': KEEPS,
  'withholding-refused': KEEPS,
};

/** Is the line for them? */
export const seesLine = (kind: string, viewer: Viewer): boolean => LINES[kind]?.includes(viewer) ?? true;

const HANDLES: ReadonlySet<Role> = new Set(HANDLERS);
const LEADS: ReadonlySet<Role> = new Set(LEADERS);

/** How somebody who may read the case stands to it; the nearest of several. */
export const caseViewer = (
  actor: Actor,
  { ownerUnit, responsibleUnit, assessmentUnit, reassessor }: Subject,
): Viewer => {
  const person = actor.kind === 'person' ? actor : null;
  const held = person?.roles ?? [];
  const has = (roles: ReadonlySet<Role>, unit: string | null | undefined): boolean =>
    unit != null && held.some(({ role, covers }) => roles.has(role) && covers.includes(unit));
  if (actor.kind === 'system' || has(HANDLES, ownerUnit)) return 'owner';
  if ([ownerUnit, responsibleUnit, assessmentUnit].some((unit) => has(LEADS, unit))) return 'leader';
  if (has(HANDLES, responsibleUnit)) return 'responsible';
  if (has(HANDLES, assessmentUnit)) return 'assessor';
  return person?.emergencyIn && !related('reassessor', person, [], { reassessor: reassessor ?? null })
    ? 'emergency'
    : 'reassessor';
};

const shown = (rule: Rule, viewer: Viewer | null, value: unknown, isProtected: boolean): unknown => {
  if (rule === 'masked') return isProtected ? null : value;
  if (typeof rule === 'string' || viewer === null || rule.to.includes(viewer)) return value;
  return rule.else;
};

/**
 * The answer as the table has it for the viewer; what it has no row for is left out. `viewer` null: whoever the view's own
 * scope reached, where they all see the same. Throws OUT_OF_SCOPE for whom the view is not.
 */
export const cut = <V extends View, A extends Readonly<Record<FieldOf<V>, unknown>>>(
  view: V,
  viewer: Viewer | null,
  answer: A,
  { isProtected = false }: { readonly isProtected?: boolean } = {},
): Pick<A, FieldOf<V>> => {
  const { to, fields }: ViewRules = SEES[view];
  if (viewer !== null && !to.includes(viewer)) throw new DomainError('OUT_OF_SCOPE');
  const values: Readonly<Record<string, unknown>> = answer;
  const kept = Object.entries(fields).map(([name, rule]) => [name, shown(rule, viewer, values[name], isProtected)]);
  return Object.fromEntries(kept) as Pick<A, FieldOf<V>>;
};
