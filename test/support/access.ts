import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '#domain/errors.ts';
import { EVIDENCE_CODES } from '#domain/evidence.ts';
import { MEASURE_TYPE_CODES } from '#domain/measure-types.ts';
import { ROLES, type Role } from '#domain/organisation.ts';
import { mintScope } from '#domain/scope.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import type { Ctx } from '#usecases/context.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { type Answer, type Caller, makeApi } from './api.ts';
import { makeWorld, type TestWorld } from './context.ts';
import { ACUTE, makeForm } from './municipality.ts';
import { importPeople, personIn } from './people.ts';

/** What an act is tried on. */
export type Target = {
  readonly referralId: string;
  readonly caseNumber: string;
  readonly notificationId: string;
  readonly draftId: string;
};

/** How somebody stands to the target → the unit that they have their role in. */
export const RELATIONS = {
  'own unit owns it': 'bbu-norrebro',
  'unit above the owner': 'bbu',
  'own unit has the assessment task': 'dognvagten',
  'responsible, the duty unit owns it provisionally': 'bbu-valby',
  'other unit, same department': 'bbu-bhv',
  'other department': 'buf-modtagelse',
  'its notifier': 'skole-norrebro',
  'other notifier, same institution': 'skole-norrebro',
  'other notifier elsewhere': 'skole-valby',
  'own unit is asked to take it over': 'bbu-amager-vest',
  'own unit is a party of its dispute': 'bbu-bispebjerg',
  'owner, in dispute about it': 'bbu-norrebro',
  'staff of a department in dispute about it': 'sof-stab',
  'staff of a department that is not': 'buf-bornecenter',
} as const;
export type Relation = keyof typeof RELATIONS;

const idOf = (role: Role, unit: string): string => `${role}-in-${unit}`;

/**
 * What is tried, per procedure, or per procedure and variant (`drafts.save new`). Acts name a version or an instant that
 * is refused after the policy was asked, so that trying changes nothing: `refusal` is how. `holds`: is the target in the
 * answer of a list?
 */
type Trial = {
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
const act = (more: Record<string, unknown> = {}, refusal: ErrorCode | readonly ErrorCode[] = 'STALE'): Trial => ({
  input: ({ referralId }) => ({ id: referralId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal,
});
/** An act that the state of some of the targets does not allow, which is said before the version is compared. */
const later = (more: Record<string, unknown> = {}): Trial => act(more, ['STALE', 'ILLEGAL_TRANSITION']);
const reason = { reason: 'Kort' };
const kind = { type: MEASURE_TYPE_CODES[0], plannedMonths: null, ...reason };
const NOBODYS = '01a00000-0000-7000-8000-000000000001';
const measure = { measureId: NOBODYS };
const said = { unit: 'bbu-norrebro', whose: 'bbu-bispebjerg', basis: '§ 9', ...reason };
const one = ({ referralId }: Target) => ({ id: referralId });

export const TRIALS: Readonly<Record<string, Trial>> = {
  'session.me': {},
  'session.logout': { afresh: true },
  'organisation.forForm': {},
  'organisation.colleagues': { input: ({ referralId }) => ({ referralId }) },
  'drafts.list': { holds: lists('id', (target) => target.draftId) },
  'drafts.get': { input: ({ draftId }) => ({ id: draftId }) },
  'drafts.save': {
    input: ({ draftId }) => ({ id: draftId, stateVersion: NOT_THE_VERSION, form: {} }),
    refusal: 'STALE',
  },
  'drafts.save new': { input: () => ({ form: {} }) },
  'drafts.send': { input: ({ draftId }) => ({ id: draftId, stateVersion: NOT_THE_VERSION }), refusal: 'INVALID' },
  'notifications.submit': { input: () => ({}), refusal: 'INVALID' },
  'notifications.register': {
    input: () => ({ channel: 'phone', receivedAt: FUTURE, notification: {} }),
    refusal: 'INVALID',
  },
  'notifications.mine': { input: () => ({}), holds: lists('notificationId', (target) => target.notificationId) },
  'notifications.add': { input: ({ notificationId }) => ({ notificationId, text: 'Mere' }) },
  'referrals.counts': { holds: (data) => (data as { all: number }).all > 0 },
  'referrals.worklist': { input: () => ({}), holds: listsReferral },
  'referrals.names': { input: ({ referralId }) => ({ ids: [referralId] }), holds: listsReferral },
  'referrals.search': { input: ({ caseNumber }) => ({ text: caseNumber }), holds: listsReferral },
  'referrals.get': { input: one },
  'referrals.responsible': { input: one },
  'referrals.acknowledge': later({ known: { unit: null, disability: false, elsewhere: false }, need: null }),
  'referrals.assign': later({ personId: 'nobody' }),
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
  'work.close': later(reason),
  'work.reopen': later(reason),
  'handovers.list': { input: () => ({}), holds: lists('referralId', (target) => target.referralId) },
  'handovers.propose': act({ to: 'bbu-valby', ...reason }),
  'handovers.accept': act(),
  'handovers.decline': act({ instead: 'bbu-valby', basis: '§ 9', ...reason }),
  'handovers.withdraw': act(reason),
  'disputes.board': { input: () => ({}), holds: lists('referralId', (target) => target.referralId) },
  'disputes.get': { input: one },
  'disputes.raise': act(said),
  'disputes.claim': act(said),
  'disputes.propose': act({ owner: 'bbu-valby', ...reason }),
  'disputes.agree': act({ owner: 'bbu-valby' }),
  'disputes.decide': act({ owner: 'bbu-valby', basis: '§ 9', ...reason }),
  'disputes.withdraw': act(reason),
};

const NOTHING = { code: 'NOT_FOUND', httpStatus: 404, reason: null, fields: [] };

/** `no` looks in every byte like what is not there; throws on an answer that the policy has no word for. */
const outcomeOf = ({ holds, refusal }: Trial, target: Target, answer: Answer): string => {
  const { status, data, problem } = answer;
  if (status === 200) {
    if ((data as { view?: string } | undefined)?.view === 'notifier') return 'department only';
    return !holds || holds(data, target) ? 'yes' : 'empty';
  }
  if (status === 401) return 'login';
  if (status === 404 && JSON.stringify(problem) === JSON.stringify(NOTHING)) return 'no';
  if (problem && [refusal ?? []].flat().some((code) => code === problem.code)) return 'yes';
  throw new Error(`${status} ${answer.text}`);
};

const attempt = async (trial: Trial, procedure: string, caller: Caller, target: Target): Promise<string> =>
  outcomeOf(trial, target, await caller.call(procedure, trial.input?.(target)));

/** `yes: caseworker, intake; no: the others` */
const told = (outcomes: ReadonlyMap<Role, string>): string => {
  const groups = Map.groupBy(outcomes.keys(), (role) => outcomes.get(role) ?? '');
  const [only] = groups.keys();
  if (groups.size === 1) return `${only}: everybody`;
  const lines = [...groups]
    .filter(([outcome]) => outcome !== 'no')
    .map(([outcome, roles]) => `${outcome}: ${roles.join(', ')}`)
    .sort();
  return [...lines, ...(groups.has('no') ? ['no: the others'] : [])].join('; ');
};

/** Somebody of a unit in one role, whom the municipality need not know in it any more. */
const ctxIn = (world: TestWorld, personId: string, role: Role, unit: string, at: string): Ctx => ({
  ...world.systemCtx(at),
  actor: { kind: 'person', personId, unitId: unit, department: 'SOF', roles: [{ role, unit, covers: [unit] }] },
  scope: mintScope({ personId, unitIds: [unit] }),
  key: { keyHash: world.deps.vault.digest(randomUUID()), requestHash: world.deps.vault.digest('') },
});

/** Writes a draft and a notification as a person who may: some of them have another role by now. */
const writtenBy = async (world: TestWorld, personId: string, unit: string, at: string, form: unknown) => {
  const ctx = (): Ctx => ctxIn(world, personId, 'notifier', unit, at);
  const { notificationId, referrals } = await submitNotification(ctx(), form);
  const { id: draftId } = await saveDraft(ctx(), { form: {} });
  const [referral] = referrals;
  if (!referral) throw new Error('no referral');
  return { notificationId, draftId, referralId: referral.id, caseNumber: referral.caseNumber };
};

const at = (postalCode: string) =>
  makeForm({ children: [{ name: 'Barn', identity: 'unborn', address: { postalCode } }] });

/** A municipality with every role in every unit concerned, and referrals in every state that the relations name. */
export const makeAccess = async () => {
  const world = await makeWorld({ connections: 8 });
  const units = [...new Set(Object.values(RELATIONS))];
  const people = units.flatMap((unit) => ROLES.map((role) => personIn(idOf(role, unit), [{ role, unit }])));
  await importPeople(world, people, '2026-11-03T08:00:00+01:00');
  const author = 'school-social-worker-skole-norrebro';
  const school = RELATIONS['its notifier'];
  const owned = await writtenBy(world, author, school, '2026-11-03T10:05:00+01:00', at('2200'));
  const saturday = await writtenBy(world, author, school, '2026-11-07T10:00:00+01:00', at('2450'));
  const night = await writtenBy(world, author, school, '2026-11-09T22:40:00+01:00', { ...at('2500'), ...ACUTE });
  const own = new Map<Role, Target>();
  for (const role of ROLES) {
    own.set(role, await writtenBy(world, idOf(role, school), school, '2026-11-09T22:41:00+01:00', at('2400')));
  }
  const offered = await writtenBy(world, author, school, '2026-11-03T10:06:00+01:00', at('2200'));
  const disputed = await writtenBy(world, author, school, '2026-11-03T10:06:00+01:00', { ...at('2200'), ...ACUTE });
  for (const [{ referralId: id }, to] of [
    [offered, 'bbu-amager-vest'],
    [disputed, 'bbu-bispebjerg'],
  ] as const) {
    const by = (unit: string) =>
      ctxIn(world, idOf('caseworker', unit), 'caseworker', unit, '2026-11-03T10:07:00+01:00');
    const known = { unit: null, disability: false, elsewhere: false };
    await acknowledgeReferral(by('bbu-norrebro'), { id, known, need: null });
    await proposeHandover(by('bbu-norrebro'), { id, to, ...reason });
    const refused = { id, instead: 'bbu-norrebro', basis: '§ 9', ...reason };
    if (to === 'bbu-bispebjerg') await declineHandover(by(to), refused);
  }
  const inDispute: ReadonlySet<Relation> = new Set([
    'own unit is a party of its dispute',
    'owner, in dispute about it',
    'staff of a department in dispute about it',
    'staff of a department that is not',
  ]);
  const targetOf = (relation: Relation, role: Role): Target => {
    if (relation === 'own unit has the assessment task') return saturday;
    if (relation === 'own unit is asked to take it over') return offered;
    if (inDispute.has(relation)) return disputed;
    if (relation === 'responsible, the duty unit owns it provisionally') return night;
    return relation === 'its notifier' ? (own.get(role) ?? owned) : owned;
  };
  const api = makeApi(world, '2026-11-09T22:45:00+01:00');

  /** The row of one trial: relation → outcome per role. */
  const rowOf = async (name: string): Promise<Record<string, string>> => {
    const trial = TRIALS[name] ?? {};
    const procedure = name.split(' ')[0] ?? '';
    const rows = Object.entries(RELATIONS).map(async ([relation, unit]) => {
      const outcomes = ROLES.map(async (role) => {
        const personId = idOf(role, unit);
        const caller = trial.afresh ? api.afresh(personId) : api.as(personId);
        return [role, await attempt(trial, procedure, caller, targetOf(relation as Relation, role))] as const;
      });
      return [relation, told(new Map(await Promise.all(outcomes)))] as const;
    });
    const nobody = await attempt(trial, procedure, api.nobody, owned);
    return { ...Object.fromEntries(await Promise.all(rows)), 'nobody logged in': nobody };
  };
  const stateOf = async (target: Target) => {
    const { ownerUnitId, responsibleUnitId, assessmentUnitId } = await world.deps.db.referral.findUniqueOrThrow({
      where: { id: target.referralId },
    });
    return [ownerUnitId, responsibleUnitId, assessmentUnitId];
  };
  return { world, rowOf, states: async () => Promise.all([owned, saturday, night, offered, disputed].map(stateOf)) };
};
