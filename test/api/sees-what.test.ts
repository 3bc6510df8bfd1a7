import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVIDENCE_CODES } from '#domain/evidence.ts';
import { type FieldOf, LINES, SEES, VIEWERS, type View, type Viewer } from '#domain/sees-what.ts';
import { instant } from '#domain/time.ts';
import { type Target, TRIALS } from '#test/support/access-trials.ts';
import { type Answer, good, openApi, procedures, sendForm, type TestApi } from '#test/support/api.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { found } from '#test/support/needles.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { linkSibling } from '#usecases/link-sibling.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { withdrawHandover } from '#usecases/withdraw-handover.ts';

/**
 * Sees what: every answer that tells of a case, asked over HTTP as everybody who stands in some relation to it, and compared
 * field by field with the one table (`domain/sees-what.ts`).
 */
const AT = '2026-11-03T10:00:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
const BARRED = 'intake-bbu-norrebro';
const STREET = 'Skjulestien 7';

/** Several where the relation has several kinds of people. */
const PEOPLE: Readonly<Record<Viewer, readonly string[]>> = {
  owner: ['caseworker-bbu-norrebro', 'team-leader-bbu-norrebro'],
  leader: ['area-manager-bbu', 'centre-director-bbu'],
  responsible: ['caseworker-bbu-valby'],
  assessor: ['duty-officer-dognvagten'],
  reassessor: ['caseworker-bbu-bhv'],
  emergency: ['caseworker-bch-ungegruppen'],
  side: [
    'caseworker-bbu-bispebjerg',
    'team-leader-bbu-bispebjerg',
    'buf-sof-coordinator-sof-stab',
    'director-sof-stab',
  ],
  notifier: [SENDER],
  auditor: ['auditor-sof-stab'],
  administrator: ['administrator-sof-stab'],
  barred: [BARRED],
};

let api: TestApi;
/** In dispute, with something in every field; only handed over; of which the dispute has ended. */
let [disputed, waiting, ended] = ['', '', ''];
let [caseNumber, notificationId, audit] = ['', '', ''];
const cpr = nextCpr();

const submit = async (digits: string) => {
  const address = { street: STREET, postalCode: '2200' };
  const child = { name: 'Barn', cpr: digits, address, protectedAddress: true };
  return sendForm(api.as(SENDER), makeForm({ children: [child] }));
};
const own = () => api.world.ctxFor('caseworker-bbu-norrebro', AT);
const offer = async (id: string): Promise<void> => {
  await acknowledgeReferral(own(), { id, known: { unit: null, disability: false, elsewhere: false }, need: null });
  await proposeHandover(own(), { id, to: 'bbu-bispebjerg', reason: 'Flyttet' });
};
const refuse = (id: string) =>
  declineHandover(api.world.ctxFor('caseworker-bbu-bispebjerg', AT), {
    ...{ id, instead: 'bbu-norrebro', basis: '§ 9', reason: 'Bor ikke her' },
  });

beforeAll(async () => {
  api = await openApi(AT);
  const sent = await submit(cpr);
  ({ referralId: disputed, notificationId } = sent);
  caseNumber = sent.referrals[0]?.caseNumber ?? '';
  const id = disputed;
  await acknowledgeReferral(own(), { id, known: { unit: null, disability: false, elsewhere: false }, need: null });
  const seen = { acute: false, evidence: EVIDENCE_CODES[0], occurredAt: instant(AT), reason: 'Kort' };
  await assessReferral(own(), { id, ...seen });
  await decideReferral(own(), { id, outcome: 'preventive', reason: 'Kort' });
  await startMeasure(own(), { id, type: 'preventive-counselling', plannedMonths: 6, reason: 'Kort' });
  const { told } = await previewFeedback(own(), { id, material: false, choices: [] });
  await giveFeedback(own(), { id, material: null, choices: [], channel: 'site', previewed: told });
  const questions = ['call-me'] as const;
  const { told: previewed } = await previewRequest(own(), { id, questions });
  await askForMore(own(), { id, questions, previewed });
  const sibling = await submit(nextCpr());
  const { childId } = await api.db.referral.findUniqueOrThrow({ where: { id: sibling.referralId } });
  await linkSibling(api.world.ctxFor('team-leader-bbu-norrebro', AT), { id, sibling: childId, reason: 'Kort' });
  await proposeHandover(own(), { id, to: 'bbu-bispebjerg', reason: 'Flyttet' });
  await refuse(id);
  waiting = (await submit(nextCpr())).referralId;
  await offer(waiting);
  ended = (await submit(nextCpr())).referralId;
  await offer(ended);
  await refuse(ended);
  await withdrawHandover(own(), { id: ended, reason: 'Vi beholder den' });
  // As on a night, and where a measure runs: all at once.
  const stands = {
    ...{ assessmentUnitId: 'dognvagten', reassessorId: 'caseworker-bbu-bhv' },
    ...{ responsibleUnitId: 'bbu-valby', provisionalRule: 'dispute' },
  };
  await api.db.referral.update({ where: { id }, data: stands });
  const { stateVersion } = await api.db.referral.findUniqueOrThrow({ where: { id } });
  good(await api.as(BARRED).call('conflicts.declare', { id, stateVersion, reason: 'Søsters barn' }));
  const pressing = { text: caseNumber, reason: 'Barnet står her' };
  good(await api.as('caseworker-bch-ungegruppen').call('referrals.openInEmergency', pressing));
  audit = good<{ id: string }>(await api.as('auditor-sof-stab').call('audits.open', { purpose: 'x' })).id;
});
afterAll(() => api.world.drop());

type Shown = Readonly<Record<string, unknown>>;
const itemOf =
  (key: string, of: () => string) =>
  (data: unknown): Shown | null => {
    const items = Array.isArray(data) ? data : ((data as { items?: unknown[] }).items ?? []);
    return (items as Shown[]).find((one) => one[key] === of()) ?? null;
  };
const whole = (data: unknown): Shown => data as Shown;
const within =
  (key: string) =>
  (data: unknown): Shown | null =>
    ((data as Shown)[key] as Shown | undefined) ?? null;

/** Which procedure answers with the view, of what it is asked, and where in its answer the view stands. */
const ASKED: Readonly<Record<View, { ask: string; input: () => unknown; find: (data: unknown) => Shown | null }>> = {
  case: { ask: 'referrals.get', input: () => ({ id: disputed }), find: whole },
  access: { ask: 'access.read', input: () => ({ id: disputed }), find: whole },
  child: { ask: 'referrals.get', input: () => ({ id: disputed }), find: within('child') },
  card: {
    ask: 'referrals.responsible',
    input: () => ({ id: disputed }),
    find: within('card'),
  },
  department: {
    ask: 'referrals.responsible',
    input: () => ({ id: disputed }),
    find: (data) => ((data as Shown).view === 'notifier' ? (data as Shown) : null),
  },
  sent: { ask: 'notifications.mine', input: () => ({}), find: itemOf('notificationId', () => notificationId) },
  matter: {
    ask: 'disputes.get',
    input: () => ({ id: disputed }),
    find: (data) => ((data as Shown).view === 'matter' ? (data as Shown) : null),
  },
  outcome: {
    ask: 'disputes.get',
    input: () => ({ id: ended }),
    find: (data) => ((data as Shown).view === 'outcome' ? (data as Shown) : null),
  },
  row: { ask: 'referrals.worklist', input: () => ({}), find: itemOf('id', () => disputed) },
  boardRow: { ask: 'disputes.board', input: () => ({}), find: itemOf('referralId', () => disputed) },
  offered: { ask: 'handovers.list', input: () => ({}), find: itemOf('referralId', () => waiting) },
  hit: { ask: 'referrals.search', input: () => ({ text: caseNumber }), find: itemOf('id', () => disputed) },
  name: { ask: 'referrals.names', input: () => ({ ids: [disputed] }), find: itemOf('id', () => disputed) },
  actLine: {
    ask: 'audits.acts',
    input: () => ({ id: audit, caseNumber, who: null }),
    find: itemOf('caseNumber', () => caseNumber),
  },
  readLine: {
    ask: 'audits.reads',
    input: () => ({ id: audit, caseNumber, who: null }),
    find: (data) => ((data as { items: Shown[] }).items ?? [])[0] ?? null,
  },
};

const answered = (personId: string, view: View): Promise<Answer> =>
  api.as(personId).call(ASKED[view].ask, ASKED[view].input());
const shownTo = async (personId: string, view: View): Promise<Shown | null> => {
  const answer = await answered(personId, view);
  if (answer.status === 404) return null;
  return ASKED[view].find(good(answer));
};

/** Whom a view is for, and who still has no way to it from where they stand here. */
const NO_WAY: ReadonlySet<string> = new Set([
  // It waits on the list of the unit that is asked; whoever follows disputes has none of hand-overs.
  'offered side buf-sof-coordinator-sof-stab',
  'offered side director-sof-stab',
  // Who handles a case does not collect all about its child for others.
  'access owner caseworker-bbu-norrebro',
  // To a side it stands on the page of the matter, which is tried below.
  'card side',
  // They see the case and are no side of what is open about it: as one they would.
  // It stands on the page of the case.
  'card emergency',
  ...['boardRow', 'matter'].flatMap((view) => ['responsible', 'assessor', 'reassessor'].map((who) => `${view} ${who}`)),
]);
const mayHave = (view: View, viewer: Viewer, personId: string): boolean =>
  (SEES[view].to as readonly Viewer[]).includes(viewer) &&
  !NO_WAY.has(`${view} ${viewer}`) &&
  !NO_WAY.has(`${view} ${viewer} ${personId}`);

const everybody = VIEWERS.flatMap((viewer) => PEOPLE[viewer].map((personId) => [viewer, personId] as const));

describe.each(Object.keys(SEES) as View[])('%s', (view) => {
  test.each(everybody)('%s (%s)', async (viewer, personId) => {
    const shown = await shownTo(personId, view);
    // Here they lead the unit that is asked as well, and so are a side.
    const isSide = view === 'offered' && viewer === 'leader';
    if (!isSide && !mayHave(view, viewer, personId)) return expect(shown).toBeNull();
    const fields: Readonly<Record<string, unknown>> = SEES[view].fields;
    expect(Object.keys(shown ?? {}).toSorted()).toEqual(Object.keys(fields).toSorted());
    const [first] = (SEES[view].to as readonly Viewer[]).flatMap((one) =>
      PEOPLE[one].filter((id) => mayHave(view, one, id)),
    );
    const best = (first === personId ? shown : await shownTo(first ?? '', view)) ?? {};
    for (const [name, rule] of Object.entries(fields) as [FieldOf<View>, unknown][]) {
      const value = shown?.[name];
      const of = rule as { to?: readonly Viewer[]; else?: unknown };
      if (rule === 'seen') expect(value, name).toEqual(best[name]);
      if (rule === 'masked') expect(value, name).toBeNull();
      if (of.to?.includes(viewer)) expect(value, name).toEqual(best[name]);
      else if (of.to) expect(value, name).toEqual(of.else);
    }
  });
});

test('what the table withholds from some is there for the others to see', async () => {
  const shown = (await shownTo('caseworker-bbu-norrebro', 'case')) ?? {};
  for (const field of ['feedbacks', 'requests', 'links', 'barred', 'measures', 'timeline', 'clocks']) {
    expect((shown[field] as unknown[]).length, field).toBeGreaterThan(0);
  }
  expect((await shownTo('caseworker-bbu-norrebro', 'card'))?.assessment).not.toBeNull();
});

test.each(everybody.filter(([viewer]) => (SEES.case.to as readonly Viewer[]).includes(viewer)))(
  'lines of the journal (%s, %s)',
  async (viewer, personId) => {
    const kinds = async (who: string) => {
      const { timeline } = (await shownTo(who, 'case')) as { timeline: { kind: string }[] };
      return timeline.map(({ kind }) => kind);
    };
    const all = await kinds('caseworker-bbu-norrebro');
    expect(all).toEqual(expect.arrayContaining(['person-barred', 'feedback-given']));
    expect(await kinds(personId)).toEqual(all.filter((kind) => LINES[kind]?.includes(viewer) ?? true));
  },
);

test.each(everybody.filter(([viewer]) => viewer === 'side'))(
  'on the page of a matter the card tells nothing of the assessment (%s, %s)',
  async (_, personId) => {
    const { owner } = (await shownTo(personId, 'matter')) as { owner: Shown };
    expect(Object.keys(owner).toSorted()).toEqual(Object.keys(SEES.card.fields).toSorted());
    expect(owner.assessment).toBeNull();
  },
);

test('every procedure that answers with the case, to anybody, is in the table', async () => {
  const target = { referralId: disputed, caseNumber, notificationId, auditId: audit } as unknown as Target;
  const tables = new Set(Object.values(ASKED).map(({ ask }) => ask));
  const queries = Object.keys(TRIALS).filter((name) => procedures.get(name.split(' ')[0] ?? '')?._def.type === 'query');
  const telling = new Set<string>();
  for (const [, personId] of everybody) {
    for (const name of queries) {
      const procedure = name.split(' ')[0] ?? '';
      const { status, text } = await api.as(personId).call(procedure, TRIALS[name]?.input?.(target));
      // The protected address stands in the one answer that is asked for by itself (decision 039).
      if (procedure !== 'referrals.address') expect(found(Buffer.from(text), [STREET]), name).toEqual([]);
      if (status === 200 && [caseNumber, disputed, notificationId, waiting, cpr].some((id) => text.includes(id))) {
        telling.add(procedure);
      }
    }
  }
  // The notifier's proof holds what they wrote themselves; who is responsible is told without a word of which case it is.
  const named = [...tables].filter((name) => name !== 'referrals.responsible');
  expect([...telling].toSorted()).toEqual([...named, 'notifications.proof'].toSorted());
});
