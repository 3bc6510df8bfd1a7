import { randomUUID } from 'node:crypto';
import type { LegalBasis } from '#domain/codes.ts';
import type { KeyScope } from '#domain/machine.ts';
import { ROLES, type Role } from '#domain/organisation.ts';
import { mintScope } from '#domain/scope.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import type { Ctx } from '#usecases/context.ts';
import { createMachineKey } from '#usecases/create-machine-key.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { withdrawHandover } from '#usecases/withdraw-handover.ts';
import { idOf, type Target, TRIALS, type Trial } from './access-trials.ts';
import { administrator } from './administrators.ts';
import { type Answer, type Caller, makeApi } from './api.ts';
import { makeWorld, type TestWorld } from './context.ts';
import { ACUTE, makeForm } from './municipality.ts';
import { importPeople, personIn } from './people.ts';

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

/** Who comes to the door without a login. */
const OUTSIDERS = {
  'external professional': 'professional',
  'other municipality': 'municipality',
  citizen: 'citizen',
  'anonymous citizen': 'anonymous',
} as const satisfies Readonly<Record<string, LegalBasis>>;

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
const told = (outcomes: ReadonlyMap<string, string>): string => {
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

/** A letter about the receipt, and its task, which nobody of the table is named for. */
const queueLetter = async ({ deps: { db } }: TestWorld, notificationId: string, referralId: string) => {
  const { ownerUnitId: unitId } = await db.referral.findUniqueOrThrow({ where: { id: referralId } });
  const [letterId, taskId] = [randomUUID(), randomUUID()];
  const about = { referralId, reason: 'full' };
  const since = new Date('2026-11-03T09:00:00Z');
  const letter = { ...about, id: letterId, kind: 'receipt', notificationId, state: 'open', createdAt: since };
  await db.letter.create({ data: letter });
  const task = { ...about, id: taskId, kind: 'letter', unitId, personId: 'nobody', letterId, subject: letterId };
  await db.task.create({ data: { ...task, openedAt: since } });
  return { letterId, taskId };
};

/** A question to the notifier that is withdrawn already, so that trying to answer it changes nothing. */
const oldQuestion = async ({ deps: { db } }: TestWorld, referralId: string): Promise<string> => {
  const id = randomUUID();
  const since = new Date('2026-11-03T09:00:00Z');
  const words = { questions: ['call-me'], template: 'feedback-1', told: new Uint8Array(1) };
  const times = { askedAt: since, closedAt: since };
  await db.requestForMore.create({
    data: { id, referralId, state: 'withdrawn', askedBy: 'nobody', ...words, ...times },
  });
  return id;
};

/** Proposed straight into the table: in that municipality no record is old enough. */
const oldDestruction = async ({ deps: { db } }: TestWorld): Promise<string> => {
  const id = randomUUID();
  const payload = {
    what: 'destruction',
    closedBefore: '2020-01-01',
    authority: 'council',
    reference: 'x',
    approvedOn: '2020-01-01',
    covers: '0'.repeat(64),
  };
  const proposal = { proposedBy: 'anna', proposedAt: new Date('2026-11-03T09:00:00Z'), state: 'proposed' };
  await db.proposedChange.create({ data: { id, kind: 'destruction', payload, note: 'Kort', ...proposal } });
  return id;
};

/** Writes a draft and a notification as a person who may: some of them have another role by now. */
const writtenBy = async (world: TestWorld, personId: string, unit: string, at: string, form: unknown) => {
  const ctx = (): Ctx => ctxIn(world, personId, 'notifier', unit, at);
  const { notificationId, referrals } = await submitNotification(ctx(), form);
  const { id: draftId } = await saveDraft(ctx(), { form: {} });
  const { id: changeId } = await proposeChange(administrator(world, 'anna', at), {
    kind: 'regulations',
    payload: {
      what: 'alarms',
      clock: null,
      from: '2099-01-01',
      opensAt: '09:00',
      chaseWorkdays: 1,
      chaseHours: 4,
      source: 'x',
    },
    note: 'Kort',
  });
  const ended = { what: 'end-matrix-row', need: 'school-place', until: '2099-01-01', source: 'x' };
  const { id: matrixChangeId } = await proposeChange(administrator(world, 'anna', at), {
    kind: 'matrix',
    payload: ended,
    note: 'Kort',
  });
  const { id: unitChangeId } = await proposeChange(administrator(world, 'anna', at), {
    kind: 'units',
    payload: { what: 'close', on: '2099-01-01', unit: 'bbu-city-osterbro', into: 'bbu-bhv' },
    note: 'Kort',
  });
  const { id: personChangeId } = await proposeChange(administrator(world, 'anna', at), {
    kind: 'people',
    payload: { what: 'person-leaves', on: '2099-01-01', person: 'staff-sof-stab', substitute: null },
    note: 'Kort',
  });
  const destructionId = await oldDestruction(world);
  const [referral] = referrals;
  if (!referral) throw new Error('no referral');
  const queued = await queueLetter(world, notificationId, referral.id);
  const requestId = await oldQuestion(world, referral.id);
  const { id: referralId, caseNumber } = referral;
  const changes = { changeId, matrixChangeId, unitChangeId, personChangeId, destructionId };
  return { notificationId, draftId, ...changes, requestId, ...queued, referralId, caseNumber };
};

/** The audit of a unit's own auditor. */
const auditOf = async ({ deps: { db } }: TestWorld, unit: string): Promise<string> => {
  const id = randomUUID();
  const times = { openedAt: new Date('2026-11-03T09:00:00Z'), endsAt: new Date('2099-01-01T00:00:00Z') };
  await db.audit.create({ data: { id, personId: idOf('auditor', unit), purpose: 'Kort', ...times } });
  return id;
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
  const own = new Map<Role, typeof owned>();
  for (const role of ROLES) {
    own.set(role, await writtenBy(world, idOf(role, school), school, '2026-11-09T22:41:00+01:00', at('2400')));
  }
  const offered = await writtenBy(world, author, school, '2026-11-03T10:06:00+01:00', at('2200'));
  const disputed = await writtenBy(world, author, school, '2026-11-03T10:06:00+01:00', { ...at('2200'), ...ACUTE });
  const ended = await writtenBy(world, author, school, '2026-11-03T10:06:00+01:00', { ...at('2200'), ...ACUTE });
  const settled = await writtenBy(world, author, school, '2026-11-03T10:06:00+01:00', at('2200'));
  for (const [{ referralId: id }, to] of [
    [offered, 'bbu-amager-vest'],
    [disputed, 'bbu-bispebjerg'],
    [ended, 'bbu-bispebjerg'],
    [settled, 'bbu-bispebjerg'],
  ] as const) {
    const by = (unit: string) =>
      ctxIn(world, idOf('caseworker', unit), 'caseworker', unit, '2026-11-03T10:07:00+01:00');
    const known = { unit: null, disability: false, elsewhere: false };
    await acknowledgeReferral(by('bbu-norrebro'), { id, known, need: null });
    await proposeHandover(by('bbu-norrebro'), { id, to, reason: 'Kort' });
    const refused = { id, instead: 'bbu-norrebro', basis: '§ 9', reason: 'Kort' };
    if (to === 'bbu-bispebjerg') await declineHandover(by(to), refused);
    if (id === ended.referralId) await withdrawHandover(by('bbu-norrebro'), { id, reason: 'Kort' });
    // Thinking better of it, the unit takes the work, and so the dispute has ended.
    if (id === settled.referralId) await acceptHandover(by(to), { id });
  }
  const { id: disputeId } = await world.deps.db.dispute.findFirstOrThrow({ where: { referralId: settled.referralId } });
  const inDispute: ReadonlySet<Relation> = new Set([
    'own unit is a party of its dispute',
    'owner, in dispute about it',
    'staff of a department in dispute about it',
    'staff of a department that is not',
  ]);
  const sideOf = (relation: Relation, role: Role): typeof owned => {
    if (relation === 'own unit has the assessment task') return saturday;
    if (relation === 'own unit is asked to take it over') return offered;
    if (inDispute.has(relation)) return disputed;
    if (relation === 'responsible, the duty unit owns it provisionally') return night;
    return relation === 'its notifier' ? (own.get(role) ?? owned) : owned;
  };
  const auditId = await auditOf(world, RELATIONS['own unit owns it']);
  const ofAll = { endedId: ended.referralId, disputeId, auditId };
  const targetOf = (relation: Relation, role: Role): Target => ({ ...sideOf(relation, role), ...ofAll });
  const api = makeApi(world, '2026-11-09T22:45:00+01:00');

  const loggedOut = api.afresh(idOf('caseworker', RELATIONS['own unit owns it']));
  await loggedOut.call('session.logout');

  const keyFor = async (scope: KeyScope, unit: string): Promise<Caller> => {
    const asked = { name: 'Program', unit, scopes: [scope], days: 30 };
    const { secret } = await createMachineKey(administrator(world, 'anna', '2026-11-09T22:45:00+01:00'), asked);
    return api.program(secret ?? '');
  };
  const keys = {
    submit: await keyFor('submit', RELATIONS['its notifier']),
    figures: await keyFor('figures', RELATIONS['own unit owns it']),
  } as const satisfies Readonly<Record<KeyScope, Caller>>;

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
    const target = { ...owned, ...ofAll };
    const nobody = await attempt(trial, procedure, api.nobody, target);
    const ended = await attempt(trial, procedure, loggedOut, target);
    const outsiders = Object.entries(OUTSIDERS).map(
      async ([who, outsider]) => [who, await attempt(trial, procedure, api.nobody, { ...target, outsider })] as const,
    );
    const atDoor = new Map(await Promise.all(outsiders));
    const programs = Object.entries(keys).map(
      async ([scope, key]) => [scope, await attempt(trial, procedure, key, target)] as const,
    );
    // Where the door leads nowhere, every one of them is asked to log in.
    const door = [...atDoor.values()].some((outcome) => outcome !== 'login') ? { 'at the door': told(atDoor) } : {};
    return {
      ...Object.fromEntries(await Promise.all(rows)),
      'nobody logged in': nobody,
      'ended session': ended,
      'machine key': told(new Map(await Promise.all(programs))),
      ...door,
    };
  };
  const stateOf = async (target: Pick<Target, 'referralId'>) => {
    const { ownerUnitId, responsibleUnitId, assessmentUnitId } = await world.deps.db.referral.findUniqueOrThrow({
      where: { id: target.referralId },
    });
    return [ownerUnitId, responsibleUnitId, assessmentUnitId];
  };
  /** Whom a unit's own target is tried by: everybody who has a role at its owner, and whoever wrote it. */
  const owners = [
    ...ROLES.map((role) => [idOf(role, RELATIONS['own unit owns it']), { ...owned, ...ofAll }] as const),
    ...ROLES.map((role) => [idOf(role, school), { ...(own.get(role) ?? owned), ...ofAll }] as const),
  ];
  /** The same kinds of things of another institution and another unit. */
  const makeForeign = async (): Promise<Target> => {
    const unit = RELATIONS['other notifier elsewhere'];
    const foreign = await writtenBy(world, idOf('notifier', unit), unit, '2026-11-03T10:05:00+01:00', at('2500'));
    return { ...foreign, ...ofAll, auditId: await auditOf(world, unit) };
  };
  return {
    world,
    api,
    owners,
    makeForeign,
    rowOf,
    states: async () => Promise.all([owned, saturday, night, offered, disputed].map(stateOf)),
  };
};
