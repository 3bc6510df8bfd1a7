import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '#domain/errors.ts';
import { ROLES, type Role } from '#domain/organisation.ts';
import { mintScope } from '#domain/scope.ts';
import type { Ctx } from '#usecases/context.ts';
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
  readonly refusal?: ErrorCode;
  readonly holds?: (data: unknown, target: Target) => boolean;
  readonly afresh?: true;
};

const NOT_THE_VERSION = 99;
const FUTURE = '2099-01-01T00:00:00Z';

const lists =
  (key: 'id' | 'notificationId', of: (target: Target) => string) =>
  (data: unknown, target: Target): boolean => {
    const list = Array.isArray(data) ? data : (data as { items: unknown[] }).items;
    return list.some((item) => (item as Record<string, unknown>)[key] === of(target));
  };
const listsReferral = lists('id', (target) => target.referralId);
const act = (more: Record<string, unknown> = {}, refusal: ErrorCode = 'STALE'): Trial => ({
  input: ({ referralId }) => ({ id: referralId, stateVersion: NOT_THE_VERSION, ...more }),
  refusal,
});
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
  'referrals.acknowledge': act({ known: { unit: null, disability: false, elsewhere: false }, need: null }),
  'referrals.assign': act({ personId: 'nobody' }, 'ILLEGAL_TRANSITION'),
  'referrals.stayOn': act(),
  'referrals.addEvidence': {
    input: (target) => ({ ...one(target), kind: 'phone-call', occurredAt: FUTURE, text: 'Talt' }),
    refusal: 'INVALID',
  },
  'referrals.identifyChild': act({ cpr: '0141144000', name: 'Barn' }),
  'referrals.markInError': act({ reason: 'Fejl' }),
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
  if (refusal && problem?.code === refusal) return 'yes';
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

/** Writes a draft and a notification as a person who may: some of them have another role by now. */
const writtenBy = async (world: TestWorld, personId: string, unit: string, at: string, form: unknown) => {
  const ctx = (): Ctx => ({
    ...world.systemCtx(at),
    actor: {
      kind: 'person',
      personId,
      unitId: unit,
      department: 'BUF',
      roles: [{ role: 'notifier', unit, covers: [unit] }],
    },
    scope: mintScope({ personId, unitIds: [unit] }),
    key: { keyHash: world.deps.vault.digest(randomUUID()), requestHash: world.deps.vault.digest('') },
  });
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
  const targetOf = (relation: Relation, role: Role): Target => {
    if (relation === 'own unit has the assessment task') return saturday;
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
  return { world, rowOf, states: async () => Promise.all([owned, saturday, night].map(stateOf)) };
};
